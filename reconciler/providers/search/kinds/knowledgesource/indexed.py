"""Knowledge sources that read an index: one of yours, or one that they create and fill.

https://learn.microsoft.com/azure/search/agentic-knowledge-source-overview
"""

from __future__ import annotations

from typing import Annotated, Literal

from reconciler.model.effect import Effect
from reconciler.providers.search.kinds.identity import FixedConnection, OptionalIdentity
from reconciler.providers.search.kinds.knowledgesource.hints import OptionalHints
from reconciler.providers.search.kinds.knowledgesource.ingestion import (
    FLAT,
    OptionalChat,
    OptionalEmbedding,
    OptionalIngestion,
)
from reconciler.providers.search.kinds.schedule import Schedule
from reconciler.schema.body import Body
from reconciler.schema.marks import (
    Changes,
    KeyedBy,
    RefTo,
    ServerDefault,
    ServerOwned,
    Since,
    Until,
)


class FieldReference(Body):
    """A field of the index, by name."""

    name: str


class SearchIndexParameters(Body):
    """An index of yours; it needs a semantic configuration.

    https://learn.microsoft.com/azure/search/agentic-knowledge-source-how-to-search-index
    """

    # "Still referencing it": such an index cannot be deleted (azure-search-openai-demo#2882).
    searchIndexName: Annotated[str, RefTo("Index", holds=True)]
    semanticConfigurationName: str | None = None
    sourceDataSelect: Annotated[str | None, Until("2025-08-01-preview", "sourceDataFields")] = (
        None  # field names with commas between them
    )
    sourceDataFields: Annotated[
        list[FieldReference] | None, KeyedBy("name"), Since("2025-11-01-preview|2026-04-01")
    ] = None
    searchFields: Annotated[list[FieldReference] | None, KeyedBy("name")] = None
    baseFilter: Annotated[str | None, Since("2026-05-01-preview")] = None
    queryHints: OptionalHints = None


class _Filling(Body):
    """What every source has that fills an index of its own.

    `createdResources` are the names of the data source, skillset, index and indexer that it made.
    """

    ingestionParameters: OptionalIngestion = None
    queryHints: OptionalHints = None
    createdResources: Annotated[dict[str, str] | None, ServerOwned()] = None


class BlobParameters(_Filling):
    """Blob storage, or a data lake.

    https://learn.microsoft.com/azure/search/agentic-knowledge-source-how-to-blob
    """

    connectionString: FixedConnection
    containerName: str
    folderPath: str | None = None
    identity: Annotated[OptionalIdentity, FLAT] = None
    embeddingModel: Annotated[OptionalEmbedding, FLAT] = None
    chatCompletionModel: Annotated[OptionalChat, FLAT] = None
    disableImageVerbalization: Annotated[bool | None, FLAT] = None
    ingestionSchedule: Annotated[Schedule | None, FLAT] = None
    isADLSGen2: Annotated[bool | None, ServerDefault(False)] = None


class OneLakeParameters(_Filling):
    """A lakehouse in Microsoft Fabric.

    https://learn.microsoft.com/azure/search/agentic-knowledge-source-how-to-onelake
    """

    fabricWorkspaceId: str
    lakehouseId: str
    targetPath: str | None = None


class IndexedSharePointParameters(_Filling):
    """Libraries of a SharePoint site (preview); the connection string names an Entra application.

    https://learn.microsoft.com/azure/search/agentic-knowledge-source-how-to-sharepoint-indexed
    """

    connectionString: FixedConnection
    containerName: Literal["defaultSiteLibrary", "allSiteLibraries", "useQuery"]
    query: Annotated[str | None, Changes(Effect.IN_PLACE)] = None


class ContentColumn(Body):
    """A column, and the field that takes it."""

    name: str
    sourceField: str
    searchFieldType: str


class EmbeddingColumn(Body):
    """A column, and the vector field that its embedding goes to."""

    name: str
    sourceField: str


class SqlParameters(_Filling):
    """A table or view of Azure SQL (preview). Columns left out: all of them, no vectors.

    https://learn.microsoft.com/azure/search/agentic-knowledge-source-how-to-azure-sql
    """

    connectionString: FixedConnection
    tableOrView: str
    highWaterMarkColumnName: str | None = None
    contentColumns: Annotated[list[ContentColumn] | None, KeyedBy("name")] = None
    embeddingColumns: Annotated[list[EmbeddingColumn] | None, KeyedBy("name")] = None


class FileParameters(_Filling):
    """Files that are uploaded to the source itself (preview).

    https://learn.microsoft.com/azure/search/agentic-knowledge-source-how-to-file
    """
