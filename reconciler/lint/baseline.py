"""A baseline: what lint rules told when it was written, and is known since.

JSON without secrets, sorted, an entry a line, so that what is mended is a line less. An entry says
nothing of files and lines: a problem is the same one wherever its document stands, and wherever
within it the element of a list that goes by a key.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from hashlib import sha256
from pathlib import Path
from typing import NamedTuple

from reconciler.manifest import yaml
from reconciler.manifest.reading import decode, read_bytes
from reconciler.model import pointer
from reconciler.model.problem import Problem, ProblemsError, Severity, Where
from reconciler.model.resource import Resource
from reconciler.providers import kind
from reconciler.schema.paths import path_of

VERSION = 1
_DIGITS = 16


class BaselineEntry(NamedTuple):
    """A problem as it is known again: `path` goes by keys, `message` is a digest."""

    code: str
    object: str
    path: str
    message: str


Baseline = Mapping[BaselineEntry, Where]
"""What is known, and where the file says so."""


class Sifted(NamedTuple):
    """Problems that are new; the entries of all, and of those that are known; what is no more."""

    new: tuple[Problem, ...]
    told: frozenset[BaselineEntry]
    known: frozenset[BaselineEntry]
    stale: tuple[Problem, ...]


def sift(
    problems: Iterable[Problem],
    documents: Iterable[Resource],
    baseline: Baseline,
    redact: Callable[[str], str],
) -> Sifted:
    """What of some problems is not known.

    Args:
        documents: everything in which the problems may be.
        redact: takes secrets out of a text.
    """
    declared = {(one.where.file, one.where.document): one for one in documents}
    entries = {problem: _entry(problem, declared, redact) for problem in problems}
    told = frozenset(entries.values())
    return Sifted(
        tuple(problem for problem, entry in entries.items() if entry not in baseline),
        told,
        told & baseline.keys(),
        tuple(_stale(entry, where) for entry, where in baseline.items() if entry not in told),
    )


def _entry(
    problem: Problem,
    declared: Mapping[tuple[Path, int], Resource],
    redact: Callable[[str], str],
) -> BaselineEntry:
    where = problem.where
    resource = declared.get((where.file, where.document)) if where is not None else None
    message = sha256(redact(problem.message).encode("utf-8", "replace")).hexdigest()[:_DIGITS]
    if where is None or resource is None:
        return BaselineEntry(problem.code, "", "", message)
    path: pointer.Path = tuple(map(str, where.path))
    if where.path[:1] == ("spec",):
        shape = kind(resource.id.kind).shape
        path = ("spec", *path_of(shape, resource.body, where.path[1:]))
    return BaselineEntry(problem.code, str(resource.id), redact(pointer.render(path)), message)


def _stale(entry: BaselineEntry, where: Where) -> Problem:
    place = f" at {entry.path}" if entry.path else ""
    text = f"`{entry.code}` is not told of {entry.object or 'the project'}{place} any more"
    fix = "delete the entry, or write the file anew with `reconciler validate --write-baseline`"
    return Problem("stale-baseline", text, where, fix, Severity.ADVICE)


def to_text(entries: Iterable[BaselineEntry]) -> str:
    """The file of some entries."""
    lines = (json.dumps(entry._asdict(), ensure_ascii=False) for entry in sorted(entries))
    listed = ",".join(f"\n    {line}" for line in lines)
    return f'{{\n  "formatVersion": {VERSION},\n  "problems": [{listed}\n  ]\n}}\n'


def load(file: Path, named: Where | None = None) -> Baseline:
    """The entries of a file.

    Args:
        named: where the file is named, for a problem with the file as a whole.

    Raises:
        ProblemsError: it cannot be read, or is no baseline; one problem.
    """
    documents = yaml.parse(file, decode(file, read_bytes(file, "the baseline", named)))
    value = documents[0] if len(documents) == 1 else None
    version = value.get("formatVersion") if isinstance(value, dict) else None
    version = version if type(version) is int else 0
    if version > VERSION:
        text = f"the baseline has version {version} of its format; this tool knows {VERSION}"
        raise ProblemsError.of("wrong-baseline", text, "update the tool", Where(file))
    listed = value.get("problems") if isinstance(value, dict) and version == VERSION else None
    if not isinstance(listed, list):
        raise _wrong("the file is not a baseline", Where(file))
    entries = {}
    for position, one in enumerate(listed):
        where = Where(file).at("problems", position)
        if not _is_entry(one):
            raise _wrong(f"an entry has {', '.join(BaselineEntry._fields)}, each a text", where)
        entries[BaselineEntry(**one)] = where
    return entries


def _is_entry(value: object) -> bool:
    if not isinstance(value, dict) or value.keys() != set(BaselineEntry._fields):
        return False
    return all(isinstance(text, str) for text in value.values())


def _wrong(text: str, where: Where) -> ProblemsError:
    fix = "name the file that `reconciler validate --write-baseline` wrote, or write it anew"
    return ProblemsError.of("wrong-baseline", text, fix, where)
