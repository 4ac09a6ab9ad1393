"""KnowledgeSource: content that a knowledge base may ask: an index, files, a lakehouse, the web.

A `searchIndex` source reads an index of yours. Those that ingest (`azureBlob`, `indexedOneLake`)
create a data source, a skillset, an index and an indexer for themselves, named after the source
(`docs-index`); these are part of the source: they go when it goes, with every document in the
index, and are not to be edited or declared. What such a source reads and how cannot be changed:
declare a second source, let the knowledge base use it, and remove the first. Other kinds than the
four of api-version 2026-04-01 are in previews only.

https://learn.microsoft.com/azure/search/agentic-knowledge-source-overview
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Annotated, Any, Literal, Self, get_args

from pydantic import Field, model_validator

from reconciler.model.effect import Effect
from reconciler.model.json import JsonObject
from reconciler.model.resource_id import ResourceId
from reconciler.providers.search.kinds.cors import Cors
from reconciler.providers.search.kinds.encryption import OptionalKey
from reconciler.providers.search.kinds.knowledgesource.indexed import (
    BlobParameters,
    FileParameters,
    IndexedSharePointParameters,
    OneLakeParameters,
    SearchIndexParameters,
    SqlParameters,
)
from reconciler.providers.search.kinds.knowledgesource.mcp import McpServerParameters
from reconciler.providers.search.kinds.knowledgesource.remote import (
    FabricDataAgentParameters,
    FabricOntologyParameters,
    RemoteSharePointParameters,
    WebParameters,
    WorkIQParameters,
)
from reconciler.providers.search.kinds.naming import ObjectName
from reconciler.schema.body import Body
from reconciler.schema.kind import Kind
from reconciler.schema.marks import (
    Changes,
    ServerChooses,
    ServerDefault,
    ServerOwned,
    Since,
    Until,
    ValuesSince,
)
from reconciler.schema.paths import get_in

SourceKind = Literal[
    "searchIndex",
    "azureBlob",
    "indexedOneLake",
    "web",
    "indexedSharePoint",
    "remoteSharePoint",
    "indexedSql",
    "file",
    "mcpServer",
    "fabricDataAgent",
    "fabricOntology",
    "workIQ",
]

_SINCE = {
    "indexedSharePoint": "2025-11-01-preview",
    "remoteSharePoint": "2025-11-01-preview",
    "indexedSql": "2026-05-01-preview",
    "file": "2026-05-01-preview",
    "mcpServer": "2026-05-01-preview",
    "fabricDataAgent": "2026-05-01-preview",
    "fabricOntology": "2026-05-01-preview",
    "workIQ": "2026-08-01-preview",  # not in the answers of May 2026 (FACTS c)
}

PARAMETERS = {kind: f"{kind}Parameters" for kind in get_args(SourceKind)}
_OPTIONAL = {"web", "remoteSharePoint"}
"""The kinds whose parameters may be left out (schema)."""

# "Editable: no" at every property of these, but for those that bear a mark of their own
# (documentation of November 2025; FACTS j).
_Fixed = Changes(Effect.RECREATE)


def _is_web(source: Mapping[str, Any]) -> bool:
    """A web source without a description gets one from the service (documentation)."""
    return source.get("kind") == "web"


class KnowledgeSource(Body):
    """One knowledge source.

    Responses have the parameters of every kind, as null but for its own (recordings).
    """

    name: ObjectName
    kind: Annotated[SourceKind, ValuesSince(_SINCE), _Fixed]
    description: Annotated[str | None, ServerChooses(when=_is_web)] = None
    searchIndexParameters: SearchIndexParameters | None = None
    azureBlobParameters: Annotated[BlobParameters | None, _Fixed] = None
    indexedOneLakeParameters: Annotated[OneLakeParameters | None, _Fixed] = None
    webParameters: WebParameters | None = None
    indexedSharePointParameters: Annotated[
        IndexedSharePointParameters | None, _Fixed, Since(_SINCE["indexedSharePoint"])
    ] = None
    remoteSharePointParameters: Annotated[
        RemoteSharePointParameters | None, Since(_SINCE["remoteSharePoint"])
    ] = None
    indexedSqlParameters: Annotated[SqlParameters | None, _Fixed, Since(_SINCE["indexedSql"])] = (
        None
    )
    fileParameters: Annotated[FileParameters | None, _Fixed, Since(_SINCE["file"])] = None
    mcpServerParameters: Annotated[McpServerParameters | None, Since(_SINCE["mcpServer"])] = None
    # Null in the answers of November 2025, and never seen with a value.
    mcpToolParameters: Annotated[None, Until("2025-11-01-preview", "mcpServerParameters")] = None
    fabricDataAgentParameters: Annotated[
        FabricDataAgentParameters | None, _Fixed, Since(_SINCE["fabricDataAgent"])
    ] = None
    fabricOntologyParameters: Annotated[
        FabricOntologyParameters | None, _Fixed, Since(_SINCE["fabricOntology"])
    ] = None
    workIQParameters: Annotated[WorkIQParameters | None, Since(_SINCE["workIQ"])] = None
    resultsProcessing: Annotated[
        Literal["rerank", "none"] | None, ServerDefault("rerank"), Since("2026-08-01-preview")
    ] = None
    corsOptions: Annotated[Cors | None, Since("2026-08-01-preview")] = None
    encryptionKey: OptionalKey = None
    etag: Annotated[str | None, ServerOwned()] = Field(default=None, alias="@odata.etag")

    @model_validator(mode="after")
    def _goes_with_its_kind(self) -> Self:
        for kind, name in PARAMETERS.items():
            given = getattr(self, name) is not None
            if given and kind != self.kind:
                raise ValueError(f"`{name}` does not go with kind `{self.kind}`")
            if not given and kind == self.kind and kind not in _OPTIONAL:
                raise ValueError(f"`{name}` is required for kind `{kind}`")
        if self.corsOptions is not None and self.kind != "file":  # the schema has it there only
            raise ValueError(f"`corsOptions` does not go with kind `{self.kind}`")
        return self


_CREATED = {
    "datasource": "DataSource",
    "skillset": "Skillset",
    "index": "Index",
    "indexer": "Indexer",
}


def created(body: JsonObject) -> Iterator[ResourceId]:
    """What a knowledge source created for itself, by its body as read."""
    for name in PARAMETERS.values():
        parts = get_in(body, (name, "createdResources"))
        for what, made in parts.items() if isinstance(parts, dict) else ():
            if what.lower() in _CREATED and isinstance(made, str):
                yield ResourceId(_CREATED[what.lower()], made)


_INGESTING = ("azureBlob", "indexedOneLake", "indexedSharePoint", "indexedSql")
"""The kinds that fill an index from a place that they are told of (FACTS g)."""


def will_create(name: str, body: JsonObject) -> Iterator[ResourceId]:
    """What a knowledge source is going to create for itself, by its name and declared body.

    The names are FACTS g; those of the previews' kinds are inferred.
    """
    if body.get("kind") in _INGESTING:
        for what, kind in _CREATED.items():
            yield ResourceId(kind, f"{name}-{what}")


KIND = Kind(
    name="KnowledgeSource",
    type_on_service="knowledgesources",
    body=KnowledgeSource,
    since="2025-08-01-preview|2026-04-01",
    creates=created,
    will_create=will_create,
    page="https://learn.microsoft.com/rest/api/searchservice/knowledge-sources",
)
