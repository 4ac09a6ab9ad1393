"""What is wrong, where, and what to do: gathered, never raised one at a time."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path as FilePath
from typing import NamedTuple


class Severity(StrEnum):
    ERROR = "error"
    WARNING = "warning"
    ADVICE = "advice"


@dataclass(frozen=True, slots=True)
class Where:
    """A place in a manifest. Line and column are looked up when a problem is printed.

    `path` goes by position in lists (`("spec", "fields", 3, "type")`). `line` and `column`
    (from 1) are set only where the file could not be parsed, so that nothing can be looked up.
    """

    file: FilePath
    document: int = 0
    path: tuple[str | int, ...] = ()
    line: int | None = None
    column: int | None = None
    of_key: bool = False

    def at(self, *parts: str | int, of_key: bool = False) -> Where:
        """The place beneath this one; `of_key` points at the key rather than at its value."""
        return Where(self.file, self.document, (*self.path, *parts), of_key=of_key)


class Related(NamedTuple):
    """Another place that a problem is about: the other end of what does not fit together."""

    message: str
    where: Where


@dataclass(frozen=True, slots=True)
class Problem:
    """`code` is stable and searchable, `message` says what is wrong, `fix` what to do.

    `on_write`: what the service refuses to be sent, but keeps where it stands. A warning in a
    document, and an error in a plan that writes the object. `of_rule`: a lint rule's opinion; what
    is an error in a document is a warning in a plan that writes none of the objects that it is
    about. `notes` are the other ends.
    """

    code: str
    message: str
    where: Where | None = None
    fix: str = ""
    severity: Severity = Severity.ERROR
    on_write: bool = False
    notes: tuple[Related, ...] = ()
    of_rule: bool = False


class ProblemsError(Exception):
    """The work cannot go on; carries every problem that was found."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__("; ".join(problem.message for problem in self.problems))

    @classmethod
    def of(
        cls, code: str, message: str, fix: str = "", where: Where | None = None
    ) -> ProblemsError:
        """One problem, raised at once."""
        return cls([Problem(code, message, where, fix)])


def errors(problems: Iterable[Problem]) -> list[Problem]:
    """Those that stop the work."""
    return [problem for problem in problems if problem.severity is Severity.ERROR]


def certain(problems: Iterable[Problem]) -> list[Problem]:
    """The errors that are no rule's opinion: with them there is no plan."""
    return [problem for problem in errors(problems) if not problem.of_rule]


def suggestion(name: str, known: Iterable[str], otherwise: str) -> str:
    """What to do about a name that is not known: the nearest known one, or something else."""
    from difflib import get_close_matches

    near = get_close_matches(name, list(known), 1, 0.55)
    return f"did you mean `{near[0]}`?" if near else otherwise
