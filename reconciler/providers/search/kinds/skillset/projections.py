"""Index projections: one document per chunk, in an index of chunks.

https://learn.microsoft.com/azure/search/search-how-to-define-index-projections
"""

from __future__ import annotations

from typing import Annotated, Literal

from reconciler.providers.search.kinds.skillset.mapping import Inputs
from reconciler.schema.body import Body
from reconciler.schema.marks import RefTo, ServerDefault


class Selector(Body):
    """One document in the target index for each node of `sourceContext`.

    The parent's key goes to a filterable string field that is not the key; every other field needs
    a mapping. Several selectors may share an index, so that they go by their position.
    """

    targetIndexName: Annotated[str, RefTo("Index")]
    parentKeyFieldName: str
    sourceContext: str
    mappings: Inputs


class ProjectionParameters(Body):
    """Whether parents get a document in the indexer's own target, beside their chunks."""

    projectionMode: Annotated[
        Literal["skipIndexingParentDocuments", "includeIndexingParentDocuments"] | None,
        ServerDefault("includeIndexingParentDocuments"),
    ] = None


class IndexProjections(Body):
    """All of them."""

    selectors: list[Selector]
    parameters: Annotated[ProjectionParameters | None, ServerDefault({})] = None
