"""Indexer: reads a data source, runs a skillset over it, and writes to an index.

Creating an indexer runs it at once, unless it is `disabled`. The service checks it against the
data source, index and skillset while it creates it: they must exist and be reachable, which takes
seconds. Its etag changes whenever it runs, so it says nothing about the definition. An indexer
skips documents that did not change: what an edit of a mapping or of parsing means for the
documents already indexed shows only after a reset and a run.

https://learn.microsoft.com/azure/search/search-indexer-overview
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any, Literal

from pydantic import Field

from reconciler.model.effect import Effect
from reconciler.providers.search.kinds.encryption import OptionalKey
from reconciler.providers.search.kinds.identity import OptionalIdentity, StorageConnection
from reconciler.providers.search.kinds.naming import ObjectName
from reconciler.providers.search.kinds.schedule import Schedule
from reconciler.schema.body import Body
from reconciler.schema.kind import Kind
from reconciler.schema.marks import (
    Canonical,
    Changes,
    RefTo,
    ServerChooses,
    ServerDefault,
    ServerOwned,
    Since,
    ValuesSince,
)

_InPlace = Changes(Effect.IN_PLACE)
_Reprocess = Changes(Effect.REPROCESS)
_Retarget = Changes(Effect.REPROCESS, "the new index gets only what changes from now on")


def _extensions(text: Any) -> Any:
    """`.pdf, .docx` as `.docx,.pdf`: the order means nothing, nor does a space."""
    if not isinstance(text, str):
        return text
    return ",".join(sorted(part.strip() for part in text.split(",")))


class Configuration(Body):
    """How documents are opened. Beyond the schema's, it takes properties from the documentation.

    Defaults are those of the schema, alike in the documentation unless a comment says otherwise.
    https://learn.microsoft.com/rest/api/searchservice/indexers/create#indexingparametersconfiguration
    """

    parsingMode: Annotated[
        Literal["default", "text", "delimitedText", "json", "jsonArray", "jsonLines", "markdown"]
        | None,
        ServerDefault("default"),
        ValuesSince({"markdown": "2024-11-01-preview|2026-04-01"}),
    ] = None
    excludedFileNameExtensions: Annotated[str | None, ServerDefault(""), Canonical(_extensions)] = (
        None
    )
    indexedFileNameExtensions: Annotated[str | None, ServerDefault(""), Canonical(_extensions)] = (
        None
    )
    # The schema says false, the blob page that the indexer stops by default (SKILLS 4.1).
    failOnUnsupportedContentType: Annotated[bool | None, ServerChooses(), _InPlace] = None
    failOnUnprocessableDocument: Annotated[bool | None, ServerChooses(), _InPlace] = None
    indexStorageMetadataOnlyForOversizedDocuments: Annotated[
        bool | None,
        ServerDefault(False),
    ] = None
    delimitedTextHeaders: str | None = None
    delimitedTextDelimiter: Annotated[str | None, ServerDefault(",")] = None
    firstLineContainsHeaders: Annotated[bool | None, ServerDefault(True)] = None
    markdownParsingSubmode: Annotated[
        Literal["oneToMany", "oneToOne"] | None,
        ServerDefault("oneToMany"),
        Since("2024-11-01-preview|2026-04-01"),
    ] = None
    markdownHeaderDepth: Annotated[
        Literal["h1", "h2", "h3", "h4", "h5", "h6"] | None,
        ServerDefault("h6"),
        Since("2024-11-01-preview|2026-04-01"),
    ] = None
    documentRoot: str | None = None
    dataToExtract: Annotated[
        Literal["storageMetadata", "allMetadata", "contentAndMetadata"] | None,
        ServerDefault("contentAndMetadata"),
    ] = None
    imageAction: Annotated[
        Literal["none", "generateNormalizedImages", "generateNormalizedImagePerPage"] | None,
        ServerDefault("none"),
    ] = None
    allowSkillsetToReadFileData: Annotated[bool | None, ServerDefault(False)] = None
    pdfTextRotationAlgorithm: Annotated[
        Literal["none", "detectAngles"] | None, ServerDefault("none")
    ] = None
    executionEnvironment: Annotated[
        Literal["standard", "private"] | None, ServerDefault("standard"), _InPlace
    ] = None
    queryTimeout: Annotated[str | None, ServerDefault("00:05:00"), _InPlace] = None

    # Documented, and in no schema (SKILLS 4.1): text encoding, image sizes, SQL and Cosmos DB.
    encoding: str | None = None
    normalizedImageMaxWidth: Annotated[
        int | None,
        ServerDefault(2000),
        Field(ge=50, le=10000),
    ] = None
    normalizedImageMaxHeight: Annotated[
        int | None,
        ServerDefault(2000),
        Field(ge=50, le=10000),
    ] = None
    convertHighWaterMarkToRowVersion: Annotated[bool | None, ServerDefault(False)] = None
    disableOrderByHighWaterMarkColumn: Annotated[bool | None, ServerDefault(False), _InPlace] = None
    assumeOrderByHighWaterMarkColumn: Annotated[bool | None, ServerDefault(False), _InPlace] = None


class Parameters(Body):
    """How many documents at a time, how many may fail (-1: any number), and how they are opened."""

    batchSize: Annotated[int | None, ServerChooses()] = None  # 10 for blobs, else by the source
    maxFailedItems: Annotated[int | None, ServerDefault(0)] = None
    maxFailedItemsPerBatch: Annotated[int | None, ServerDefault(0)] = None
    base64EncodeKeys: Annotated[bool | None, ServerChooses(), _Reprocess] = None  # SKILLS 4.1
    configuration: Annotated[Configuration | None, ServerDefault({}), _Reprocess] = None


FUNCTIONS = [
    "base64Encode",
    "base64Decode",
    "extractTokenAtPosition",
    "jsonArrayToStringCollection",
    "urlEncode",
    "urlDecode",
    "fixedLengthEncode",
    "toJson",
]


class MappingFunction(Body):
    """What is done to a value on the way; parameters are primitive.

    https://learn.microsoft.com/azure/search/search-indexer-field-mappings
    """

    name: Annotated[str, Field(examples=FUNCTIONS)]
    parameters: dict[str, Any] | None = None


def _same_name(mapping: Mapping[str, Any]) -> Any:
    return mapping.get("sourceFieldName")


class FieldMapping(Body):
    """From a column (or, after skills, a path of the enriched document) to an index field.

    One source may feed many targets, and the target may be left out: no key tells mappings apart.
    """

    sourceFieldName: str
    targetFieldName: Annotated[str | None, ServerDefault(_same_name)] = None
    mappingFunction: MappingFunction | None = None


class Cache(Body):
    """Incremental enrichment (preview).

    https://learn.microsoft.com/azure/search/enrichment-cache-how-to-configure
    """

    # The cache's container, generated and not to be set, as the page has it.
    id: Annotated[str | None, ServerChooses(carried=False)] = None
    storageConnectionString: StorageConnection | None = None
    enableReprocessing: Annotated[bool | None, ServerDefault(True)] = None
    identity: OptionalIdentity = None


class Indexer(Body):
    """One indexer."""

    name: ObjectName
    description: str | None = None
    dataSourceName: Annotated[str, RefTo("DataSource"), _Reprocess]
    skillsetName: Annotated[str | None, RefTo("Skillset"), _Reprocess] = None
    targetIndexName: Annotated[str, RefTo("Index"), _Retarget]
    disabled: Annotated[bool | None, ServerDefault(False)] = None  # null and false are returned
    schedule: Schedule | None = None
    parameters: Annotated[Parameters | None, ServerDefault({})] = None
    fieldMappings: Annotated[list[FieldMapping] | None, _Reprocess] = None
    outputFieldMappings: Annotated[list[FieldMapping] | None, _Reprocess] = None
    cache: Annotated[Cache | None, Since("2020-06-30-preview")] = None
    encryptionKey: OptionalKey = None
    etag: Annotated[str | None, ServerOwned()] = Field(default=None, alias="@odata.etag")


KIND = Kind(
    name="Indexer",
    type_on_service="indexers",
    body=Indexer,
    since="2015-02-28",
    etag="moves",
    starts_on_create=lambda body: not body.get("disabled"),
    heads_pipeline=True,
    rename_cost="the new indexer starts from the beginning",
    page="https://learn.microsoft.com/rest/api/searchservice/indexers",
)
