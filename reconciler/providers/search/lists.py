"""List calls as they go over the wire, before anybody looks at what came."""

from __future__ import annotations

from reconciler.wire import Reply, Wire

ListCall = tuple[str, str]
"""A list call: the collection and the api-version."""


async def first_page(wire: Wire, call: ListCall) -> Reply:
    """The answer to a list call; it is the only page, unless it says otherwise."""
    collection, api_version = call
    return await wire.call("GET", f"/{collection}", {"api-version": api_version})
