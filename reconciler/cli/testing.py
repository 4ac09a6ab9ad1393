"""`reconciler test`: do the Checks hold, and are the embedding models as declared?"""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import TYPE_CHECKING

import click

from reconciler.cli import options
from reconciler.cli.console import data, out
from reconciler.model.problem import suggestion

if TYPE_CHECKING:
    from reconciler.model.resource import Resource
    from reconciler.session.workspace import Workspace


@click.command()
@options.project
@options.limits
@options.concurrency
@options.output("text", "json")
@click.argument("names", metavar="[NAME]...", nargs=-1)
def command(
    path: Path,
    environment: str | None,
    variables: tuple[str, ...],
    no_color: bool,
    concurrency: int,
    form: str,
    names: tuple[str, ...],
) -> int:
    """Ask the service and the embedding models whether each Check and EmbeddingModel holds.

    NAME is that of a Check or EmbeddingModel, or its address (default: all of them). Checks send
    their queries, models get some tiny requests each, which are billed as any other. Exit codes: 0
    all hold, 1 one does not, or an error.
    """
    project = options.opened(path, environment, variables)
    project.require_valid()
    wanted = _chosen(project, names)
    if not wanted and form == "text":
        out("The manifests have no Check and no EmbeddingModel.")
        return 0
    from reconciler.assertions.run_all import ask
    from reconciler.report.assertions import render_verdicts, verdicts_to_json

    verdicts = asyncio.run(ask(project, wanted, concurrency=concurrency))
    if form == "json":
        data(verdicts_to_json(verdicts))
    else:
        out(render_verdicts(verdicts))
    return 0 if all(verdict.ok for verdict in verdicts) else 1


def _chosen(project: Workspace, names: tuple[str, ...]) -> list[Resource]:
    """The documents that the argument names; all where it names none."""
    own = sorted(project.own, key=lambda resource: resource.id)
    known = [str(resource.id) for resource in own] + [r.id.name for r in own]
    for name in names:
        if name not in known:
            fix = suggestion(name, known, "there are: " + (", ".join(known[: len(own)]) or "none"))
            text = f"no Check and no EmbeddingModel is called {name}: {fix}"
            raise click.BadParameter(text, param_hint="NAME")
    if not names:
        return own
    return [r for r in own if r.id.name in names or str(r.id) in names]
