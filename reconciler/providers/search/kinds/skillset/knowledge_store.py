"""The knowledge store: enriched documents in tables, blobs and files of a storage account.

https://learn.microsoft.com/azure/search/knowledge-store-concept-intro
"""

from __future__ import annotations

from typing import Annotated

from reconciler.providers.search.kinds.identity import OptionalIdentity, StorageConnection
from reconciler.providers.search.kinds.skillset.mapping import Inputs
from reconciler.schema.body import Body
from reconciler.schema.marks import ServerDefault, Since


class _Projection(Body):
    """What is written: a path, or a context with inputs."""

    referenceKeyName: str | None = None
    generatedKeyName: str | None = None
    source: str | None = None
    sourceContext: str | None = None
    inputs: Inputs | None = None


class TableProjection(_Projection):
    """Rows of a table; here the generated key must have a name."""

    generatedKeyName: str
    tableName: str


class BlobProjection(_Projection):
    """Objects as JSON, or images as files, in a blob container."""

    storageContainer: str


class ProjectionGroup(Body):
    """Projections that are related to each other by their keys; groups are not.

    Nothing in them must be unique, so that they go by their position.
    """

    tables: list[TableProjection] | None = None
    objects: list[BlobProjection] | None = None
    files: list[BlobProjection] | None = None


class KnowledgeStoreParameters(Body):
    """GET says true when nothing was sent (recordings); the schema's text says false."""

    synthesizeGeneratedKeyName: Annotated[bool | None, ServerDefault(True)] = None


class KnowledgeStore(Body):
    """Where, and what."""

    storageConnectionString: StorageConnection
    projections: list[ProjectionGroup]
    identity: Annotated[OptionalIdentity, Since("2021-04-30-preview|2026-04-01")] = None
    # In no stable schema, but in the answers of 2026-04-01 as in those of previews (FACTS c).
    parameters: Annotated[
        KnowledgeStoreParameters | None, ServerDefault({}), Since("2023-07-01-preview|2026-04-01")
    ] = None
