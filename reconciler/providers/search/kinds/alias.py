"""Alias: a second name for one index, so that applications need not learn a new one.

Applications query the alias; when an index must be rebuilt, the alias is pointed at the copy in
one call. A change takes up to ten seconds to reach every node, so the old index is deleted only
after that. An alias cannot be the target of an indexer. It shares the URL space of indexes: no
index may have its name. The service sends no etag for it.

https://learn.microsoft.com/azure/search/search-how-to-alias
"""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from reconciler.providers.search.kinds.naming import IndexName
from reconciler.schema.body import Body
from reconciler.schema.kind import Kind
from reconciler.schema.marks import RefTo, ServerOwned


class Alias(Body):
    """The name, and the one index that it stands for."""

    name: IndexName
    # An index under an alias cannot be deleted (FACTS b).
    indexes: Annotated[list[str], RefTo("Index", holds=True), Field(min_length=1, max_length=1)]
    # In the schema, but in no response that was ever recorded (FACTS b).
    etag: Annotated[str | None, ServerOwned()] = Field(default=None, alias="@odata.etag")


KIND = Kind(
    name="Alias",
    type_on_service="aliases",
    body=Alias,
    since="2021-04-30-preview|2026-04-01",
    etag="none",
    propagation=10.0,
    page="https://learn.microsoft.com/rest/api/searchservice/aliases",
)
