"""`reconciler run`: start indexers, and wait for them if asked to."""

from __future__ import annotations

import asyncio
import json
from pathlib import Path
from typing import TYPE_CHECKING

import click

from reconciler.cli import indexers, options
from reconciler.cli.console import data, note, out

if TYPE_CHECKING:
    from reconciler.flow import Session
    from reconciler.operating.following import Followed
    from reconciler.wire import ServiceError


@click.command()
@options.project
@options.call_timeout
@options.output("text", "json")
@click.option("--wait", is_flag=True, help="Wait until they have ended.")
@indexers.timeout
@click.argument("names", metavar="INDEXER...", nargs=-1, required=True)
def command(
    path: Path,
    environment: str | None,
    variables: tuple[str, ...],
    no_color: bool,
    form: str,
    wait: bool,
    timeout: float | None,
    names: tuple[str, ...],
) -> int:
    """Start a run of each INDEXER, by its name or as Indexer/NAME.

    Exit codes: 0 started (with --wait: ended without errors), 1 an error, or the time limit passed
    or the wait was interrupted.
    """
    limit = indexers.wait_limit(wait, timeout)
    session = options.session(path, environment, variables)
    started, followed = asyncio.run(_run(session, indexers.named(session, names), limit))
    failed = sum(bool(why) for why in started.values())
    if form == "json":
        data(_json(started, followed))
    else:
        _print(started, followed)
    return 1 if failed or not all(one.ok for one in followed) else 0


async def _run(
    session: Session, names: list[str], limit: float | None
) -> tuple[dict[str, str], list[Followed]]:
    """By name why an indexer was not started (empty: it was); and how those ended that were."""
    from reconciler.operating.following import known_runs
    from reconciler.service.indexers import Indexers
    from reconciler.wire import ServiceError, Unclear

    started: dict[str, str] = {}
    known = {}
    async with session.connect() as wire:
        service = Indexers(wire, session.project.api_version)
        for name in names:
            try:
                before = await known_runs(service, name)
                await service.run(name)
            except Unclear as error:
                look = f"whether it runs, `reconciler status {name}` tells"
                started[name] = f"{error.message}: {look}"
            except ServiceError as error:
                started[name] = _why(session, name, error)
            else:
                started[name], known[name] = "", before
        if limit is None or not known:
            return started, []
        return started, await indexers.follow(session, wire, known, limit)


def _why(session: Session, name: str, error: ServiceError) -> str:
    if error.status == 409:
        return f"it is running already, nothing was started: see `reconciler status {name}`"
    return indexers.told(session, name, error)


def _print(started: dict[str, str], followed: list[Followed]) -> None:
    from reconciler.render.runs import render_followed

    for name, why in started.items():
        if why:
            note(f"error: Indexer/{name}: {why}")
        elif not followed:
            out(f"Indexer/{name} started.")
    if followed:
        out(render_followed(followed))


def _json(started: dict[str, str], followed: list[Followed]) -> str:
    from reconciler.render.json import VERSION
    from reconciler.render.runs import followed_to_json

    begun = [{"indexer": n, "started": not why, "why": why} for n, why in started.items()]
    ended = [followed_to_json(one) for one in followed]
    value = {"formatVersion": VERSION, "started": begun, "ended": ended}
    return json.dumps(value, indent=2, ensure_ascii=False)
