"""What is live: a list call for each kind, api-version and collection in use, in parallel."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from typing import NamedTuple

from reconciler.model.inquiry import Answers, Inquiry
from reconciler.model.resource import Live
from reconciler.model.resource_id import ResourceId
from reconciler.model.versions import age, knows
from reconciler.providers import CATALOGUE, kind, provider_of
from reconciler.providers.service import Services
from reconciler.wire import ServiceError


class Stand(NamedTuple):
    """Where an object of ours is to be found: its name on the service, and the api-version."""

    name: str
    api_version: str


class Reader:
    """Everything that has been read of a project's services.

    Args:
        default_version: what a kind is read in when nobody says otherwise.
        stands: of each object that a document or the ledger names. Where a kind is read in several
            api-versions, such an object is taken from its own list and any other one from the
            newest; one that its own version does not list is taken from another, and its
            `api_version` tells. Names on the service are mapped to ids here, once.
        written: where the ledger knows objects of ours, perhaps several times, each one of
            `stands`; those that are what they are by any name go by these only.
    """

    def __init__(
        self,
        services: Services,
        default_version: Callable[[str], str],
        stands: Mapping[ResourceId, Stand] | None = None,
        written: Iterable[tuple[ResourceId, Stand]] = (),
    ) -> None:
        self._services = services
        self._default = default_version
        self._stands = stands or {}
        named = [(i, at) for i, at in self._stands.items() if not kind(i.kind).identity]
        self._written = list(written)
        of_written = [(i, at) for i, at in self._written if kind(i.kind).identity]
        self._ids = {(i.kind, at.name.casefold()): i for i, at in (*named, *of_written)}
        self.read_in: set[tuple[str, str, str]] = set()
        self.live: dict[ResourceId, Live] = {}

    async def read_stands(self, kinds: Callable[[str], bool] = lambda _: True) -> None:
        """List what the objects of ours are among, of some kinds.

        What was written elsewhere is looked for there, too, in the version that is wanted now.
        """
        calls = (
            (i.kind, self._stands[i].api_version, self._services.of(i.kind).collection(at.name))
            for i, at in (*self._stands.items(), *self._written)
            if kinds(i.kind)
        )
        await self.read(calls)

    async def read(self, wanted: Iterable[tuple[str, str, str]]) -> None:
        """List kinds, each in an api-version and of a collection."""
        calls = sorted(set(wanted))
        self.read_in |= set(calls)
        lists = await asyncio.gather(
            *(self._services.of(n).list(kind(n), v, held) for n, v, held in calls)
        )
        for objects in lists:
            listed = map(self._called, objects)
            for live in await asyncio.gather(*map(self._whole, listed)):
                known = self.live.get(live.id)
                if known is None or self._rank(known) < self._rank(live):
                    self.live[live.id] = live

    async def _whole(self, live: Live) -> Live:
        """An object of ours in full, where lists show only a part; one that is gone, as it was."""
        if not kind(live.id.kind).lists_in_part or live.id not in self._stands:
            return live
        service = self._services.of(live.id.kind)
        return await service.get(live.id, live.name_on_service, live.api_version) or live

    def _called(self, live: Live) -> Live:
        """An object under the id that the project has for it."""
        known = self._ids.get((live.id.kind, live.name_on_service.casefold()))
        return live if known is None or known == live.id else replace(live, id=known)

    def _rank(self, live: Live) -> tuple[bool, tuple[str, bool]]:
        stand = self._stands.get(live.id)
        own = stand is not None and stand.api_version == live.api_version
        return own, age(live.api_version)

    async def answer(self, asked: Inquiry) -> Answers:
        """What a plan has to know beyond the lists; who refers to what goes is added to `live`.

        Raises:
            ServiceError: the service cannot be read.
        """
        kinds = {name for address in asked.referrers_of for name in _referrers(address.kind)}
        kinds -= {name for name, _, _ in self.read_in}
        versions = {name: self._default(name) for name in kinds}
        await self.read(
            (name, version, "")
            for name, version in versions.items()
            if knows(version, kind(name).since)
        )
        indexes = sorted(asked.documents & self.live.keys())
        counts = await asyncio.gather(*map(self._count, indexes))
        holding = await asyncio.gather(*(self._contents(*item) for item in asked.contents.items()))
        sought = sorted(asked.missing)
        found = await asyncio.gather(*(self._in_any(address) for address in sought))
        newer = await asyncio.gather(*(self._newest(*item) for item in asked.newer.items()))
        return Answers(
            documents=dict(zip(indexes, counts, strict=True)),
            contents=dict(zip(asked.contents, holding, strict=True)),
            missing=frozenset(a for a, there in zip(sought, found, strict=True) if not there),
            newer=dict(zip(asked.newer, newer, strict=True)),
        )

    async def _count(self, holder: ResourceId) -> int:
        service, version = self._services.of(holder.kind), self.live[holder].api_version
        return await service.document_count(holder.name, version)

    async def _contents(self, holder: ResourceId, name: str) -> frozenset[str]:
        service, version = self._services.of(holder.kind), self.live[holder].api_version
        return await service.contents(kind(holder.kind), name, version)

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
