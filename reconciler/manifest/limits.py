"""How much a few lines may stand for: aliases, merges and expressions multiply what is written.

The limits are on what a text comes to once everything is written out, in characters: a value of its
own counts as `NODE` of them, whatever else it holds.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

from reconciler.model.json import Json
from reconciler.model.problem import ProblemsError, Where

MAX_DEPTH = 100
MAX_EXPANDED = 16 * 1024 * 1024
"""Of a file's documents, and of all that expressions add to the manifests of an environment."""
MAX_VALUES = 400_000
"""Of a YAML file, as it is written: so many are read in less than a second."""
GROWTH, FREE = 20, 20_000
"""A file may stand for so many times its own length, and for so much in any case."""
NODE = 16
_LONGEST_NUMBER = 1024
"""In bits: more than a double can hold."""


class Extent(NamedTuple):
    """How large a value is once it is written out, and how deep."""

    size: int
    depth: int


def extent(value: Json, known: dict[int, Extent]) -> Extent:
    """The extent of a value, looking no deeper than `MAX_DEPTH`.

    Args:
        known: the extents of values that occur more than once, by their ids.
    """
    if isinstance(value, str):
        return Extent(NODE + len(value), 0)
    if not isinstance(value, (dict, list)):
        return Extent(NODE, 0)
    if (found := known.get(id(value))) is not None:
        return found
    size, depth = NODE, 0
    for inner in value.values() if isinstance(value, dict) else value:
        within = extent(inner, known)
        size, depth = size + within.size, max(depth, within.depth + 1)
        if size > MAX_EXPANDED or depth > MAX_DEPTH:
            break
    if isinstance(value, dict):
        size += sum(map(len, value))
    return Extent(size, depth)


def may_be_large(text: str) -> bool:
    """Whether a text could hold more than `MAX_VALUES`: each of them has a character."""
    return len(text) > MAX_VALUES


def bounded(path: Path, events: Iterable[Any]) -> Iterator[Any]:
    """The events of a text's parser, as long as they tell of few enough values.

    Raises:
        ProblemsError: there are more than `MAX_VALUES`.
    """
    from ruamel.yaml.events import NodeEvent

    left = MAX_VALUES
    for event in events:
        if isinstance(event, NodeEvent):
            left -= 1
            if left < 0:
                where = _place(path, event.start_mark)
                text = f"the file holds more than {MAX_VALUES:,} values"
                raise ProblemsError.of("too-large", text, "split it into several files", where)
        yield event


def require_plain(path: Path, documents: list[Json], length: int, what: str) -> None:
    """The documents of a text are JSON, not too deep, and not too large when written out.

    Args:
        length: of the text.
        what: makes them large, if they are.

    Raises:
        ProblemsError: they are not.
    """
    size, limit = 0, min(GROWTH * length + FREE, MAX_EXPANDED)
    for number, document in enumerate(documents):
        size += _Plain(Where(path, number)).size(document, ())
        if size > limit:
            raise _too_large(what, limit, Where(path, number))


def require_few_merges(path: Path, roots: Iterable[Any], length: int) -> None:
    """The mappings of a text hold few enough keys once all that is merged (`<<`) is written out.

    Args:
        roots: the nodes of its documents.

    Raises:
        ProblemsError: they do not.
    """
    left = limit = min(GROWTH * length + FREE, MAX_EXPANDED)
    counts: dict[int, int] = {}
    for node in _mappings(roots):
        left -= NODE * _count(node, counts, 0)
        if left < 0:
            raise _too_large("merges", limit, _place(path, node.start_mark))


def _mappings(roots: Iterable[Any]) -> Iterator[Any]:
    """Every mapping among nodes, each once."""
    seen: set[int] = set()
    nodes = list(roots)[::-1]
    while nodes:
        node = nodes.pop()
        if id(node) in seen or not isinstance(node.value, list):
            continue
        seen.add(id(node))
        if node.id == "mapping":
            yield node
            nodes += [value for _, value in reversed(node.value)]
        else:
            nodes += reversed(node.value)


def _count(node: Any, counts: dict[int, int], depth: int) -> int:
    """How many keys a mapping has when those that it merges are written into it."""
    if id(node) in counts:
        return counts[id(node)]
    counts[id(node)] = total = 0
    for key, value in node.value:
        total += 1
        if key.value == "<<" and depth < MAX_DEPTH:
            merged = value.value if value.id == "sequence" else [value]
            total += sum(_count(one, counts, depth + 1) for one in merged if one.id == "mapping")
    counts[id(node)] = total
    return total


def nested_too_deep(where: Where) -> ProblemsError:
    """The error of what is nested too deep."""
    text = f"nested deeper than {MAX_DEPTH} levels"
    return ProblemsError.of("nested-too-deep", text, "flatten it", where)


def _place(path: Path, mark: Any) -> Where:
    """A parser's mark as a place."""
    return Where(path, line=mark.line + 1, column=mark.column + 1)


def _too_large(what: str, limit: int, where: Where) -> ProblemsError:
    text = f"its {what} stand for more than {limit:,} characters"
    return ProblemsError.of("too-large", text, f"write fewer {what}", where)


class _Plain:
    """Counts what a document comes to as if its aliases were written out; refuses non-JSON."""

    def __init__(self, where: Where) -> None:
        self._where = where
        self._sizes: dict[int, int] = {}
        self._open: set[int] = set()

    def size(self, value: Any, path: tuple[str | int, ...]) -> int:
        """The characters of a value.

        Raises:
            ProblemsError: it is not JSON, or nested too deep.
        """
        if isinstance(value, str):
            self._encodable(value, path)
            return NODE + len(value)
        if not isinstance(value, (dict, list)):
            self._number(value, path)
            return NODE
        known = self._sizes.get(id(value))
        if known is not None:
            return known
        if id(value) in self._open:
            text = "an alias refers to what contains it"
            raise ProblemsError.of("recursive-alias", text, where=self._where.at(*path))
        if len(path) > MAX_DEPTH:
            raise nested_too_deep(self._where.at(*path))
        self._open.add(id(value))
        size = NODE
        for part, inner in self._items(value, path):
            size += self.size(inner, (*path, part))
        size += sum(map(len, value)) if isinstance(value, dict) else 0
        self._open.discard(id(value))
        self._sizes[id(value)] = size
        return size

    def _items(self, value: Any, path: tuple[str | int, ...]) -> Iterable[tuple[str | int, Any]]:
        if isinstance(value, list):
            return enumerate(value)
        for key in value:
            if not isinstance(key, str):
                text = "a key must be a string"
                raise ProblemsError.of("not-a-string-key", text, "quote it", self._where.at(*path))
            self._encodable(key, path)
        items: Iterable[tuple[str | int, Any]] = value.items()
        return items

    def _encodable(self, text: str, path: tuple[str | int, ...]) -> None:
        if not is_encodable(text):
            problem = "a character that no text can hold (half of a surrogate pair)"
            raise ProblemsError.of("not-unicode", problem, where=self._where.at(*path))

    def _number(self, value: Any, path: tuple[str | int, ...]) -> None:
        if isinstance(value, float):
            fine = math.isfinite(value)
        elif isinstance(value, int):
            fine = value.bit_length() <= _LONGEST_NUMBER
        else:
            fine = value is None
        if not fine:
            text = f"a value that JSON does not have ({type(value).__name__})"
            raise ProblemsError.of("not-json", text, "write it as a string", self._where.at(*path))


def is_encodable(text: str) -> bool:
    """Whether a text can be written anywhere: it has no half of a surrogate pair."""
    if text.isascii():
        return True
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True
