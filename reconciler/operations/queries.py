"""The body of a query: full text, vectors of the same text, or both."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

from reconciler.model.json import JsonObject
from reconciler.model.resource_id import ResourceId
from reconciler.model.versions import knows
from reconciler.providers import kind
from reconciler.providers.search.service import SearchService
from reconciler.wire import ServiceError

NEIGHBOURS = 50
"""How many neighbours a vector query takes at least: hybrid search merges well from 50 on.

https://learn.microsoft.com/azure/search/hybrid-search-how-to-query
"""

Mode = Literal["keyword", "hybrid", "vector"]


def query_body(
    text: str,
    mode: Mode,
    fields: list[str],
    *,
    top: int | None = None,
    select: str | None = None,
    filter: str | None = None,
) -> JsonObject:
    """The body of the REST API.

    Args:
        fields: the vector fields that are searched with the text, unless the mode is keyword.
    """
    body: JsonObject = {}
    if mode != "vector":
        body["search"] = text
    if mode != "keyword":
        body["vectorQueries"] = [{"kind": "text", "text": text, "fields": ",".join(fields)}]
        body["vectorQueries"][0]["k"] = max(top or 0, NEIGHBOURS)
    given = {"top": top, "select": select, "filter": filter}
    return body | {name: value for name, value in given.items() if value is not None}


async def definition(service: SearchService, name: str, api_version: str) -> JsonObject:
    """The live definition of an index, or of the one that an alias stands for.

    Raises:
        ServiceError: there is neither, or the service cannot be read.
    """
    index = await service.get(ResourceId("Index", name), name, api_version)
    if index is None and knows(api_version, kind("Alias").since):
        alias = await service.get(ResourceId("Alias", name), name, api_version)
        if alias is not None:
            (target,) = alias.body["indexes"]
            index = await service.get(ResourceId("Index", target), target, api_version)
    if index is None:
        raise ServiceError(f"there is no index and no alias '{name}'", 404)
    return index.body


def fields_with_vectorizer(index: JsonObject) -> list[str]:
    """The paths of the vector fields whose profile names a vectorizer."""
    profiles = (index.get("vectorSearch") or {}).get("profiles") or ()
    able = {profile["name"] for profile in profiles if profile.get("vectorizer")}
    return [
        path
        for path, field in _fields(index.get("fields") or [], "")
        if field.get("vectorSearchProfile") in able
    ]


def _fields(fields: list[JsonObject], before: str) -> Iterator[tuple[str, JsonObject]]:
    for field in fields:
        path = before + field["name"]
        yield path, field
        yield from _fields(field.get("fields") or [], f"{path}/")
