"""Problems as a memory keeps them: what is still to be said when nothing is read again."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any

from reconciler.model.problem import Problem, Related, Severity, Where


def to_json(problems: Iterable[Problem]) -> list[dict[str, Any]]:
    """Problems as JSON."""
    return [
        {
            "code": problem.code,
            "message": problem.message,
            "fix": problem.fix,
            "severity": problem.severity.value,
            "where": None if problem.where is None else _place(problem.where),
            "notes": [[note.message, _place(note.where)] for note in problem.notes],
        }
        for problem in problems
    ]


def _place(where: Where) -> list[Any]:
    return [str(where.file), where.document, list(where.path), where.of_key]


def from_json(value: Any) -> tuple[Problem, ...]:
    """What `to_json` wrote.

    Raises:
        ValueError, TypeError, LookupError: it is something else.
    """
    return tuple(map(_problem, value))


def _problem(one: Any) -> Problem:
    code, place = one["code"], one["where"]
    return Problem(
        code,
        one["message"],
        None if place is None else _where(place),
        one["fix"],
        Severity(one["severity"]),
        notes=tuple(Related(message, _where(at)) for message, at in one["notes"]),
    )


def _where(place: Any) -> Where:
    file, document, path, of_key = place
    return Where(Path(file), int(document), tuple(path), of_key=bool(of_key))
