"""`reconciler validate`: every problem at once, offline."""

from __future__ import annotations

import json
from pathlib import Path

import click

from reconciler.cli import options
from reconciler.cli.console import clean, out, place, print_problems
from reconciler.model.problem import Problem, ProblemsError, errors


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

    Exit codes: 0 no errors, 1 errors.
    """
    count = 0
    try:
        resources, problems = options.opened(path, environment, variables).loaded
        count = len(resources)
    except ProblemsError as error:
        problems = error.problems
    if form == "json":
        out(_json(problems))
    else:
        print_problems(problems)
        found = len(errors(problems))
        if not found:
            out(f"{count} object{'' if count == 1 else 's'}: no errors.")
        else:
            out(f"{found} error{'' if found == 1 else 's'}.")
    return 1 if errors(problems) else 0


def _json(problems: tuple[Problem, ...]) -> str:
    from reconciler.render.json import problem_to_json

    found = [problem_to_json(problem, place(problem)) for problem in problems]
    return clean(json.dumps({"valid": not errors(problems), "problems": found}))
