"""Walking a plain body beside its shape: every property with its path, marks and value."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, NamedTuple

from reconciler.model.json import JsonObject, Position, leaves
from reconciler.model.pointer import Path
from reconciler.schema.body import Property, Shape


@dataclass(frozen=True, slots=True)
class PropertyAt:
    """One property of one JSON object.

    `path` goes by keys (the path grammar), `position` by positions (as the file has it).
    """

    path: Path
    position: Position
    holder: JsonObject
    property: Property
    value: Any


def walk(
    shape: Shape,
    body: JsonObject,
    leading_to: str | None = None,
    path: Path = (),
    position: Position = (),
) -> Iterator[PropertyAt]:
    """Every known property of a body, parents before children.

    Args:
        leading_to: only those that bear this mark, such as `ref`, or lead to one.
    """
    wanted = shape.properties if leading_to is None else shape.leading_to(leading_to)
    for name, value in body.items():
        if name not in wanted:
            continue
        known = shape.properties[name]
        here, place = (*path, name), (*position, name)
        yield PropertyAt(here, place, body, known, value)
        for inner, element, deeper, below in _held(known, value, here, place):
            if inner is not None:
                yield from walk(inner, element, leading_to, deeper, below)


def _held(
    known: Property, value: Any, path: Path, position: Position
) -> Iterator[tuple[Shape | None, Any, Path, Position]]:
    """What a property holds, where it holds objects: shape (None: not known), element, places."""
    for key, index, element in elements(known, value) if known.holds_objects else ():
        inner = known.shape(element) if isinstance(element, dict) else None
        deeper = path if key is None else (*path, key)
        yield inner, element, deeper, position if index is None else (*position, index)


class Stranger(NamedTuple):
    """A leaf that the schema does not know; `path` and `position` are those of a `PropertyAt`."""

    path: Path
    position: Position
    value: Any


def strangers(
    shape: Shape, body: JsonObject, path: Path = (), position: Position = ()
) -> Iterator[Stranger]:
    """Every leaf at a property that the schema does not know, or in an object of such a type."""
    for name, value in body.items():
        known = shape.properties.get(name)
        here, place = (*path, name), (*position, name)
        if known is None:
            yield from _strange(value, here, place)
            continue
        for inner, element, deeper, below in _held(known, value, here, place):
            if inner is not None:
                yield from strangers(inner, element, deeper, below)
            else:
                yield from _strange(element, deeper, below)


def _strange(value: Any, path: Path, position: Position) -> Iterator[Stranger]:
    for inner, leaf in leaves(value):
        yield Stranger((*path, *map(str, inner)), (*position, *inner), leaf)


def elements(known: Property, value: Any) -> Iterator[tuple[str | None, int | None, Any]]:
    """The objects at a property: key (or position as text), position, element."""
    if not known.many:
        yield None, None, value
    elif isinstance(value, list):
        for index, element in enumerate(value):
            key = known.key_of(element, index)
            yield (str(index) if key is None else key), index, element
