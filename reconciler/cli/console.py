"""What a person sees: results on stdout, everything else on stderr, secrets on neither."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Callable, Iterable
from pathlib import Path

import click

from reconciler.model.problem import Problem, ProblemsError, Severity

_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
"""Control characters, but for line ends and tabs: what would move, hide or turn around a text."""
_UNPAINTED = re.compile(rf"(?!\x1b\[(?:0|3[1-5])m){_CONTROL.pattern}")
"""The same, but for the colours that we put there ourselves."""
_COLORS = {"+": "green", "<": "green", "-": "red", "-/+": "red", "±": "magenta", "~": "yellow"}

_redactors: list[Callable[[str], str]] = []


def redact_with(redact: Callable[[str], str]) -> None:
    """From now on, everything that is printed passes this function."""
    _redactors[:] = [redact]


def clean(text: str, control: re.Pattern[str] = _CONTROL) -> str:
    """A text without secrets, and without control characters that a terminal would obey."""
    for redact in _redactors:
        text = redact(text)
    return control.sub("?", text)


def out(text: str) -> None:
    """A result, on stdout."""
    click.echo(clean(text, _UNPAINTED if sys.stdout.isatty() else _CONTROL))


def note(text: str) -> None:
    """Anything else, on stderr."""
    click.echo(clean(text), err=True)


def style(no_color: bool) -> Callable[[str, str], str]:
    """Colours by symbol, where stdout is a terminal that wants them."""

    def paint(text: str, symbol: str) -> str:
        return click.style(text, fg=_COLORS.get(symbol))

    def keep(text: str, symbol: str) -> str:
        return text

    colored = sys.stdout.isatty() and not no_color and not os.environ.get("NO_COLOR")
    return paint if colored else keep


def place(problem: Problem) -> tuple[int, int] | None:
    """Line and column of a problem."""
    from reconciler.manifest.places import find

    return find(problem.where) if problem.where is not None else None


def problem_line(problem: Problem) -> str:
    """A problem as compilers print it: file:line:column: severity: message [code]."""
    where = ""
    if problem.where is not None:
        found = place(problem)
        where = f"{_relative(problem.where.file)}:" + (f"{found[0]}:{found[1]}:" if found else "")
    fix = f"\n    fix: {problem.fix}" if problem.fix else ""
    head = f"{where} {problem.severity.value}: " if where else f"{problem.severity.value}: "
    return f"{head}{problem.message} [{problem.code}]{fix}"


def _relative(file: Path) -> str:
    try:
        return str(file.absolute().relative_to(Path.cwd()))
    except ValueError:
        return str(file)


def print_problems(problems: Iterable[Problem]) -> None:
    """Every problem, errors last so that they stand above the prompt."""
    for problem in sorted(problems, key=lambda p: p.severity is Severity.ERROR):
        note(problem_line(problem))


def explain(error: Exception) -> None:
    """Why the command failed."""
    from reconciler.wire import ServiceError

    if isinstance(error, ProblemsError):
        print_problems(error.problems)
    elif isinstance(error, ServiceError):
        tail = f" (request-id {error.request_id})" if error.request_id else ""
        note(f"error: {error.message}{tail}")
    elif isinstance(error, OSError):
        note(f"error: {error.filename or ''}: {error.strerror or error}".replace(" : ", " "))
    else:
        note(
            f"error: this is a fault of the tool ({type(error).__name__}: {error}). "
            "Please report it; RECONCILER_DEBUG=1 shows where."
        )
