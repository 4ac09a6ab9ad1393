"""Azure AI Search's REST operations on objects, and nothing else of it.

https://learn.microsoft.com/rest/api/searchservice/
"""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import urlsplit

from reconciler.kinds import Kind, kind
from reconciler.model.address import Address
from reconciler.model.json import JsonObject
from reconciler.model.plan import Call, Precondition
from reconciler.model.resource import Live
from reconciler.service.lists import ListCall, first_page
from reconciler.wire import SEARCH, Reply, ServiceError, Wire


class SearchService:
    """One search service, over one wire.

    Args:
        read: answers to list calls that were made already; each is used once.
    """

    def __init__(self, wire: Wire, read: Mapping[ListCall, Reply] | None = None) -> None:
        self._wire = wire
        self._read = dict(read or {})
        self.listed: dict[ListCall, Reply] = {}

    async def list(self, of: Kind, api_version: str) -> list[Live]:
        """Every object of a kind, in full; `@odata.nextLink` is followed if one comes."""
        call = (of.collection, api_version)
        reply = self._read.pop(call, None) or await first_page(self._wire, call)
        self.listed[call] = reply
        values, link = _page(reply)
        followed: set[str] = set()
        while link:
            if link in followed:
                raise ServiceError(f"the list of {of.collection} does not end: its pages repeat")
            followed.add(link)
            more, link = _page(await self._wire.call("GET", _same_host(link), {}))
            values += more
        return [live(of, value, api_version) for value in values]

    async def get(self, address: Address, name: str, api_version: str) -> Live | None:
        """One object, or None when there is none of that name."""
        of = kind(address.kind)
        try:
            reply = await self._wire.call("GET", _url(of, name), {"api-version": api_version})
        except ServiceError as error:
            if error.status == 404:
                return None
            raise
        return live(of, reply.body, api_version)

    async def write(self, call: Call, body: JsonObject | None, precondition: Precondition) -> Reply:
        """One PUT or DELETE under a precondition (`body` preconditions are the caller's).

        Args:
            body: the call's body with its secrets filled in.
        """
        of = kind(call.address.kind)
        headers = {}
        if call.method == "PUT":
            headers["Prefer"] = "return=representation"
        if precondition.kind == "absent":
            headers["If-None-Match"] = "*"
        elif precondition.kind == "etag":
            headers["If-Match"] = precondition.value
        query = {"api-version": call.api_version, **call.query}
        return await self._wire.call(call.method, _url(of, call.name), query, body, headers)

    async def pause(self, attempt: int) -> None:
        """Wait before a write is sent again; longer after each attempt, from 1."""
        await self._wire.pause(attempt)

    async def document_count(self, index: str, api_version: str) -> int:
        """The number of documents in an index, as its statistics have it (they lag a little)."""
        path = f"{_url(kind('Index'), index)}/search.stats"
        reply = await self._wire.call("GET", path, {"api-version": api_version})
        return int(reply.body["documentCount"])


def live(of: Kind, body: JsonObject, api_version: str) -> Live:
    """A body as the service returned it, with its etag apart."""
    etag = body.get("@odata.etag") if of.etag != "none" else None
    plain = {k: v for k, v in body.items() if k not in ("@odata.etag", "@odata.context")}
    return Live(Address(of.name, body["name"]), plain, etag, api_version)


def _page(reply: Reply) -> tuple[list[JsonObject], str | None]:
    """The objects of a list's page, and the link to the next one."""
    body = reply.body
    if not isinstance(body.get("value"), list):
        raise ServiceError(
            f"no list was answered: {SEARCH.not_ours}", reply.status, reply.request_id
        )
    return body["value"], body.get("@odata.nextLink")


def _url(of: Kind, name: str) -> str:
    return f"/{of.collection}('{name}')"


def _same_host(link: str) -> str:
    """The path of a next page: credentials never follow a link to another host."""
    parts = urlsplit(link)
    return f"{parts.path}?{parts.query}" if parts.query else parts.path
