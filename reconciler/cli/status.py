"""`reconciler status`: the last run of each indexer, and what went wrong in it."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import TYPE_CHECKING

import click

from reconciler.cli import indexers, options
from reconciler.cli.console import data, note, out

if TYPE_CHECKING:
    from reconciler.flow import Session
    from reconciler.service.indexers import IndexerStatus


@click.command()
@options.project
@options.limits
@options.output("text", "json")
@click.argument("names", metavar="[INDEXER]...", nargs=-1)
def command(
    path: Path,
    environment: str | None,
    variables: tuple[str, ...],
    no_color: bool,
    form: str,
    names: tuple[str, ...],
) -> int:
    """Show the last run of each INDEXER (default: every one that the manifests declare).

    Exit codes: 0 shown, whatever the runs came to, 1 error.
    """
    from reconciler.render.runs import render_status, status_to_json

    session = options.session(path, environment, variables)
    wanted = indexers.named(session, names) if names else indexers.declared(session)
    found, failed = asyncio.run(_status(session, wanted))
    if form == "json":
        data(status_to_json(found))
    elif found:
        out(render_status(found))
    elif not wanted:
        out("The manifests declare no indexer.")
    for name, why in failed.items():
        note(f"error: Indexer/{name}: {why}")
    return 1 if failed else 0


async def _status(
    session: Session, names: list[str]
) -> tuple[dict[str, IndexerStatus], dict[str, str]]:
    """The status of each indexer, and why it cannot be told of the others."""
    from reconciler.service.indexers import Indexers
    from reconciler.wire import ServiceError

    async with session.connect() as wire:
        service = Indexers(wire, session.project.api_version)
        answers = await asyncio.gather(*map(service.status, names), return_exceptions=True)
    found: dict[str, IndexerStatus] = {}
    failed: dict[str, str] = {}
    for name, answer in zip(names, answers, strict=True):
        if isinstance(answer, ServiceError):
            failed[name] = indexers.told(session, name, answer)
        elif isinstance(answer, BaseException):
            raise answer
        else:
            found[name] = answer
    return found, failed
