"""`reconciler status`: the last run of each indexer, and what went wrong in it."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import click

from reconciler.cli import indexers, options
from reconciler.cli.console import note, report
from reconciler.cli.options import ProjectOptions
from reconciler.report.values import Statuses

if TYPE_CHECKING:
    from reconciler.providers.search.indexers import IndexerStatus
    from reconciler.session.session import Session


@click.command()
@options.project
@options.limits
@options.output("statuses")
@click.argument("names", metavar="[INDEXER]...", nargs=-1)
def command(
    project: ProjectOptions,
    form: str,
    names: tuple[str, ...],
) -> int:
    """Show the last run of each INDEXER (default: every one that the manifests declare).

    Exit codes: 0 shown, whatever the runs came to, 1 error.
    """
    session = project.session()
    wanted = indexers.named(session, names) if names else indexers.declared(session)
    found, failed = options.run_in(session, lambda s: _status(s, wanted))
    report("statuses", Statuses(found, asked=bool(wanted)), form)
    for name, why in failed.items():
        note(f"error: Indexer/{name}: {why}")
    return 1 if failed else 0


async def _status(
    session: Session, names: list[str]
) -> tuple[dict[str, IndexerStatus], dict[str, str]]:
    """The status of each indexer, and why it cannot be told of the others."""
    from reconciler.wire import ServiceError

    service = await session.connections.indexers()
    answers = await asyncio.gather(*map(service.status, names), return_exceptions=True)
    found: dict[str, IndexerStatus] = {}
    failed: dict[str, str] = {}
    for name, answer in zip(names, answers, strict=True):
        if isinstance(answer, ServiceError):
            failed[name] = indexers.refusal(session, name, answer)
        elif isinstance(answer, BaseException):
            raise answer
        else:
            found[name] = answer
    return found, failed
