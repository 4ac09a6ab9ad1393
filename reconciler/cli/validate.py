"""`reconciler validate`: every problem at once, offline."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import chain

import click

from reconciler.cli import options
from reconciler.cli.console import print_problems, report
from reconciler.cli.options import ProjectOptions
from reconciler.manifest.project import environments
from reconciler.model.problem import Problem, ProblemsError, errors
from reconciler.report.formats import FORMATS
from reconciler.report.values import Judged
from reconciler.session.workspace import Manifests


@click.command()
@options.project
@options.output("problems")
def command(
    project: ProjectOptions,
    form: str,
) -> int:
    """Check the manifests, offline: shape, references, expressions, cycles.

    Without --environment: as they are in each environment. Exit codes: 0 no errors, 1 errors.
    """
    try:
        names = [project.environment] if project.environment else environments(project.path)
        judged = [project.workspace(name).manifests for name in names]
        count = len({resource.id for manifests in judged for resource in manifests.resources})
        local = len({document.id for manifests in judged for document in manifests.local})
        every = chain.from_iterable(manifests.problems for manifests in judged)
        unused = _unused(judged) if not project.environment else ()
        problems = tuple(dict.fromkeys((*every, *unused)))
        counted: tuple[int | None, int] = (count, local)
    except ProblemsError as error:
        problems, counted = error.problems, (None, 0)
    if not FORMATS["problems"][form].answers_once:
        print_problems(problems)
    report("problems", Judged(problems, *counted), form)
    return 1 if errors(problems) else 0


def _unused(judged: Sequence[Manifests]) -> Iterator[Problem]:
    """Suppressions that silence nothing in any of all environments, where none has errors."""
    if any(errors(manifests.problems) for manifests in judged):
        return
    silenced = {where for manifests in judged for where in manifests.silenced}
    for manifests in judged:
        yield from (problem for problem in manifests.unused if problem.where not in silenced)
