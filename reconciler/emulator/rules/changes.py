"""Rules of what may change in an existing index."""

from __future__ import annotations

from reconciler.emulator.rules.rule import Evidence, forbidden

SEEN, INFERRED = Evidence.SEEN, Evidence.INFERRED

CHANGES = (
    forbidden(
        "field-changed",
        "Existing field '{field}' cannot be changed.",
        SEEN,
        "FACTS e; recordings-modern/vector_index",
        "CannotChangeExistingField",
    ),
    forbidden(
        "field-deleted",
        "Existing field(s) '{fields}' cannot be deleted.",
        SEEN,
        "FACTS e; text in a public deployment script's notes; the codes are inferred",
        "CannotDeleteExistingField",
    ),
    forbidden(
        "downtime",
        "Index update not allowed because it would cause downtime. In order to add new analyzers, "
        "tokenizers, token filters, or character filters to an existing index, set the "
        "'allowIndexDowntime' query parameter to 'true' in the index update request. Note that "
        "this operation will put your index offline for at least a few seconds, causing your "
        "indexing and query requests to fail. Performance and write availability of the index can "
        "be impaired for several minutes after the index is updated, or longer for very large "
        "indexes.",
        SEEN,
        "FACTS e; docs page index-add-custom-analyzers; for BM25 parameters: index-similarity",
        "IndexUpdateWouldCauseDowntime",
    ),
    forbidden(
        "analysis-changed",
        "Existing {what} '{name}' cannot be changed or deleted.",
        INFERRED,
        "FACTS e (search-howto-reindex: rebuild); the text is ours",
        "CannotChangeExistingAnalysisComponent",
    ),
    forbidden(
        "suggester-old-field",
        "Fields that were already present in an index ({fields}) cannot be referenced by a new "
        "suggester. Only new fields added in the same index update operation are allowed.",
        SEEN,
        "azure-sdk-for-java's IndexManagement tests",
        "InvalidSuggester",
    ),
    forbidden(
        "suggester-changed",
        "Existing suggester '{name}' cannot be changed or deleted.",
        INFERRED,
        "FACTS e: adding an existing field is a rebuild; the rest is the safe reading",
        "CannotChangeExistingSuggester",
    ),
    forbidden(
        "similarity-changed",
        "The similarity algorithm of an existing index cannot be changed.",
        INFERRED,
        "FACTS e (similarity class: rebuild); the text is ours",
        "CannotChangeSimilarity",
    ),
    forbidden(
        "vector-search-changed",
        "Existing vector search {what} '{name}' is used by field '{field}' and cannot be changed.",
        INFERRED,
        "FACTS e (rescoreStorageMethod: rebuild) widened to all that shapes the stored vectors",
        "CannotChangeVectorSearch",
    ),
    forbidden(
        "not-stored-later",
        "Field '{field}' cannot be added with stored=false: it can only be set when the index is "
        "created.",
        INFERRED,
        "FACTS e (swagger 2025-09-01: stored); the text is ours",
        "InvalidField",
    ),
)
