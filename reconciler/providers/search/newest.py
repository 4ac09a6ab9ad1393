"""What is live, read in api-versions that the service may not answer in."""

from __future__ import annotations

import asyncio

from reconciler.model.resource import Live
from reconciler.model.resource_id import ResourceId
from reconciler.model.versions import knows
from reconciler.providers import SEARCH, kind
from reconciler.providers.search.service import SearchService
from reconciler.providers.search.versions import PREVIEWS
from reconciler.wire import ServiceError

_NOT_ANSWERED = (400, 404)


async def newest(service: SearchService, default: str) -> dict[ResourceId, Live]:
    """Every object of a service, each kind in the newest version that the service answers in.

    Args:
        default: the version to read in where it answers in none of the newest previews.

    Raises:
        ServiceError: the service cannot be read.
    """
    lists = await asyncio.gather(*(_newest(service, name, default) for name in SEARCH.kinds))
    return {address: live for listed in lists for address, live in listed.items()}


async def _newest(service: SearchService, name: str, default: str) -> dict[ResourceId, Live]:
    for version in PREVIEWS:
        listed = await listed_in(service, name, version)
        if listed is not None:
            return listed
    if not knows(default, kind(name).since):
        return {}
    return _by_address(await service.list(kind(name), default))


async def listed_in(
    service: SearchService, name: str, version: str
) -> dict[ResourceId, Live] | None:
    """The objects of a kind; None where the service does not answer in that version.

    Raises:
        ServiceError: the service cannot be read.
    """
    try:
        return _by_address(await service.list(kind(name), version))
    except ServiceError as error:
        if error.status in _NOT_ANSWERED:
            return None
        raise


def _by_address(listed: list[Live]) -> dict[ResourceId, Live]:
    return {live.id: live for live in listed}
