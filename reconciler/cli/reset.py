"""`reconciler reset`: the next run of an indexer processes everything again."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import TYPE_CHECKING

import click

from reconciler.cli import indexers, options
from reconciler.cli.console import note, out

if TYPE_CHECKING:
    from reconciler.flow import Session


@click.command()
@options.project
@options.limits
@click.argument("names", metavar="INDEXER...", nargs=-1, required=True)
def command(
    path: Path,
    environment: str | None,
    variables: tuple[str, ...],
    no_color: bool,
    names: tuple[str, ...],
) -> int:
    """Make each INDEXER forget what it has processed: its next run starts from the beginning.

    Documents in the index stay, also those whose sources are gone. Exit codes: 0 done, 1 error.
    """
    session = options.session(path, environment, variables)
    return asyncio.run(_reset(session, indexers.named(session, names)))


async def _reset(session: Session, names: list[str]) -> int:
    from reconciler.service.indexers import Indexers
    from reconciler.wire import ServiceError

    failed = 0
    async with session.connect() as wire:
        service = Indexers(wire, session.project.api_version)
        for name in names:
            try:
                await service.reset(name)
                out(f"Indexer/{name} reset: its next run processes everything again.")
            except ServiceError as error:
                failed += 1
                note(f"error: Indexer/{name}: {indexers.told(session, name, error)}")
    return 1 if failed else 0
