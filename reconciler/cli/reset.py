"""`reconciler reset`: the next run of an indexer processes everything again."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from reconciler.cli import indexers, options
from reconciler.cli.console import out
from reconciler.cli.options import ProjectOptions

if TYPE_CHECKING:
    from reconciler.session.session import Session


@click.command()
@options.project
@options.limits
@click.argument("names", metavar="INDEXER...", nargs=-1, required=True)
def command(
    project: ProjectOptions,
    names: tuple[str, ...],
) -> int:
    """Make each INDEXER forget what it has processed: its next run starts from the beginning.

    Documents in the index stay, also those whose sources are gone. None is reset if one of them is
    not there. Exit codes: 0 done, 1 error.
    """
    session = project.session()
    wanted = indexers.named(session, names)
    return options.run_in(session, lambda s: _reset(s, wanted))


async def _reset(session: Session, names: list[str]) -> int:
    from reconciler.wire import ServiceError

    _, failed = await indexers.statuses(session, names)
    if failed:
        return indexers.tell(indexers.withheld(names, failed))
    service = await session.connections.indexers()
    for name in names:
        try:
            await service.reset(name)
            out(f"Indexer/{name} reset: its next run processes everything again.")
        except ServiceError as error:
            failed[name] = indexers.refusal(session, name, error)
    return indexers.tell(failed)
