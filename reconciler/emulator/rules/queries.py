"""Rules of queries: parameters, filters, vectors, and what is not done."""

from __future__ import annotations

from reconciler.emulator.rules.rule import Evidence, Rule

SEEN, INFERRED = Evidence.SEEN, Evidence.INFERRED


def _expression(id: str, text: str, evidence: Evidence, source: str) -> Rule:
    """A refusal of an OData expression: no code, no details (QUERIES 2)."""
    text = f"Invalid expression: {text}\r\nParameter name: {{parameter}}"
    return Rule(id, text, evidence, source, 400)


def _parameter(id: str, text: str, evidence: Evidence, source: str, detail: str) -> Rule:
    """A refusal of a parameter: code and details, which lack the parameter's name."""
    return Rule(id, text, evidence, source, 400, "InvalidRequestParameter", detail)


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
    Rule(
        "unknown-parameter",
        "The parameter '{parameter}' in the request payload is not a valid parameter for the "
        "operation 'search'.",
        INFERRED,
        "QUERIES 2",
        400,
    ),
    _parameter(
        "parameter-range",
        "Value must be between 0 and {limit}.\r\nParameter name: {parameter}",
        SEEN,
        "QUERIES 2: github Azure/azure-sdk-for-python#32307 (for $skip)",
        "ParameterValueOutOfRange",
    ),
    _parameter(
        "parameter-value",
        "'{value}' is not a value of this parameter.\r\nParameter name: {parameter}",
        INFERRED,
        "swagger 2025-09-01; the text is ours",
        "InvalidParameterValue",
    ),
    _parameter(
        "search-field",
        "The field '{field}' in the search field list is not searchable.\r\n"
        "Parameter name: searchFields",
        INFERRED,
        "QUERIES 2, after the text for vector fields",
        "NonSearchableFieldInSearchFields",
    ),
    _parameter(
        "synonym-map-missing",
        "The synonym map '{name}' of the field '{field}' does not exist.",
        INFERRED,
        "QUERIES 8: queries on a field whose map is gone fail; the text is ours",
        "SynonymMapNotFound",
    ),
    Rule(
        "query-nesting",
        "The query is nested too deeply, or has too many operators.",
        INFERRED,
        "QUERIES 3: 3000 clauses; the text is ours",
        400,
    ),
    _expression(
        "too-many-clauses",
        "There are more than {limit} clauses.",
        INFERRED,
        "QUERIES 4: 32 clauses; the text is ours",
    ),
    _parameter(
        "facet-field",
        "The field '{field}' is not facetable, or not there.\r\nParameter name: facet",
        INFERRED,
        "QUERIES 7: only facetable fields; the text is ours",
        "InvalidFacet",
    ),
    _parameter(
        "facet-syntax",
        "The facet expression '{facet}' cannot be used.\r\nParameter name: facet",
        INFERRED,
        "QUERIES 7: what goes with what; the text is ours",
        "InvalidFacet",
    ),
    _parameter(
        "vector-field-unknown",
        "Unknown field '{field}' in vector field list.",
        SEEN,
        "github MuleSoft-AI-Chain-Project/mule-vectors-connector#94",
        "UnknownField",
    ),
    _parameter(
        "vector-field-type",
        "The field '{field}' in the vector field list is not a vector field.\r\n"
        "Parameter name: vector.fields",
        SEEN,
        "github microsoft/azurechat#319; the code of the details is inferred",
        "NonVectorField",
    ),
    _parameter(
        "vector-query-length",
        "Query vector length must match the dimensionality of the field '{field}' in the vector "
        "field list. Expected: {expected}. Given: {given}.",
        SEEN,
        "QUERIES 2: github Azure/GPT-RAG#110; the end is ours",
        "InvalidVectorQuery",
    ),
    _parameter(
        "vector-query",
        "The vector query is not complete: {reason}",
        INFERRED,
        "swagger 2025-09-01; the text is ours",
        "InvalidVectorQuery",
    ),
    _parameter(
        "vector-query-vectorizer",
        "The field '{field}' has no vectorizer, which a vector query of kind '{kind}' needs.",
        INFERRED,
        "QUERIES 9: 400; the text is ours",
        "InvalidVectorQuery",
    ),
    _parameter(
        "vectorizer-failed",
        "Could not vectorize the query with the vectorizer of the field '{field}': {reason}",
        INFERRED,
        "no recording; the text is ours",
        "InvalidVectorQuery",
    ),
    Rule(
        "bm25",
        "Scores are BM25 with Lucene 6's lossy lengths, over one shard; with api-version "
        "2020-06-30 a field counts all documents and elements of complex collections.",
        SEEN,
        "QUERIES 5: recomputed from recordings of 2020, 2023 and 2025; one shard is our choice",
    ),
    Rule(
        "vector-scores",
        "Vectors are compared exactly. The score is 1/(2-similarity) for cosine, 1/(1+distance) "
        "for euclidean and hamming; for dotProduct as for cosine up to 1, then the product itself.",
        INFERRED,
        "QUERIES 5: cosine is documented (vector-search-ranking), the others are not seen",
    ),
    Rule(
        "hybrid-scores",
        "Several ranked lists are fused: the sum of weight/(60 + rank), ranks from 0.",
        SEEN,
        "QUERIES 5: VectorSearchTests/SimpleHybridSearch of 2025; weights: inferred",
    ),
    Rule(
        "continuation",
        "A page has 50 documents unless `top` says otherwise, at most 1000; a continuation is "
        "given when more remain and `top` was absent or over 1000.",
        SEEN,
        "QUERIES 2: PostSearchTests/CanContinueSearch*",
    ),
    Rule(
        "vectorizer-length",
        "An azureOpenAI vectorizer asks for vectors of the field's length: it has none of its own.",
        INFERRED,
        "SKILLS P49: a documented sample has 1,536 and 1,024 dimensions with one vectorizer",
    ),
    Rule(
        "permission-filters",
        "Where an index has permission filters, a query, a lookup and $count see the documents "
        "whose userIds or groupIds say 'all'. The token of a user is refused by name (501); "
        "x-ms-enable-elevated-read shows everything to a POST search of the previews since "
        "2025-11-01-preview.",
        INFERRED,
        "QUERIES 2, search-query-access-control-rbac-enforcement and "
        "search-index-access-control-lists-and-rbac-push-api; of lookup and $count nothing is said",
    ),
)
