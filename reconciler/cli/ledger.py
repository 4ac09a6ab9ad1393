"""`reconciler ledger`: what the project owns."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from reconciler.cli import options
from reconciler.cli.console import out, report
from reconciler.cli.options import ProjectOptions
from reconciler.model.problem import ProblemsError, suggestion

if TYPE_CHECKING:
    from reconciler.model.resource_id import ResourceId
    from reconciler.session.session import Session


@click.group()
def command() -> None:
    """Look at what the project owns, or give an object up."""


@command.command("list")
@options.project
@options.output("ledger")
def list_(
    project: ProjectOptions,
    form: str,
) -> int:
    """List every object that the project owns.

    Exit codes: 0 listed, also where there is none, 1 error.
    """
    ledger = options.run_in(project.session(), lambda session: session.workspace.ledger.load())
    report("ledger", ledger, form)
    return 0


@command.command()
@options.project
@click.argument("address")
def forget(
    project: ProjectOptions,
    address: str,
) -> int:
    """Give up an object: it stays on the service and is no longer ours.

    ADDRESS is KIND/NAME, as `ledger list` prints it. Exit codes: 0 done, 1 error.
    """
    wanted = options.address(address, "ADDRESS")
    options.run_in(project.session(), lambda session: _forget(session, wanted))
    out(f"{wanted} is forgotten; it stays on the service.")
    return 0


async def _forget(session: Session, wanted: ResourceId) -> None:
    store = session.workspace.ledger
    async with session.locked("ledger forget"):
        ledger = await store.load()
        if wanted not in ledger.entries:
            fix = suggestion(str(wanted), map(str, ledger.entries), "see `reconciler ledger list`")
            raise ProblemsError.of("unknown-address", f"{wanted} is not in the ledger", fix)
        entries = {a: entry for a, entry in ledger.entries.items() if a != wanted}
        await store.save(ledger.with_entries(entries, ledger.run))
