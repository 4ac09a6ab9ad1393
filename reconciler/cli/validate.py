"""`reconciler validate`: every problem at once, offline."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import chain
from pathlib import Path

import click

from reconciler.cli import options
from reconciler.cli.console import data, out, place, print_problems
from reconciler.manifest.project import environments
from reconciler.model.problem import Problem, ProblemsError, errors
from reconciler.report.json import render_problems
from reconciler.session.workspace import Workspace


@click.command()
@options.project
@options.output("text", "json")
def command(
    path: Path,
    environment: str | None,
    variables: tuple[str, ...],
    no_color: bool,
    form: str,
) -> int:
    """Check the manifests, offline: shape, references, expressions, cycles.

    Without --environment: as they are in each environment. Exit codes: 0 no errors, 1 errors.
    """
    try:
        names = environments(path) if environment is None else [environment]
        projects = [options.opened(path, name, variables) for name in names]
        count = len({resource.id for project in projects for resource in project.loaded[0]})
        own = len({resource.id for project in projects for resource in project.own})
        found = chain.from_iterable(project.loaded[1] for project in projects)
        problems = tuple(dict.fromkeys((*found, *_unused(projects))))
    except ProblemsError as error:
        count, own, problems = 0, 0, error.problems
    if form == "json":
        placed = [(problem, place(problem)) for problem in problems]
        data(render_problems(placed, valid=not errors(problems)))
    else:
        print_problems(problems)
        wrong = len(errors(problems))
        if not wrong:
            more = (
                f" and {own} check{'' if own == 1 else 's'} or model{'' if own == 1 else 's'}"
                if own
                else ""
            )
            out(f"{count} object{'' if count == 1 else 's'}{more}: no errors.")
        else:
            out(f"{wrong} error{'' if wrong == 1 else 's'}.")
    return 1 if errors(problems) else 0


def _unused(projects: Sequence[Workspace]) -> Iterator[Problem]:
    """Suppressions that silence nothing in any environment, where all of them were looked at."""
    every = len(projects) == len(projects[0].project.environments)
    if not every or any(errors(project.loaded[1]) for project in projects):
        return
    used = {where for project in projects for where in project.suppressions[0]}
    for project in projects:
        yield from (problem for problem in project.suppressions[1] if problem.where not in used)
