"""Azure AI Search's REST operations on objects, and nothing else of it.

https://learn.microsoft.com/rest/api/searchservice/
"""

from __future__ import annotations

from urllib.parse import quote

from reconciler.model.json import JsonObject
from reconciler.model.resource import Live
from reconciler.model.resource_id import ResourceId
from reconciler.model.step import Call
from reconciler.providers import Kind, kind
from reconciler.providers.search import definitions
from reconciler.providers.search.lists import ListCall, first_page
from reconciler.wire import OutcomeUnknown, Part, Reply, ServiceError, Wire

_NOT_ADMITTED = "Credentials provided in the connection string are invalid or have expired"
"""Of an indexer whose data source is read by identity, without the role (recorded)."""
MAX_PAGES = 1000
"""Of one list: the service answers all in one, or a few (FACTS i)."""


class SearchService:
    """One search service, over one wire, as `providers.service` has it.

    Args:
        read: answers to list calls that were made already; each is taken out when it is used.
    """

    def __init__(self, wire: Wire, read: dict[ListCall, Reply] | None = None) -> None:
        self._wire = wire
        self._read = read if read is not None else {}
        self.listed: dict[ListCall, Reply] = {}

    is_conditional = True

    def lacks_role(self, error: ServiceError) -> bool:
        """Whether it could not read the data as the identity that it was told to read it as."""
        return error.status == 400 and _NOT_ADMITTED in error.message

    def is_early(self, error: ServiceError) -> bool:  # noqa: ARG002
        """Never: what it refers to is its own."""
        return False

    def collection(self, name: str) -> str:  # noqa: ARG002
        """A service has one list of each kind."""
        return ""

    async def list(self, of: Kind, api_version: str, collection: str = "") -> list[Live]:  # noqa: ARG002
        """Every object of a kind, in full; `@odata.nextLink` is followed if one comes.

        Raises:
            ServiceError: it cannot be read, or what came is not a list of the kind.
        """
        call = (of.type_on_service, api_version)
        reply = self._read.pop(call, None) or await first_page(self._wire, call)
        self.listed[call] = reply
        page, followed = Part.of(reply), set[str]()
        found = [self.live(of, value, api_version) for value in page.objects("value")]
        while link := page.text("@odata.nextLink"):
            if link in followed or len(followed) == MAX_PAGES:
                raise ServiceError(
                    f"the list of {of.type_on_service} does not end: its pages repeat"
                )
            followed.add(link)
            page = Part.of(await self._wire.follow(link))
            found += [self.live(of, value, api_version) for value in page.objects("value")]
        return _each_once(found)

    async def get(self, resource: ResourceId, name: str, api_version: str) -> Live | None:
        """One object, or None when there is none of that name.

        An index that is answered under an alias has another name: there is no index of that one.
        """
        of = kind(resource.kind)
        try:
            reply = await self._wire.call("GET", _url(of, name), {"api-version": api_version})
        except ServiceError as error:
            if error.status == 404:
                return None
            raise
        found = self.live(of, reply.body, api_version)
        if found.id.name == name:
            return found
        if of.name == "Index":
            return None
        raise reply.misfit(f"it is about another {of.name} than {name}")

    async def write(self, resource: ResourceId, call: Call, body: JsonObject | None) -> Reply:
        """One PUT or DELETE under a precondition (`body` preconditions are the caller's).

        Args:
            body: the call's body with its secrets filled in.

        Raises:
            Unclear: what was answered does not say that it was done.
            ServiceError: it was not done.
        """
        of, precondition = kind(resource.kind), call.precondition
        headers = {}
        if call.method == "PUT":
            headers["Prefer"] = "return=representation"
        if precondition.kind == "absent":
            headers["If-None-Match"] = "*"
        elif precondition.kind == "etag":
            headers["If-Match"] = precondition.value
        query = {"api-version": call.api_version, **call.query}
        reply = await self._wire.call(call.method, _url(of, call.name), query, body, headers)
        if not _tells_of(reply, of, call):
            why = reply.misfit(f"it does not tell of {of.name} {call.name}")
            raise OutcomeUnknown(why.message, reply.status, reply.request_id)
        return reply

    async def pause(self, attempt: int) -> None:
        """Wait before a write is sent again; longer after each attempt, from 1."""
        await self._wire.pause(attempt)

    def live(self, of: Kind, body: object, api_version: str) -> Live:
        """An object from the body of an answer, judged.

        Raises:
            ServiceError: it is not a definition of that kind.
        """
        return definitions.live(of, body, api_version)

    async def contents(self, of: Kind, name: str, api_version: str) -> frozenset[str]:
        """Nothing but documents lies in an object of the service."""
        raise ServiceError(f"{of.name} {name} has no contents that {api_version} could list")

    async def document_count(self, name: str, api_version: str) -> int:
        """The number of documents in an index, as its statistics have it (they lag a little)."""
        path = f"{_url(kind('Index'), name)}/search.stats"
        reply = await self._wire.call("GET", path, {"api-version": api_version})
        statistics = Part.of(reply)
        return int(statistics.must(statistics.number, "documentCount"))


def _each_once(found: list[Live]) -> list[Live]:
    """Objects of a list, which may repeat one where it changed between two pages: not twice."""
    by_name = {one.id: one for one in found}
    return list(by_name.values())


def _tells_of(reply: Reply, of: Kind, call: Call) -> bool:
    """Whether the answer to a write is what the service answers when it was done.

    A PUT is answered with the definition, which was asked for; a DELETE with nothing.
    https://learn.microsoft.com/rest/api/searchservice/indexes/create-or-update
    """
    if call.method == "DELETE":
        return reply.status == 204
    try:
        return definitions.live(of, reply.body, call.api_version).id.name == call.name
    except ServiceError:
        return False


def _url(of: Kind, name: str) -> str:
    return f"/{of.type_on_service}('{quote(name, safe='')}')"
