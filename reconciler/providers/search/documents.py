"""Queries of an index, or of an alias of one.

https://learn.microsoft.com/rest/api/searchservice/documents/search-post
"""

from __future__ import annotations

from urllib.parse import quote

from reconciler.model.json import JsonObject
from reconciler.providers.search.profile import SEARCH
from reconciler.wire import Part, ServiceError, ServiceProfile, Wire

QUERIED = ServiceProfile(
    SEARCH.name,
    {
        **SEARCH.advice,
        403: "not allowed: the identity needs the role Search Index Data Reader on the service, "
        "and to read definitions also Search Service Contributor (or the api key is a wrong one)",
    },
)
"""The service, asked for documents."""


class SearchDocuments:
    """The documents of one service's indexes."""

    def __init__(self, wire: Wire, api_version: str) -> None:
        self._wire = wire
        self._query = {"api-version": api_version}

    async def search(self, index: str, query: JsonObject) -> JsonObject:
        """The answer to a query, whole.

        Args:
            index: the index, or an alias of one.
            query: the body of the REST API.

        Raises:
            ServiceError: the query was refused, or the service cannot be read.
        """
        path = f"/indexes('{quote(index, safe='')}')/docs/search.post.search"
        headers = {"Accept": "application/json;odata.metadata=none"}
        reply = await self._wire.call("POST", path, self._query, query, headers, reads=True)
        answer = Part.of(reply)
        answer.objects("value")
        answer.number("@odata.count")
        return reply.object

    async def count(self, index: str) -> int:
        """How many documents an index holds."""
        asked = {"search": "*", "count": True, "top": 0}
        answer = await self.search(index, asked)
        if answer.get("@odata.count") is None:
            raise ServiceError(f"the answer has no count: {SEARCH.not_ours}")
        return int(answer["@odata.count"])
