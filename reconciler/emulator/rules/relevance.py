"""Rules of suggesters, scoring profiles and semantic configurations."""

from __future__ import annotations

from reconciler.emulator.rules.rule import Evidence, invalid

SEEN, INFERRED = Evidence.SEEN, Evidence.INFERRED

RELEVANCE = (
    invalid(
        "suggester-empty",
        "The suggester '{name}' has no source fields.",
        INFERRED,
        "QUERIES 7 (index-add-suggesters: one or more fields); the text is ours",
        "InvalidSuggester",
    ),
    invalid(
        "suggester-field",
        "The suggester '{name}' cannot use the field '{field}': source fields are strings with the "
        "standard analyzer or a language analyzer.",
        INFERRED,
        "QUERIES 7 (index-add-suggesters: custom analyzers and the other built-in ones are "
        "'explicitly disallowed'); the text is ours",
        "InvalidSuggester",
    ),
    invalid(
        "scoring-weight",
        "The scoring profile '{profile}' must give the field '{field}' a positive weight.",
        INFERRED,
        "docs page index-add-scoring-profiles; the text is ours",
        "InvalidScoringProfile",
    ),
    invalid(
        "scoring-field",
        "The {function} function in the scoring profile '{profile}' cannot use the field "
        "'{field}': it must be filterable and of a type that the function supports.",
        INFERRED,
        "QUERIES 5 (index-add-scoring-profiles): freshness takes dates, magnitude numbers, "
        "distance points, tag strings; the text is ours",
        "InvalidScoringProfile",
    ),
    invalid(
        "scoring-boost",
        "The boost of the {function} function in the scoring profile '{profile}' must be positive "
        "and other than 1.0.",
        INFERRED,
        "QUERIES 5; swagger ScoringFunction.boost; the text is ours",
        "InvalidScoringProfile",
    ),
    invalid(
        "scoring-interpolation",
        "The {function} function in the scoring profile '{profile}' takes only the interpolations "
        "linear and constant.",
        INFERRED,
        "QUERIES 5 (index-add-scoring-profiles); the text is ours",
        "InvalidScoringProfile",
    ),
    invalid(
        "semantic-empty",
        "The semantic configuration '{name}' names no field.",
        INFERRED,
        "SKILLS P130; swagger PrioritizedFields: at least one of the three; the text is ours",
        "InvalidSemanticConfiguration",
    ),
    invalid(
        "semantic-collection",
        "Semantic configurations support fields of type Edm.String and Collection(Edm.String). "
        "Subfields of Edm.ComplexType can be used but subfields of Collection(Edm.ComplexType) are "
        "not supported. Please visit https://aka.ms/SemanticConfiguration for more info.",
        SEEN,
        "SKILLS P130; github Azure/azure-sdk-for-net#44676 (a subfield of a collection; for other "
        "types of fields it is inferred)",
        "InvalidSemanticConfiguration",
    ),
    invalid(
        "semantic-field",
        "The field '{field}' in the semantic configuration '{name}' must be searchable and "
        "retrievable.",
        INFERRED,
        "SKILLS P130 (semantic-how-to-configure); the text is ours",
        "InvalidSemanticConfiguration",
    ),
)
