"""Rules of analysis: what an analyzer, or a request for the tokens of a text, is refused for."""

from __future__ import annotations

from reconciler.emulator.rules.rule import Evidence, Rule, invalid

SEEN, INFERRED = Evidence.SEEN, Evidence.INFERRED


def unfit(id: str, text: str, evidence: Evidence, source: str) -> Rule:
    """A refusal of a request for tokens, in the shape that was seen for `analyze-two`."""
    code, detail = "InvalidRequestParameter", "InvalidAnalyzeRequest"
    return Rule(id, text, evidence, source, 400, code, detail, "analyzeRequest")


ANALYSIS = (
    unfit(
        "analyze-two",
        "The '{one}' and the '{other}' properties can't be set at the same time.",
        SEEN,
        "github Azure/azure-sdk-for-net#23690 (normalizer and tokenizer; no two of the three)",
    ),
    unfit(
        "analyze-nothing",
        "One of the properties 'analyzer', 'tokenizer' and 'normalizer' must be set.",
        INFERRED,
        "swagger: AnalyzeRequest; the text is ours",
    ),
    unfit(
        "analyze-filters",
        "The '{property}' property can only be set when using the tokenizer property.",
        INFERRED,
        "swagger: AnalyzeRequest says so of both kinds of filters; the text is ours",
    ),
    unfit(
        "unknown-analysis",
        "There is no {what} named '{name}', neither predefined nor in the index.",
        INFERRED,
        "swagger: LexicalAnalyzerName and the like; the text is ours",
    ),
    Rule(
        "analyzer-not-emulated",
        "The emulator does not do the analyzer '{name}'. A field can be defined with it; requests "
        "that need the terms of that field are refused, unless the emulator was started with "
        "`--language-analyzers approximated` (Settings.language_analyzers).",
        INFERRED,
        "QUERIES 6: Microsoft's analyzers cannot be reproduced",
        501,
    ),
    Rule(
        "analyzer-approximated",
        "Settings.language_analyzers 'approximated' takes standard.lucene in place of a language "
        "analyzer that the emulator does not have; for English, without possessives and plurals.",
        INFERRED,
        "QUERIES 6 suggests lower case and a light stemmer; hits and scores differ from the "
        "service's",
    ),
    Rule(
        "analysis-not-emulated",
        "The emulator does not do the {what} '{name}'. An index can be defined with it; requests "
        "that need its terms are refused.",
        INFERRED,
        "DESIGN 9: what it does not do, it refuses by name with 501",
        501,
    ),
    invalid(
        "analysis-range",
        "The definition '{name}' has the value {value} for '{property}', which is out of range.",
        INFERRED,
        "swagger: least and greatest values in the descriptions; the text is ours",
        "ValueOutOfRange",
    ),
    Rule(
        "analysis-pattern",
        "'{pattern}' is not a regular expression that the emulator can read: {reason}.",
        INFERRED,
        "swagger: patterns are Java's; the text is ours",
        400,
    ),
    Rule(
        "analysis-group",
        "A pattern's group or replacement asks for group {group}, which the pattern does not have.",
        INFERRED,
        "java.util.regex: IndexOutOfBoundsException; the text is ours",
        400,
    ),
    Rule(
        "analysis-mapping",
        "The mapping '{mapping}' is not of the form 'a=>b'.",
        INFERRED,
        "swagger: MappingCharFilter; the text is ours",
        400,
    ),
)
