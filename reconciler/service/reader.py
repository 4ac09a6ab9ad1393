"""What is live: one list call for each kind and api-version, in parallel."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable

from reconciler.kinds import CATALOGUE, kind
from reconciler.model.address import Address
from reconciler.model.resource import Live
from reconciler.model.versions import knows
from reconciler.service.search import SearchService


class Reader:
    """Everything that has been read from one service."""

    def __init__(self, service: SearchService, default_version: str) -> None:
        self._service = service
        self._default = default_version
        self.read_in: set[tuple[str, str]] = set()
        self.live: dict[Address, Live] = {}

    async def read(self, wanted: Iterable[tuple[str, str]]) -> None:
        """List kinds; where one is read in two versions, an object keeps the newest."""
        pairs = sorted(set(wanted))
        self.read_in |= set(pairs)
        lists = await asyncio.gather(*(self._service.list(kind(n), v) for n, v in pairs))
        for objects in lists:
            for live in objects:
                self.live[live.address] = live

    async def more(self, going: Iterable[Address]) -> dict[Address, int]:
        """What must be known of objects that go: who else refers to them, and their documents.

        Returns:
            The number of documents in each index among them.
        """
        gone = list(going)
        kinds = {name for address in gone for name in _referrers(address.kind)}
        kinds -= {name for name, _ in self.read_in}
        await self.read(
            (name, self._default) for name in kinds if knows(self._default, kind(name).since)
        )
        indexes = [address for address in gone if address.kind == "Index"]
        counts = await asyncio.gather(
            *(self._service.document_count(a.name, self.live[a].api_version) for a in indexes)
        )
        return dict(zip(indexes, counts, strict=True))


def _referrers(of: str) -> list[str]:
    """The kinds whose bodies may refer to a kind."""
    return [name for name in CATALOGUE if of in kind(name).refers_to]
