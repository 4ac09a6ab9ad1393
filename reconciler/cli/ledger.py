"""`reconciler ledger`: what the project owns."""

from __future__ import annotations

import json
from pathlib import Path

import click

from reconciler.cli import options
from reconciler.cli.console import data, out
from reconciler.model.problem import ProblemsError, suggestion


@click.group()
def command() -> None:
    """Look at what the project owns, or give an object up."""


@command.command("list")
@options.project
@options.output("text", "json")
def list_(
    path: Path,
    environment: str | None,
    variables: tuple[str, ...],
    no_color: bool,
    form: str,
) -> int:
    """Every object that the project owns."""
    ledger = options.opened(path, environment, variables).file.load()
    pending = set(ledger.run.resources) if ledger.run is not None else set()
    if form == "json":
        from reconciler.report.json import VERSION

        rows = [
            {
                "address": str(entry.id),
                "name": entry.name_on_service,
                "apiVersion": entry.api_version,
                "protect": entry.lifecycle.protect,
                "onRemove": entry.lifecycle.on_remove,
            }
            for entry in ledger.entries.values()
        ]
        data(
            json.dumps(
                {
                    "formatVersion": VERSION,
                    "serial": ledger.identity.serial,
                    "entries": rows,
                    "pending": sorted(map(str, pending)),
                },
                indent=2,
            )
        )
        return 0
    for entry in ledger.entries.values():
        marks = " (protected)" if entry.lifecycle.protect else ""
        out(f"{entry.id}{marks}")
    for address in sorted(pending):
        out(f"{address} (pending: the last run was interrupted)")
    return 0


@command.command()
@options.project
@click.argument("address")
def forget(
    path: Path,
    environment: str | None,
    variables: tuple[str, ...],
    no_color: bool,
    address: str,
) -> int:
    """Give up an object: it stays on the service and is no longer ours."""
    session = options.opened(path, environment, variables)
    wanted = options.address(address, "ADDRESS")
    with session.file.locked("ledger forget"):
        ledger = session.file.load()
        if wanted not in ledger.entries:
            fix = suggestion(address, map(str, ledger.entries), "see `reconciler ledger list`")
            raise ProblemsError.of("unknown-address", f"{wanted} is not in the ledger", fix)
        entries = {a: entry for a, entry in ledger.entries.items() if a != wanted}
        session.file.save(ledger.with_entries(entries, ledger.run))
    out(f"{wanted} is forgotten; it stays on the service.")
    return 0
