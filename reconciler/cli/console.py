"""What a person sees: results on stdout, everything else on stderr, secrets on neither.

Every sink is here. What a text quotes may come from a service or a file of anybody's: it cannot
move a terminal's cursor, and it cannot speak to the parser of a pipeline's log.
"""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import click

from reconciler.model.problem import Problem, Severity, Where
from reconciler.model.text import one_line
from reconciler.redaction import REDACTOR
from reconciler.report.formats import FORMATS, View

_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
"""Control characters, but for line ends and tabs: what would move, hide or turn around a text."""
_UNPAINTED = re.compile(rf"(?!\x1b\[(?:0|3[1-5])m){_CONTROL.pattern}")
"""The same, but for the colours that we put there ourselves."""
_COLORS = {"+": "green", "<": "green", "-": "red", "-/+": "red", "±": "magenta", "~": "yellow"}

_COMMANDS = (
    (re.compile(r"##(?=\w*\[)"), "##\u200b"),
    (re.compile(r"^(\s*):(?=:)", re.MULTILINE), "\\1:\u200b"),
    (re.compile(r"section_(?=(?:start|end):)"), "section_\u200b"),
)
"""How the parsers of pipelines are spoken to, and how that is broken: Azure Pipelines (`##vso[`
and `##[` anywhere in a line; TeamCity's are alike), GitHub Actions (`::` first), GitLab.

https://learn.microsoft.com/azure/devops/pipelines/scripts/logging-commands
https://docs.github.com/actions/reference/workflow-commands-for-github-actions
https://docs.gitlab.com/ci/jobs/job_logs/#custom-collapsible-sections
"""
_IN_JSON = re.compile(
    r"##(?=\w*\[)|(?<=section)_(?=(?:start|end):)|[\x7f-\x9f\u202a-\u202e\u2066-\u2069]"
)
"""What JSON may hold as it is, and must not: it is written as JSON escapes it."""


def clean(text: str, control: re.Pattern[str] = _CONTROL) -> str:
    """A text without secrets, and without what a terminal or a pipeline would obey."""
    text = control.sub("?", REDACTOR(text)).encode("utf-8", "replace").decode()
    for command, broken in _COMMANDS:
        text = command.sub(broken, text)
    return text


def out(text: str) -> None:
    """A result, on stdout."""
    click.echo(clean(text, _UNPAINTED if sys.stdout.isatty() else _CONTROL))


class _Answer:
    """Whether a command has printed its JSON: there is one object, whatever happens afterwards."""

    given = False


ANSWER = _Answer()


def data(text: str) -> None:
    """A result for programs, on stdout: JSON, which means the same afterwards."""
    ANSWER.given = True
    escaped = _IN_JSON.sub(_escaped, REDACTOR(text))
    click.echo(escaped.encode("utf-8", "backslashreplace").decode())


def _escaped(found: re.Match[str]) -> str:
    return "".join(f"\\u{ord(character):04x}" for character in found[0])


def report(what: str, value: Any, form: str, view: View = View()) -> None:  # noqa: B008
    """A result in the format that was asked for.

    Args:
        what: its row of `FORMATS`.
    """
    chosen = FORMATS[what][form]
    text = chosen.render(value, view._replace(place=_place))
    if chosen.answers_once:
        data(text)
    elif text:
        out(text)


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


def view(no_color: bool, *, show_unmanaged: bool = False) -> View:
    """How a person at this terminal sees it."""
    import shutil

    width = shutil.get_terminal_size().columns if sys.stdout.isatty() else None
    return View(style(no_color), show_unmanaged, width)


def _place(where: Where) -> tuple[int, int] | None:
    """Line and column of a place."""
    from reconciler.manifest.places import find

    return find(where)


def problem_line(problem: Problem) -> str:
    """A problem as compilers print it: file:line:column: severity: message [code]."""
    where = f"{_spot(problem.where)} " if problem.where is not None else ""
    notes = (f"\n    note: {_spot(note.where)} {one_line(note.message)}" for note in problem.notes)
    fix = f"\n    fix: {problem.fix}" if problem.fix else ""
    head = f"{where}{problem.severity.value}: {one_line(problem.message)} [{problem.code}]"
    return "".join([head, *notes, fix])


def _spot(where: Where) -> str:
    found = _place(where)
    place = f"{found[0]}:{found[1]}:" if found else ""
    return f"{one_line(relative(where.file))}:{place}"


def relative(file: Path) -> str:
    try:
        return str(file.absolute().relative_to(Path.cwd()))
    except ValueError:
        return str(file)


def print_problems(problems: Iterable[Problem]) -> None:
    """Every problem, errors last so that they stand above the prompt."""
    for problem in sorted(problems, key=lambda p: p.severity is Severity.ERROR):
        note(problem_line(problem))
