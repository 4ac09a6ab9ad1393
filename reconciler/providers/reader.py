"""What is live: one list call for each kind and api-version in use, in parallel."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable, Mapping

from reconciler.model.inquiry import Answers, Inquiry
from reconciler.model.resource import Live
from reconciler.model.resource_id import ResourceId
from reconciler.model.versions import age, knows
from reconciler.providers import CATALOGUE, kind, provider_of
from reconciler.providers.service import Services
from reconciler.wire import ServiceError


class Reader:
    """Everything that has been read of a project's services.

    Args:
        default_version: what a kind is read in when nobody says otherwise.
        versions: the api-version of each object that a document or the ledger names. Where a kind
            is read in several, such an object is taken from its own list and any other one from
            the newest; one that its own version does not list is taken from another, and its
            `api_version` tells.
    """

    def __init__(
        self,
        services: Services,
        default_version: Callable[[str], str],
        versions: Mapping[ResourceId, str] | None = None,
    ) -> None:
        self._services = services
        self._default = default_version
        self._versions = versions or {}
        self.read_in: set[tuple[str, str]] = set()
        self.live: dict[ResourceId, Live] = {}

    async def read(self, wanted: Iterable[tuple[str, str]]) -> None:
        """List kinds, each in an api-version."""
        pairs = sorted(set(wanted))
        self.read_in |= set(pairs)
        lists = await asyncio.gather(*(self._services.of(n).list(kind(n), v) for n, v in pairs))
        for objects in lists:
            for live in objects:
                known = self.live.get(live.id)
                if known is None or self._rank(known) < self._rank(live):
                    self.live[live.id] = live

    def _rank(self, live: Live) -> tuple[bool, tuple[str, bool]]:
        own = self._versions.get(live.id) == live.api_version
        return own, age(live.api_version)

    async def answer(self, asked: Inquiry) -> Answers:
        """What a plan has to know beyond the lists; who refers to what goes is added to `live`.

        Raises:
            ServiceError: the service cannot be read.
        """
        kinds = {name for address in asked.referrers_of for name in _referrers(address.kind)}
        kinds -= {name for name, _ in self.read_in}
        versions = {name: self._default(name) for name in kinds}
        await self.read(
            (name, version)
            for name, version in versions.items()
            if knows(version, kind(name).since)
        )
        indexes = sorted(asked.documents & self.live.keys())
        counts = await asyncio.gather(*map(self._count, indexes))
        sought = sorted(asked.missing)
        found = await asyncio.gather(*(self._in_any(address) for address in sought))
        newer = await asyncio.gather(*(self._newest(*item) for item in asked.newer.items()))
        return Answers(
            documents=dict(zip(indexes, counts, strict=True)),
            missing=frozenset(a for a, there in zip(sought, found, strict=True) if not there),
            newer=dict(zip(asked.newer, newer, strict=True)),
        )

    async def _count(self, holder: ResourceId) -> int:
        service, version = self._services.of(holder.kind), self.live[holder].api_version
        return await service.document_count(holder.name, version)

    async def _in_any(self, address: ResourceId) -> bool:
        """Whether an object is there: in the newest api-version, which hides nothing."""
        service, default = self._services.of(address.kind), self._default(address.kind)
        newest = provider_of(address.kind).newest_version
        try:
            return await service.get(address, address.name, newest or default) is not None
        except ServiceError as error:
            if error.status != 400:
                raise
        if not knows(default, kind(address.kind).since):
            return True  # nobody can tell
        return await service.get(address, address.name, default) is not None

    async def _newest(self, address: ResourceId, name: str) -> Live | None:
        """An object in the newest api-version, or None if the service does not take that."""
        newest = provider_of(address.kind).newest_version
        try:
            return await self._services.of(address.kind).get(address, name, newest)
        except ServiceError as error:
            if error.status != 400:
                raise
            return None


def _referrers(of: str) -> list[str]:
    """The kinds whose bodies may refer to a kind."""
    return [name for name in CATALOGUE if of in kind(name).refers_to]
