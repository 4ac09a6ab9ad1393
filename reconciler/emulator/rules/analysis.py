"""Rules of analysis: what a text, an analyzer or a request for tokens is refused for."""

from __future__ import annotations

from reconciler.emulator.rules.rule import Evidence, Rule

INFERRED = Evidence.INFERRED

ANALYSIS = (
    Rule(
        "unknown-analysis",
        "The request is invalid. Details: request : There is no {what} named '{name}', neither "
        "predefined nor in the index.",
        INFERRED,
        "swagger: AnalyzeRequest, LexicalAnalyzerName and the like; the text is ours",
        400,
    ),
    Rule(
        "analysis-not-emulated",
        "The emulator does not do the {what} '{name}'. A field that uses it can be defined; "
        "documents and queries that need its terms are refused.",
        INFERRED,
        "DESIGN 9: what it does not do, it refuses by name with 501; QUERIES 6: Microsoft's "
        "analyzers cannot be reproduced",
        501,
    ),
    Rule(
        "analysis-pattern",
        "'{pattern}' is not a regular expression that the emulator can read: {reason}.",
        INFERRED,
        "swagger: patterns are Java's; the text is ours",
        400,
    ),
    Rule(
        "analysis-mapping",
        "The mapping '{mapping}' is not of the form 'a=>b'.",
        INFERRED,
        "swagger: MappingCharFilter; the text is ours",
        400,
    ),
    Rule(
        "analyze-choice",
        "The request is invalid. Details: request : Exactly one of 'analyzer', 'tokenizer' and "
        "'normalizer' must be set, and 'tokenFilters' and 'charFilters' only with 'tokenizer'.",
        INFERRED,
        "QUERIES 6; swagger: AnalyzeRequest; the text is ours",
        400,
    ),
)
