"""`reconciler run`: start indexers, and wait for them if asked to."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from reconciler.cli import indexers, options
from reconciler.cli.console import report
from reconciler.cli.options import ProjectOptions
from reconciler.report.values import Started

if TYPE_CHECKING:
    from reconciler.operations.waiting import IndexerWait
    from reconciler.session.session import Session
    from reconciler.wire import ServiceError


@click.command()
@options.project
@options.call_timeout
@options.output("started")
@click.option("--wait", is_flag=True, help="Wait until they have ended.")
@indexers.timeout
@click.argument("names", metavar="INDEXER...", nargs=-1, required=True)
def command(
    project: ProjectOptions,
    form: str,
    wait: bool,
    timeout: float | None,
    names: tuple[str, ...],
) -> int:
    """Start a run of each INDEXER, by its name or as Indexer/NAME.

    None is started if one of them is not there.

    Exit codes: 0 started (with --wait: ended without errors), 1 an error, or the time limit passed
    or the wait was interrupted.
    """
    limit = indexers.wait_limit(wait, timeout)
    session = project.session()
    wanted = indexers.named(session, names)
    started, followed = options.run_in(session, lambda s: _run(s, wanted, limit))
    report("started", Started(started, followed), form)
    return indexers.tell(started) or (0 if all(one.ok for one in followed) else 1)


async def _run(
    session: Session, names: list[str], limit: float | None
) -> tuple[dict[str, str], list[IndexerWait]]:
    """By name why an indexer was not started (empty: it was); and how those ended that were."""
    from reconciler.wire import OutcomeUnknown, ServiceError

    before, failed = await indexers.statuses(session, names)
    if failed:
        return indexers.withheld(names, failed), []
    started: dict[str, str] = {}
    known = {}
    service = await session.connections.indexers()
    for name in names:
        try:
            await service.run(name)
        except OutcomeUnknown as error:
            look = f"whether it runs, `reconciler status {name}` tells"
            started[name] = f"{error.message}: {look}"
        except ServiceError as error:
            started[name] = _why(session, name, error)
        else:
            started[name], known[name] = "", [run.started for run in before[name].runs]
    if limit is None or not known:
        return started, []
    return started, await indexers.follow(session, known, limit)


def _why(session: Session, name: str, error: ServiceError) -> str:
    if error.status == 409:
        return f"it is running already, nothing was started: see `reconciler status {name}`"
    return indexers.refusal(session, name, error)
