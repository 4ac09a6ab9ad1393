"""What the commands about indexers share: their names, a time limit, and a line of progress."""

from __future__ import annotations

import asyncio
import sys
import time
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

import click

from reconciler.cli import options
from reconciler.cli.console import clean, note
from reconciler.cli.interrupting import interruptible
from reconciler.cli.waiting import AGAIN
from reconciler.operations.names import name_on_service, nowhere

if TYPE_CHECKING:
    from reconciler.operations.waiting import IndexerWait
    from reconciler.providers.search.indexers import Execution, IndexerStatus
    from reconciler.session.session import Session
    from reconciler.wire import ServiceError


NOT_FOUND = 404
USUAL = 1800.0
"""Seconds that runs are waited for."""

timeout = click.option(
    "--timeout",
    type=options.Duration(),
    metavar="TIME",
    help="With --wait: how long to wait for the indexers (30m); else for the service, in all.",
)


def wait_limit(wait: bool, timeout: float | None) -> float | None:
    """The seconds that runs are waited for, or None: then the limit is that of the command."""
    if wait:
        return USUAL if timeout is None else timeout
    options.limit_command(timeout)
    return None


def named(session: Session, texts: Iterable[str]) -> list[str]:
    """The names on the service of the indexers that an argument names, each once."""
    resources = session.manifests.resources
    try:
        found = [name_on_service(resources, text, "Indexer") for text in texts]
    except ValueError as error:
        raise click.BadParameter(str(error), param_hint="INDEXER") from None
    return list(dict.fromkeys(found))


async def statuses(
    session: Session, names: Iterable[str]
) -> tuple[dict[str, IndexerStatus], dict[str, str]]:
    """The status of each indexer, and why it cannot be told of the others."""
    from reconciler.wire import ServiceError

    service, names = await session.connections.indexers(), list(names)
    answers = await asyncio.gather(*map(service.status, names), return_exceptions=True)
    found: dict[str, IndexerStatus] = {}
    failed: dict[str, str] = {}
    for name, answer in zip(names, answers, strict=True):
        if isinstance(answer, ServiceError):
            failed[name] = refusal(session, name, answer)
        elif isinstance(answer, BaseException):
            raise answer
        else:
            found[name] = answer
    return found, failed


def withheld(names: Iterable[str], failed: Mapping[str, str]) -> dict[str, str]:
    """By name why nothing is done with an indexer, where something is wrong with some of them."""
    others = f"nothing was done: see {', '.join(failed)}"
    return {name: failed.get(name, others) for name in names}


def tell(reasons: Mapping[str, str]) -> int:
    """Say on stderr what went wrong with each indexer (empty: nothing); the exit code."""
    for name, why in reasons.items():
        if why:
            note(f"error: Indexer/{name}: {why}")
    return 1 if any(reasons.values()) else 0


def refusal(session: Session, name: str, error: ServiceError) -> str:
    """Why the service would not do something with an indexer."""
    if error.status != NOT_FOUND:
        return error.message
    return nowhere(session.manifests.resources, name, "Indexer")


def declared(session: Session) -> list[str]:
    """The names on the service of all indexers of the manifests."""
    resources = session.manifests.resources
    return sorted(r.name_on_service for r in resources if r.id.kind == "Indexer")


async def follow(
    session: Session,
    known: Mapping[str, Iterable[str]],
    limit: float,
    *,
    before: str = "",
) -> list[IndexerWait]:
    """Follow new runs to their ends; on a terminal a line says how far they are.

    The first Ctrl-C ends the following, and no run: what is known by then is returned.

    Args:
        before: what is said then, before it is said that the indexers go on.
    """
    from reconciler.operations.waiting import detached, wait_all

    progress, indexers = Progress(len(known)), await session.connections.indexers()
    following = asyncio.ensure_future(wait_all(indexers, known, limit, progress.tell))
    try:
        with interruptible(following.cancel):
            return await following
    except asyncio.CancelledError:
        progress.clear()
        note(
            f"Interrupted: {before}the indexers go on running on the service, and "
            "`reconciler status` tells how they end."
        )
        return [detached(name, progress.runs.get(name)) for name in known]
    finally:
        progress.clear()


class Progress:
    """A bar on stderr that is written anew; in a pipe a line from time to time.

    It counts indexers: how many items there are to do, the service does not tell.
    """

    WIDTH = 20

    def __init__(self, total: int) -> None:
        self._total = total
        self.runs: dict[str, Execution | None] = {}
        self._shown = sys.stderr.isatty()
        self._next = time.monotonic() + AGAIN

    def tell(self, name: str, run: Execution | None) -> None:
        """An indexer was looked at."""
        self.runs[name] = run
        if not self._shown and time.monotonic() < self._next:
            return
        begun = [run for run in self.runs.values() if run is not None]
        ended = sum(not run.running for run in begun)
        items, failed = sum(run.items for run in begun), sum(run.failed for run in begun)
        warnings = sum(len(run.warnings) for run in begun)
        text = f"{ended} of {self._total} indexers ended: {items} items done, "
        text += f"{failed} failed, {warnings} warnings"
        if not self._shown:
            self._next = time.monotonic() + AGAIN
            note(f"waiting: {text}")
            return
        bar = ("#" * (self.WIDTH * ended // self._total)).ljust(self.WIDTH, "-")
        click.echo(f"\r\x1b[K[{bar}] {clean(text)}", nl=False, err=True)

    def clear(self) -> None:
        """Take the line away."""
        if self._shown and self.runs:
            click.echo("\r\x1b[K", nl=False, err=True)
