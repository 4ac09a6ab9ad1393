"""`reconciler validate`: every problem at once, offline."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import chain
from pathlib import Path

import click

from reconciler.cli import options
from reconciler.cli.console import print_problems, report
from reconciler.cli.options import ProjectOptions
from reconciler.manifest.project import environments
from reconciler.model.problem import Problem, ProblemsError, errors
from reconciler.report.formats import FORMATS
from reconciler.report.values import Judged
from reconciler.session.workspace import Manifests, Workspace


@click.command()
@options.project
@options.output("problems")
@click.option(
    "--baseline",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="Tell only what is not known there (default: spec.baseline of the project).",
)
@click.option(
    "--write-baseline",
    "target",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="Write all that lint rules tell now, so that it is known.",
)
def command(project: ProjectOptions, form: str, baseline: Path | None, target: Path | None) -> int:
    """Check the manifests, offline: shape, references, expressions, cycles.

    Without --environment: as they are in each environment. Exit codes: 0 no errors, 1 errors.
    """
    if baseline is not None and target is not None:
        raise click.BadParameter("not together with --baseline", param_hint="--write-baseline")
    try:
        if target is not None:
            _write_baseline(project, target)
        judged = _judged(project, target or baseline)
    except ProblemsError as error:
        judged = Judged(error.problems)
    if not FORMATS["problems"][form].answers_once:
        print_problems(judged.problems)
    report("problems", judged, form)
    return 1 if judged.errors else 0


def _judged(project: ProjectOptions, baseline: Path | None) -> Judged:
    """What is to be said of the manifests.

    Raises:
        ProblemsError: the project file is wrong, or the baseline cannot be used.
    """
    judged = [workspace.manifests for workspace in _workspaces(project, baseline)]
    every = chain.from_iterable(manifests.problems for manifests in judged)
    unused = _unused(judged) if not project.environment else ()
    return Judged(
        tuple(dict.fromkeys((*every, *unused))),
        len({resource.id for manifests in judged for resource in manifests.resources}),
        len({document.id for manifests in judged for document in manifests.local}),
        len({entry for manifests in judged for entry in manifests.known}),
    )


def _workspaces(project: ProjectOptions, baseline: Path | None = None) -> Iterator[Workspace]:
    """The project in the environment that was chosen, or in each."""
    names = [project.environment] if project.environment else environments(project.path)
    file = baseline.absolute() if baseline is not None else None
    return (Workspace(project.settings(name)._replace(baseline=file)) for name in names)


def _unused(judged: Sequence[Manifests]) -> Iterator[Problem]:
    """Suppressions that silence nothing in any of all environments, where none has errors."""
    if any(errors(manifests.problems) for manifests in judged):
        return
    silenced = {where for manifests in judged for where in manifests.silenced}
    for manifests in judged:
        yield from (problem for problem in manifests.unused if problem.where not in silenced)


def _write_baseline(project: ProjectOptions, target: Path) -> None:
    """Make everything known that rules tell, in all environments.

    Raises:
        ProblemsError: something else is an error, so that rules may not have seen everything; or
            what stands in the place of the file is no baseline.
    """
    from reconciler.cli.files import replace
    from reconciler.lint.baseline import load, to_text

    if project.environment and environments(project.path) != [project.environment]:
        text = "a baseline is of all environments: leave --environment out"
        raise click.BadParameter(text, param_hint="--write-baseline")
    if target.exists():
        load(target.absolute())
    judged = [workspace.judged({}) for workspace in _workspaces(project)]
    for manifests in judged:
        manifests.require_lintable()
    replace(target, to_text({entry for manifests in judged for entry in manifests.told}))
