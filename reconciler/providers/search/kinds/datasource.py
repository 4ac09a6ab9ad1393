"""DataSource: where an indexer reads from, and how it notices changes and deletions.

Creating one does not connect: wrong credentials show when an indexer is created. The service
never returns the connection string, so that a change of it made by hand cannot be seen; a string
that names a resource (`ResourceId=/subscriptions/…;`) needs a managed identity and holds no secret.
Documents that were indexed before the type, container or a policy changed stay as they are until
the indexer is reset and run. A deletion policy must exist before the indexer's first run.

https://learn.microsoft.com/azure/search/search-data-sources-gallery
"""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import Field

from reconciler.model.effect import Effect
from reconciler.providers.search.kinds.encryption import OptionalKey
from reconciler.providers.search.kinds.identity import OptionalIdentity, SourceConnection
from reconciler.providers.search.kinds.naming import ObjectName
from reconciler.schema.body import Body
from reconciler.schema.kind import Kind
from reconciler.schema.marks import Changes, OneOf, ServerOwned, Since, Unordered, ValuesSince

SourceType = Literal[
    "azuresql",
    "cosmosdb",
    "azureblob",
    "azuretable",
    "mysql",
    "adlsgen2",
    "onelake",
    "sharepoint",
    "azurefile",
]
"""Azure Files are documented, in previews only, and in no schema.

https://learn.microsoft.com/azure/search/search-file-storage-integration
"""

_NEWER_TYPES = ValuesSince(
    {
        "onelake": "2024-05-01-preview|2025-09-01",
        "sharepoint": "2020-06-30-preview|2026-04-01",
        "azurefile": "2020-06-30-preview",
    }
)


class Credentials(Body):
    """Always null in responses (FACTS d)."""

    connectionString: SourceConnection | None = None


class Container(Body):
    """A blob container, table, view, collection or lakehouse; `query` means what the source says.

    In blob storage `query` is a folder; Azure SQL does not take one.
    """

    name: str
    query: str | None = None


class HighWaterMark(Body):
    """Rows whose column grew since the last run are new: Cosmos DB's `_ts`, SQL's rowversion."""

    odata_type: Literal["#Microsoft.Azure.Search.HighWaterMarkChangeDetectionPolicy"] = Field(
        alias="@odata.type"
    )
    highWaterMarkColumnName: str


class SqlChangeTracking(Body):
    """SQL's own change tracking, for tables; deletions included."""

    odata_type: Literal["#Microsoft.Azure.Search.SqlIntegratedChangeTrackingPolicy"] = Field(
        alias="@odata.type"
    )


class SoftDeleteColumn(Body):
    """A column or metadata property whose value marks a document as deleted."""

    odata_type: Literal["#Microsoft.Azure.Search.SoftDeleteColumnDeletionDetectionPolicy"] = Field(
        alias="@odata.type"
    )
    softDeleteColumnName: str | None = None
    softDeleteMarkerValue: str | None = None


class NativeBlobSoftDelete(Body):
    """Blob storage's own soft delete."""

    odata_type: Literal["#Microsoft.Azure.Search.NativeBlobSoftDeleteDeletionDetectionPolicy"] = (
        Field(alias="@odata.type")
    )


_SEARCH = "#Microsoft.Azure.Search."
_NATIVE = f"{_SEARCH}NativeBlobSoftDeleteDeletionDetectionPolicy"

ChangePolicy = Annotated[
    dict[str, Any],
    OneOf(
        tag="@odata.type",
        variants={
            f"{_SEARCH}HighWaterMarkChangeDetectionPolicy": f"{__name__}:HighWaterMark",
            f"{_SEARCH}SqlIntegratedChangeTrackingPolicy": f"{__name__}:SqlChangeTracking",
        },
    ),
]

DeletionPolicy = Annotated[
    dict[str, Any],
    OneOf(
        tag="@odata.type",
        variants={
            f"{_SEARCH}SoftDeleteColumnDeletionDetectionPolicy": f"{__name__}:SoftDeleteColumn",
            _NATIVE: f"{__name__}:NativeBlobSoftDelete",
        },
        since={_NATIVE: "2020-06-30-preview|2026-04-01"},
    ),
]

# Which edits leave documents as they were: FACTS e, from enrichment-cache-how-to-manage. New
# credentials are taken to open the same data.
_Reprocess = Changes(Effect.REPROCESS)


class DataSource(Body):
    """One data source."""

    name: ObjectName
    description: str | None = None
    # "Changing the type of an existing data source is not supported" (azure-search-dotnet-samples
    # #104); the page on caches lists it among what asks for a reset.
    type: Annotated[SourceType, _NEWER_TYPES, Changes(Effect.RECREATE)]
    # So spelled in responses since 2020. The newest preview's schema writes `subType`, read-only.
    subtype: Annotated[str | None, ServerOwned()] = None
    credentials: Credentials
    container: Annotated[Container, _Reprocess]
    identity: Annotated[OptionalIdentity, Since("2021-04-30-preview|2026-04-01")] = None
    indexerPermissionOptions: Annotated[
        list[Literal["userIds", "groupIds", "rbacScope"]] | None,
        Unordered(),
        Since("2025-05-01-preview"),
        _Reprocess,
    ] = None
    dataChangeDetectionPolicy: Annotated[ChangePolicy | None, _Reprocess] = None
    dataDeletionDetectionPolicy: Annotated[DeletionPolicy | None, _Reprocess] = None
    encryptionKey: OptionalKey = None
    etag: Annotated[str | None, ServerOwned()] = Field(default=None, alias="@odata.etag")


KIND = Kind(
    name="DataSource",
    type_on_service="datasources",
    body=DataSource,
    since="2015-02-28",
    page="https://learn.microsoft.com/rest/api/searchservice/data-sources",
)
