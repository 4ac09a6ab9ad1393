"""Rules of queries: parameters, filters, vectors, and what is not done."""

from __future__ import annotations

from reconciler.emulator.rules.rule import Evidence, Rule

SEEN, INFERRED = Evidence.SEEN, Evidence.INFERRED


def _expression(id: str, text: str, evidence: Evidence, source: str) -> Rule:
    """A refusal of an OData expression: no code, no details (QUERIES 2)."""
    text = f"Invalid expression: {text}\r\nParameter name: {{parameter}}"
    return Rule(id, text, evidence, source, 400)


QUERIES = (
    _expression(
        "unknown-field",
        "Could not find a property named '{field}' on type 'search.document'.",
        SEEN,
        "QUERIES 2: LookupTests/GetDocumentThrowsWhenRequestIsMalformed",
    ),
    Rule(
        "not-retrievable",
        "Invalid expression: '{field}' is not a retrievable field. Only fields marked as "
        "retrievable in the index can be used in $select.\r\nParameter name: $select",
        SEEN,
        "QUERIES 2: github azure-search-knowledge-mining#118",
        400,
    ),
)
