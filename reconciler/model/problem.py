"""What is wrong, where, and what to do: gathered, never raised one at a time."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path as FilePath
from typing import NamedTuple

_DIGIT = re.compile(r"\d")
_CERTAIN = 0.75


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
class Correction:
    """What mends a problem for certain: another value, or another key, at a place.

    `old` is what has to be written there, so that nothing else is overwritten; None: nothing.
    """

    where: Where
    old: str | int | None
    new: str | int


@dataclass(frozen=True, slots=True)
class Problem:
    """`code` is stable and searchable, `message` says what is wrong, `fix` what to do.

    `correction` does what `fix` says, where that is certain.

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
    correction: Correction | None = None


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


def blocking(problems: Iterable[Problem]) -> list[Problem]:
    """The errors that are no rule's opinion: with them there is no plan."""
    return [problem for problem in errors(problems) if not problem.of_rule]


def suggestion(name: str, known: Iterable[str], otherwise: str) -> str:
    """What to do about a name that is not known: the nearest known one, or something else."""
    near = _near(name, known, 1)
    return f"did you mean `{near[0]}`?" if near else otherwise


def respelled(where: Where, name: str, known: Iterable[str]) -> Correction | None:
    """A name at a place replaced by the known one that was surely meant, if there is one.

    It is the only one that differs by its case, or else the only one that is near. Numbers are no
    slips: `docs-v1` is not `docs-v2`.
    """
    from difflib import SequenceMatcher

    near = _near(name, known, 2)
    if len(near) != 1 or _DIGIT.findall(near[0]) != _DIGIT.findall(name):
        return None
    alike = SequenceMatcher(None, name.casefold(), near[0].casefold()).ratio()
    return Correction(where, name, near[0]) if alike >= _CERTAIN else None


def _near(name: str, known: Iterable[str], most: int) -> list[str]:
    """The nearest known names: those that differ by their case alone, or else the similar ones."""
    from difflib import get_close_matches

    names = sorted(set(known))
    spelled = [one for one in names if one.casefold() == name.casefold()]
    return spelled or get_close_matches(name, names, most, 0.55)
