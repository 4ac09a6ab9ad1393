"""`reconciler test`: do the Checks hold, and are the embedding models as declared?"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import click

from reconciler.cli import options
from reconciler.cli.console import report
from reconciler.cli.options import ProjectOptions
from reconciler.model.problem import suggestion

if TYPE_CHECKING:
    from reconciler.model.resource import Resource


@click.command()
@options.project
@options.limits
@options.concurrency
@options.output("results")
@click.argument("names", metavar="[NAME]...", nargs=-1)
def command(
    project: ProjectOptions,
    concurrency: int,
    form: str,
    names: tuple[str, ...],
) -> int:
    """Ask the service and the embedding models whether each Check and EmbeddingModel holds.

    NAME is that of a Check or EmbeddingModel, or its address (default: all of them). Checks send
    their queries, models get some tiny requests each, which are billed as any other. Exit codes: 0
    all hold, 1 one does not, or an error.
    """
    session = project.session()
    session.workspace.require_valid(by_rules=True)
    wanted = _chosen(session.manifests.local, names)
    verdicts = options.run_in(session, lambda s: s.test(wanted, concurrency=concurrency))
    report("results", verdicts, form)
    return 0 if all(verdict.ok for verdict in verdicts) else 1


def _chosen(documents: Sequence[Resource], names: tuple[str, ...]) -> list[Resource]:
    """The documents that the argument names; all where it names none."""
    local = sorted(documents, key=lambda document: document.id)
    known = [str(document.id) for document in local] + [d.id.name for d in local]
    for name in names:
        if name not in known:
            fix = suggestion(
                name, known, "there are: " + (", ".join(known[: len(local)]) or "none")
            )
            text = f"no Check and no EmbeddingModel is called {name}: {fix}"
            raise click.BadParameter(text, param_hint="NAME")
    if not names:
        return local
    return [r for r in local if r.id.name in names or str(r.id) in names]
