"""What is live: one list call for each kind and api-version in use, in parallel."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Mapping

from reconciler.model.inquiry import Answers, Inquiry
from reconciler.model.resource import Live
from reconciler.model.resource_id import ResourceId
from reconciler.model.versions import age, knows
from reconciler.providers import CATALOGUE, kind
from reconciler.providers.search.service import SearchService
from reconciler.providers.search.versions import NEWEST_PREVIEW
from reconciler.wire import ServiceError


class Reader:
    """Everything that has been read from one service.

    Args:
        default_version: what is read in when nobody says otherwise.
        versions: the api-version of each object that a document or the ledger names. Where a kind
            is read in several, such an object is taken from its own list and any other one from
            the newest; one that its own version does not list is taken from another, and its
            `api_version` tells.
    """

    def __init__(
        self,
        service: SearchService,
        default_version: str,
        versions: Mapping[ResourceId, str] | None = None,
    ) -> None:
        self._service = service
        self._default = default_version
        self._versions = versions or {}
        self.read_in: set[tuple[str, str]] = set()
        self.live: dict[ResourceId, Live] = {}

    async def read(self, wanted: Iterable[tuple[str, str]]) -> None:
        """List kinds, each in an api-version."""
        pairs = sorted(set(wanted))
        self.read_in |= set(pairs)
        lists = await asyncio.gather(*(self._service.list(kind(n), v) for n, v in pairs))
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
        await self.read(
            (name, self._default) for name in kinds if knows(self._default, kind(name).since)
        )
        indexes = sorted(asked.documents & self.live.keys())
        counts = await asyncio.gather(
            *(self._service.document_count(a.name, self.live[a].api_version) for a in indexes)
        )
        sought = sorted(asked.missing)
        found = await asyncio.gather(*(self._in_any(address) for address in sought))
        newer = await asyncio.gather(*(self._newest(*item) for item in asked.newer.items()))
        return Answers(
            documents=dict(zip(indexes, counts, strict=True)),
            missing=frozenset(a for a, there in zip(sought, found, strict=True) if not there),
            newer=dict(zip(asked.newer, newer, strict=True)),
        )

    async def _in_any(self, address: ResourceId) -> bool:
        """Whether an object is there: in the newest api-version, which hides nothing."""
        try:
            return await self._service.get(address, address.name, NEWEST_PREVIEW) is not None
        except ServiceError as error:
            if error.status != 400:
                raise
        if not knows(self._default, kind(address.kind).since):
            return True  # nobody can tell
        return await self._service.get(address, address.name, self._default) is not None

    async def _newest(self, address: ResourceId, name: str) -> Live | None:
        """An object in the newest api-version, or None if the service does not take that."""
        try:
            return await self._service.get(address, name, NEWEST_PREVIEW)
        except ServiceError as error:
            if error.status != 400:
                raise
            return None


def _referrers(of: str) -> list[str]:
    """The kinds whose bodies may refer to a kind."""
    return [name for name in CATALOGUE if of in kind(name).refers_to]
