"""Azure Resource Manager's operations on resources: names are ids, lists are of what holds them.

https://learn.microsoft.com/rest/api/azure/
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from itertools import pairwise
from typing import Any

from reconciler.model.json import JsonObject
from reconciler.model.resource import Live
from reconciler.model.resource_id import ResourceId
from reconciler.model.step import Call
from reconciler.providers import Kind, kind
from reconciler.wire import OutcomeUnknown, Part, Reply, ServiceError, ServiceProfile, Wire

ENDPOINT = "https://management.azure.com"
SCOPE = "https://management.azure.com/.default"
PROFILE = ServiceProfile(
    "Azure Resource Manager",
    {
        401: "no valid token: sign in with `az login`, or give the job an identity",
        403: "not allowed: the identity needs Contributor on the group, and for role assignments "
        "also Role Based Access Control Administrator",
        429: "too many requests also at attempt {attempts}: try again later",
    },
)
MAX_PAGES = 1000
_ID = re.compile(r"/[^\s?#]{1,2000}")
_DONE = {"PUT": (200, 201, 202), "DELETE": (200, 202, 204)}


class ResourceManager:
    """One cloud's Resource Manager, over one wire, as `providers.service` has it.

    It has no `If-Match`: whether an object is still as it was read, is asked before a write.
    """

    def __init__(self, wire: Wire) -> None:
        self._wire = wire

    is_conditional = False

    def lacks_role(self, error: ServiceError) -> bool:
        """Whether the caller itself lacks a role; that is not one of ours to wait for."""
        return error.status == 403

    def is_early(self, error: ServiceError) -> bool:
        """Whether the directory does not know a new identity yet: some 40 seconds (FACTS 4)."""
        return error.status == 400 and error.code == "PrincipalNotFound"

    def collection(self, name: str) -> str:
        """Where resources like one of that id are listed: what holds it, and its type."""
        return name.rpartition("/")[0]

    async def list(self, of: Kind, api_version: str, collection: str = "") -> list[Live]:
        """Every resource of a collection; none where what holds it is not there.

        Raises:
            ServiceError: it cannot be read, or what came is no list of the kind.
        """
        query = {"api-version": api_version}
        if of.grants:
            query["$filter"] = "atScope()"
        resources = [
            self.live(of, v, api_version) for v in await _listed(self._wire, collection, query)
        ]
        held = collection.casefold()
        return [r for r in resources if self.collection(r.name_on_service).casefold() == held]

    async def get(self, resource: ResourceId, name: str, api_version: str) -> Live | None:
        """One resource by its id, or None."""
        try:
            reply = await self._wire.call("GET", name, {"api-version": api_version})
        except ServiceError as error:
            if error.status == 404:
                return None
            raise
        live = self.live(kind(resource.kind), reply.body, api_version)
        return Live(resource, live.body, None, api_version, name)

    def live(self, of: Kind, body: Any, api_version: str) -> Live:
        """A resource from the body of an answer.

        Raises:
            ServiceError: it is no resource.
        """
        name = body.get("id") if isinstance(body, dict) else None
        if not isinstance(name, str) or _ID.fullmatch(name) is None:
            raise ServiceError(f"{of.name}: a resource in the answer has no id: {PROFILE.not_ours}")
        parts = name.split("/")
        parent = _segment_after(kind(of.parent).type_on_service, parts) if of.parent else ""
        plain = of.decode(body) if of.decode is not None else body
        return Live(ResourceId(of.name, parts[-1], parent), plain, None, api_version, name)

    async def write(self, resource: ResourceId, call: Call, body: JsonObject | None) -> Reply:
        """One PUT or DELETE.

        Raises:
            OutcomeUnknown: what was answered does not say that it was accepted.
            ServiceError: it was not done.
        """
        of = kind(resource.kind)
        if body is not None:
            body = of.encode(body) if of.encode is not None else _without_name(body)
        query = {"api-version": call.api_version}
        reply = await self._wire.call(call.method, call.name, query, body)
        if reply.status not in _DONE[call.method]:
            why = reply.misfit(f"{reply.status} is no answer to {call.method}")
            raise OutcomeUnknown(why.message, reply.status, reply.request_id)
        return reply

    async def contents(self, of: Kind, name: str, api_version: str) -> frozenset[str]:
        """The ids of what lies in a resource, in small letters.

        Raises:
            ServiceError: it cannot be read.
        """
        path, query = f"{name}{of.contents}", {"api-version": api_version}
        found = await _listed(self._wire, path, query)
        return frozenset(
            self.live(of, value, api_version).name_on_service.lower() for value in found
        )

    async def document_count(self, name: str, api_version: str) -> int:
        """No resource of Azure is asked for documents."""
        raise ServiceError(f"{name} has no documents that could be counted in {api_version}")

    async def pause(self, attempt: int) -> None:
        """Wait before a write is sent again, or a resource is looked at again."""
        await self._wire.pause(attempt)


async def _listed(wire: Wire, path: str, query: Mapping[str, str]) -> list[JsonObject]:
    """Every element of a list, page by page; none where what holds it is not there."""
    try:
        page = Part.of(await wire.call("GET", path, query))
    except ServiceError as error:
        if error.status == 404:
            return []
        raise
    pages, found = 1, page.objects("value")
    while link := page.text("nextLink"):
        if pages == MAX_PAGES:
            raise ServiceError(f"the list {path} does not end")
        pages += 1
        page = Part.of(await wire.follow(link))
        found += page.objects("value")
    return found


def _segment_after(resource_type: str, parts: list[str]) -> str:
    """The name of what is of a type on the way to a resource; types have no case (FACTS 0)."""
    word = resource_type.rpartition("/")[2].casefold()
    return next((name for type_, name in pairwise(parts) if type_.casefold() == word), "")


def _without_name(body: JsonObject) -> JsonObject:
    """The name is in the URL."""
    return {key: value for key, value in body.items() if key != "name"}
