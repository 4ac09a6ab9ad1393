"""Finding a place in a plain body by the path grammar, in which list elements go by key."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

from reconciler.model.json import JsonObject, Position
from reconciler.model.pointer import Path
from reconciler.schema.body import Property, Shape


class Place(NamedTuple):
    """Where a path leads: `container[key]`, and the property that it belongs to, if known.

    `key` is a name in an object or a position in a list; None means a list without that element.
    """

    container: Any
    key: str | int | None
    known: Property | None

    @property
    def value(self) -> Any:
        if self.key is None:
            return None
        return (
            self.container.get(self.key) if isinstance(self.key, str) else self.container[self.key]
        )


def locate(
    shape: Shape | None, body: JsonObject, path: Path, *, create: bool = False
) -> Place | None:
    """The place of a path in a body, or None when the way there does not exist.

    Args:
        create: make the objects that are missing on the way.
    """
    here: Any = body
    known: Property | None = None
    inner = shape
    for depth, part in enumerate(path):
        if isinstance(here, dict):
            known = inner.properties.get(part) if inner is not None else None
            place = Place(here, part, known)
        elif isinstance(here, list):
            place = Place(here, _position(known, here, part), known)
        else:
            return None
        if depth == len(path) - 1:
            return place
        if create and place.value is None and isinstance(place.key, str):
            here[part] = [] if known is not None and known.many else {}
        here = place.value
        if isinstance(here, dict):
            inner = known.shape(here) if known is not None else None
    return None


def _position(known: Property | None, elements: list[Any], part: str) -> int | None:
    """The position of the element that a path names by key, or by number where it has no key."""
    for index, element in enumerate(elements):
        if known is not None and known.key_of(element, index) == part:
            return index
    if part.isdigit() and int(part) < len(elements) and (known is None or known.keyed is None):
        return int(part)
    return None


def value_at(shape: Shape | None, body: JsonObject, path: Path) -> Any:
    """What stands at a path, or None."""
    place = locate(shape, body, path)
    return place.value if place is not None else None


def path_of(shape: Shape | None, body: JsonObject, position: Position) -> Path:
    """The path of a place that goes by positions: a keyed list's element goes by its key there."""
    path: list[str] = []
    here: Any = body
    known: Property | None = None
    inner = shape
    for part in position:
        key = None
        if isinstance(here, dict):
            known = inner.properties.get(str(part)) if inner is not None else None
            here = here.get(part)
        elif isinstance(here, list) and isinstance(part, int) and part < len(here):
            here = here[part]
            key = known.key_of(here, part) if known is not None else None
        else:
            here = None
        if isinstance(here, dict):
            inner = known.shape(here) if known is not None else None
        path.append(str(part) if key is None else key)
    return tuple(path)


class PathSegment(NamedTuple):
    """A property on the way of a path: `depth` is the position of its name in the path."""

    known: Property
    depth: int


def properties_on(shape: Shape, form: JsonObject, path: Path) -> list[PathSegment]:
    """The properties that a path passes, outermost first, as far as the schema knows them.

    Args:
        form: a normal form (keyed lists are maps) in which the path exists.
    """
    passed: list[PathSegment] = []
    here: Any = form
    inner: Shape | None = shape
    for depth, part in enumerate(path):
        here = _child(here, part)
        if inner is not None:
            known = inner.properties.get(part)
            if known is None:
                return passed
            passed.append(PathSegment(known, depth))
            inner = None if known.many else known.shape(here or {})
        elif passed and passed[-1].known.many and passed[-1].depth == depth - 1:
            inner = passed[-1].known.shape(here or {})
        else:
            return passed
    return passed


def _child(here: Any, part: str) -> Any:
    if isinstance(here, dict):
        return here.get(part)
    if isinstance(here, list) and part.isdigit() and int(part) < len(here):
        return here[int(part)]
    return None


def get_in(form: Any, path: Path) -> Any:
    """What stands at a path of a normal form, or None."""
    for part in path:
        form = _child(form, part)
    return form


def replaced(shape: Shape | None, body: JsonObject, values: Mapping[Path, Any]) -> JsonObject:
    """A copy of a body with other values at some paths; what is not on their way is shared.

    Paths that lead nowhere are passed over.
    """
    copy: JsonObject = _replaced(None, shape, body, values)
    return copy


def _replaced(known: Property | None, shape: Shape | None, here: Any, values: Any) -> Any:
    if () in values:
        return values[()]
    beneath: dict[str, dict[Path, Any]] = {}
    for path, value in values.items():
        beneath.setdefault(path[0], {})[path[1:]] = value
    if isinstance(here, dict):
        changed = dict(here)
        for part, inner in beneath.items():
            if part in here:
                property_ = shape.properties.get(part) if shape is not None else None
                changed[part] = _beneath(property_, here[part], inner)
        return changed
    if isinstance(here, list):
        elements = list(here)
        for part, inner in beneath.items():
            index = _position(known, elements, part)
            if index is not None:
                elements[index] = _beneath(known, elements[index], inner)
        return elements
    return here


def _beneath(known: Property | None, value: Any, values: Any) -> Any:
    inner = known.shape(value) if known is not None and isinstance(value, dict) else None
    return _replaced(known, inner, value, values)
