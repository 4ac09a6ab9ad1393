"""Following runs of indexers until they end, or a time limit passes."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from reconciler.providers.search.indexers import Execution, Indexers
from reconciler.wire import ServiceError


class Pace(NamedTuple):
    """Seconds between two looks at an indexer: the first pause, its growth, the longest one."""

    first: float = 0.5
    growth: float = 1.2
    longest: float = 5.0


POLITE = Pace()


@dataclass(frozen=True, slots=True)
class IndexerWait:
    """How far an indexer came: its run, if there was one, and why it was not followed further.

    `left`: whoever waited had enough, and nothing is wrong with the run.
    """

    name: str
    run: Execution | None
    why: str = ""
    left: bool = False

    @property
    def ok(self) -> bool:
        """Whether its run ended without a failure and without errors."""
        return not self.why and self.run is not None and self.run.ok


def detached(name: str, run: Execution | None) -> IndexerWait:
    """An indexer that is not followed any longer, as far as it was seen."""
    if run is not None and not run.running:
        return IndexerWait(name, run)
    return IndexerWait(name, run, "it goes on running on the service", left=True)


Tell = Callable[[str, Execution | None], None]
"""Told of an indexer each time it is looked at."""


async def wait_all(
    indexers: Indexers,
    known: Mapping[str, Iterable[str]],
    limit: float,
    tell: Tell,
    pace: Pace = POLITE,
) -> list[IndexerWait]:
    """Follow one new run of each indexer, side by side.

    Args:
        known: by the indexer's name, when the runs began that are not meant.
        limit: seconds for all of them.
    """
    until = time.monotonic() + limit
    each = (_follow(indexers, n, frozenset(k), until, tell, pace) for n, k in known.items())
    return list(await asyncio.gather(*each))


async def _follow(
    indexers: Indexers,
    name: str,
    known: frozenset[str],
    until: float,
    tell: Tell,
    pace: Pace,
) -> IndexerWait:
    pause, run = pace.first, None
    while True:
        try:
            # Without the limit a call to a service that is down could outlast it by minutes.
            async with asyncio.timeout(max(0.0, until - time.monotonic()) + pace.longest):
                status = await indexers.status(name)
        except TimeoutError:
            return IndexerWait(
                name, run, "the time limit has passed, and the service does not answer"
            )
        except ServiceError as error:
            return IndexerWait(name, run, f"its status cannot be read: {error.message}")
        new = [found for found in status.runs if found.started not in known]
        run = new[-1] if new else None  # the first one after the others
        tell(name, run)
        if run is not None and not run.running:
            return IndexerWait(name, run)
        left = until - time.monotonic()
        if left <= 0:
            going = "it is still running" if run is not None else "its run has not begun"
            return IndexerWait(name, run, f"the time limit has passed: {going}")
        await asyncio.sleep(min(pause, left))
        pause = min(pause * pace.growth, pace.longest)
