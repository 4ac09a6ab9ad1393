"""What the commands about indexers share: their names, a time limit, and a line of progress."""

from __future__ import annotations

import asyncio
import re
import sys
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

import click

from reconciler.cli.console import clean, note
from reconciler.cli.interrupting import interruptible
from reconciler.operating.names import name_on_service

if TYPE_CHECKING:
    from reconciler.opened import OpenProject
    from reconciler.operating.following import Followed
    from reconciler.service.indexers import Execution
    from reconciler.wire import Wire

_UNITS = {"": 1, "s": 1, "m": 60, "h": 3600, "d": 86400}


class Duration(click.ParamType):  # type: ignore[type-arg]
    """A time such as 90s, 30m or 2h, in seconds."""

    name = "duration"

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> float:
        if isinstance(value, float):
            return value
        found = re.fullmatch(r"(\d+(?:\.\d+)?)([smhd]?)", str(value))
        if found is None:
            self.fail(f"'{value}' is not a time: write 90s, 30m or 2h", param, ctx)
        return float(found[1]) * _UNITS[found[2]]


timeout = click.option(
    "--timeout",
    type=Duration(),
    default="30m",
    metavar="TIME",
    help="How long to wait at most, such as 90s or 2h (30m).",
)


def named(project: OpenProject, texts: Iterable[str]) -> list[str]:
    """The names on the service of the indexers that an argument names, each once."""
    resources = project.loaded[0]
    try:
        found = [name_on_service(resources, text, "Indexer") for text in texts]
    except ValueError as error:
        raise click.BadParameter(str(error), param_hint="INDEXER") from None
    return list(dict.fromkeys(found))


def declared(project: OpenProject) -> list[str]:
    """The names on the service of all indexers of the manifests."""
    resources = project.loaded[0]
    return sorted(r.name_on_service for r in resources if r.address.kind == "Indexer")


async def follow(
    project: OpenProject,
    wire: Wire,
    known: Mapping[str, Iterable[str]],
    limit: float,
    *,
    before: str = "",
) -> list[Followed]:
    """Follow new runs to their ends; on a terminal a line says how far they are.

    The first Ctrl-C ends the following, and no run: what is known by then is returned.

    Args:
        before: what is said then, before it is said that the indexers go on.
    """
    from reconciler.operating.following import follow_all, let_go
    from reconciler.service.indexers import Indexers

    progress = Progress(len(known))
    indexers = Indexers(wire, project.project.api_version)
    following = asyncio.ensure_future(follow_all(indexers, known, limit, progress.tell))
    try:
        with interruptible(following.cancel):
            return await following
    except asyncio.CancelledError:
        progress.clear()
        note(
            f"Interrupted: {before}the indexers go on running on the service, and "
            "`reconciler status` tells how they end."
        )
        return [let_go(name, progress.runs.get(name)) for name in known]
    finally:
        progress.clear()


class Progress:
    """A bar on stderr that is written anew; nothing where stderr is not a terminal.

    It counts indexers: how many items there are to do, the service does not tell.
    """

    WIDTH = 20

    def __init__(self, total: int) -> None:
        self._total = total
        self.runs: dict[str, Execution | None] = {}
        self._shown = sys.stderr.isatty()

    def tell(self, name: str, run: Execution | None) -> None:
        """An indexer was looked at."""
        self.runs[name] = run
        if not self._shown:
            return
        begun = [run for run in self.runs.values() if run is not None]
        ended = sum(not run.running for run in begun)
        items, failed = sum(run.items for run in begun), sum(run.failed for run in begun)
        warnings = sum(len(run.warnings) for run in begun)
        bar = ("#" * (self.WIDTH * ended // self._total)).ljust(self.WIDTH, "-")
        text = f"[{bar}] {ended} of {self._total} indexers ended: {items} items done, "
        text += f"{failed} failed, {warnings} warnings"
        click.echo(f"\r\x1b[K{clean(text)}", nl=False, err=True)

    def clear(self) -> None:
        """Take the line away."""
        if self._shown and self.runs:
            click.echo("\r\x1b[K", nl=False, err=True)
