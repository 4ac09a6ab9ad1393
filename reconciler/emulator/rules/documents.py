"""Rules of documents: what may be written to an index, and how it is kept."""

from __future__ import annotations

from reconciler.emulator.rules.rule import Evidence, Rule

SEEN, INFERRED = Evidence.SEEN, Evidence.INFERRED


def _action(id: str, text: str, evidence: Evidence, source: str, detail: str) -> Rule:
    """A refusal of a whole batch; the reply puts the action's position before the text."""
    return Rule(id, text, evidence, source, 400, "OperationNotAllowed", detail, "actions")


DOCUMENTS = (
    _action(
        "document-key-missing",
        "Document key cannot be missing or empty.",
        SEEN,
        "QUERIES 1: IndexingTests/ThrowsOnInvalidDocument",
        "MissingKeyField",
    ),
    _action(
        "document-key-letters",
        "Invalid document key: '{key}'. Keys can only contain letters, digits, underscore (_), "
        "dash (-), or equal sign (=). If the keys in your source data contain other characters, we "
        "recommend encoding them with a URL-safe version of Base64 before uploading them to the "
        "index.",
        INFERRED,
        "FACTS f; the end of the text is ours; `allowUnsafeKeys=true` lifts it (github "
        "Azure/azure-sdk-for-net#45371)",
        "InvalidDocumentKey",
    ),
    _action(
        "document-key-underscore",
        "Invalid document key: '{key}'. Keys cannot start with a leading underscore.",
        SEEN,
        "github Azure-Samples/azure-search-openai-demo#400; ours names the first such key only",
        "InvalidDocumentKey",
    ),
    _action(
        "document-key-length",
        "Invalid document key: '{key}'. Keys cannot be longer than 1024 characters.",
        INFERRED,
        "FACTS f: 1024 characters; the text is ours",
        "InvalidDocumentKey",
    ),
    _action(
        "document-action",
        "The action '{action}' is not one of upload, merge, mergeOrUpload and delete.",
        INFERRED,
        "swagger 2025-09-01: IndexActionType; the text is ours",
        "InvalidIndexAction",
    ),
    _action(
        "document-vector-length",
        "There's a mismatch in vector dimensions. The vector field '{field}', with dimension of "
        "'{dimensions}', expects a length of '{length}'. However, the provided vector has a length "
        "of '{given}'. Please ensure that the vector length matches the expected length of the "
        "vector field.",
        SEEN,
        "SKILLS P33; github MicrosoftDocs/azure-ai-docs#156; around it: inferred",
        "InvalidVectorField",
    ),
    Rule(
        "document-batch-size",
        "The batch has {count} actions; a batch has 1 to {limit}.",
        INFERRED,
        "FACTS f, QUERIES 1: 1000 actions a batch; the text is ours",
        400,
    ),
    Rule(
        "document-property",
        "The request is invalid. Details: The property '{property}' does not exist on type "
        "'search.documentFields'. Make sure to only use property names that are defined by the "
        "type.",
        SEEN,
        "github Azure/azure-search-vector-samples#216",
        400,
    ),
    Rule(
        "document-literal",
        "The request is invalid. Details: Cannot convert the literal '{literal}' to the expected "
        "type '{type}'.",
        SEEN,
        "github Azure/azure-search-vector-samples#149",
        400,
    ),
    Rule(
        "document-node",
        "The request is invalid. Details: A node of type '{found}' was read from the JSON reader "
        "when trying to read the contents of the property '{property}'; however, a '{expected}' "
        "node was expected.",
        INFERRED,
        "github Azure/azure-sdk-for-net#43085: seen for a list where an object was expected",
        400,
    ),
    Rule(
        "document-null",
        "The request is invalid. Details: A null value was found for the property named "
        "'{property}', which has the expected type '{type}[Nullable=False]'. The expected type "
        "'{type}[Nullable=False]' does not allow null values.",
        SEEN,
        "github Azure/azure-sdk-for-net#36224",
        400,
    ),
    Rule(
        "document-elements",
        "The document has {count} elements in its complex collections; {limit} are allowed.",
        INFERRED,
        "FACTS f: 3000 elements of complex collections a document; the text is ours",
        400,
    ),
    Rule(
        "document-term",
        "Field '{field}' contains a term that is too large to process. The max length for UTF-8 "
        "encoded terms is 32766 bytes. The most likely cause of this error is that filtering, "
        "sorting, and/or faceting are enabled on this field, which causes the entire field value "
        "to be indexed as a single term. Please avoid the use of these options for large fields.",
        SEEN,
        "QUERIES 1: github clearlydefined/service#639; it fails the item, not the batch",
        400,
    ),
    Rule(
        "document-double",
        "A double may be the text NaN, INF, -INF, Infinity or -Infinity; the last two are shown as "
        "INF and -INF.",
        SEEN,
        "QUERIES 1: IndexingTests.canRoundtripBoundaryValuesSync",
    ),
    Rule(
        "document-stored",
        "A field that was left out is null, a collection []; a merge replaces collections as a "
        "whole and a complex value field by field.",
        SEEN,
        "QUERIES 1: recordings-2020 merge_or_upload_documents; complex values: inferred",
    ),
    Rule(
        "document-missing",
        "A document that is not there is a 404 without a body; deleting it is a success.",
        SEEN,
        "recordings-2020 test_get_document_missing, test_delete_documents_missing",
    ),
    Rule(
        "document-seen-at-once",
        "What a batch wrote is found by the next request; the service may take a moment.",
        INFERRED,
        "QUERIES 1, visibility",
    ),
)
