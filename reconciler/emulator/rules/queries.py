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
    _expression(
        "not-retrievable",
        "'{field}' is not a retrievable field. Only fields marked as retrievable in the index can "
        "be used in $select.",
        SEEN,
        "QUERIES 2: github azure-search-knowledge-mining#118",
    ),
    _expression(
        "filter-syntax",
        "Syntax error at position {position} in '{text}'.",
        SEEN,
        "QUERIES 2: SearchTests/ThrowsWhenRequestIsMalformed; the position is the end of the word "
        "that does not fit (also github run-llama/llama_index#13513)",
    ),
    _expression(
        "unterminated-string",
        "There is an unterminated string literal at position {position} in '{text}'.",
        INFERRED,
        "the text of OData's library",
    ),
    _expression(
        "not-filterable",
        "'{field}' is not a filterable field. Only filterable fields can be used in filter "
        "expressions.",
        INFERRED,
        "QUERIES 2, after the text for $orderby",
    ),
    _expression(
        "not-sortable",
        "'{field}' is not a sortable field. Only sortable fields can be used in $orderby.",
        SEEN,
        "QUERIES 2: github dfe-analytical-services/explore-education-statistics#5855",
    ),
    _expression(
        "filter-not",
        "A unary operator with an incompatible type was detected. Found operand type '{type}' for "
        "operator kind 'Not'.",
        SEEN,
        "QUERIES 2: search-query-odata-filter",
    ),
    _expression(
        "filter-types",
        "A binary operator with incompatible types was detected. Found operand types '{left}' and "
        "'{right}' for operator kind '{operator}'.",
        INFERRED,
        "the text of OData's library; what can be compared: QUERIES 4",
    ),
    _expression(
        "filter-operands",
        "Only a field and a constant can be compared.",
        INFERRED,
        "QUERIES 4: no arithmetic, no field with a field; the text is ours",
    ),
    _expression(
        "filter-not-boolean",
        "The expression must be one that is true or false.",
        INFERRED,
        "QUERIES 4; the text is ours",
    ),
    _expression(
        "filter-collection",
        "'{field}' is, or is in, a collection: use any() or all().",
        INFERRED,
        "QUERIES 4: collections are not compared directly; the text is ours",
    ),
    _expression(
        "filter-not-collection",
        "'{field}' is no collection: any() and all() do not apply.",
        INFERRED,
        "QUERIES 4; the text is ours",
    ),
    _expression(
        "filter-free-variable",
        "'{field}' is not bound to the range variable. Only bound field references are supported "
        "inside lambda expressions ('any' or 'all').",
        INFERRED,
        "QUERIES 4: search-query-troubleshoot-collection-filters says so of search.ismatch",
    ),
    _expression(
        "filter-lambda",
        "Invalid lambda expression. Found a test for equality or inequality where the opposite was "
        "expected in a lambda expression that iterates over a field of type Collection(Edm.String)."
        " For 'any', use expressions of the form 'x eq y' or 'search.in(...)'. For 'all', use "
        "expressions of the form 'x ne y', 'not (x eq y)', or 'not search.in(...)'.",
        SEEN,
        "QUERIES 4: search-query-troubleshoot-collection-filters",
    ),
    _expression(
        "filter-function",
        "The function '{function}' is unknown, or has other arguments.",
        INFERRED,
        "QUERIES 4; the text is ours",
    ),
)
