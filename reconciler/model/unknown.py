"""A value that is known only after a step: an output of an object that is not as it will be."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from reconciler.model import pointer
from reconciler.model.json import Json, leaves, map_leaves
from reconciler.model.pointer import Path
from reconciler.model.resource_id import ResourceId

LATER = "(known after apply)"


@dataclass(frozen=True, slots=True)
class Unknown:
    """A whole leaf of a desired body: what stands at `path` of an object, once it is as desired.

    Args:
        of: the object whose output it is.
        name: what the service calls it.
        api_version: the one to read it in.
    """

    of: ResourceId
    name: str
    api_version: str
    path: Path

    def __str__(self) -> str:
        return LATER

    @property
    def pointer(self) -> str:
        """Which output, as text: `SearchService/docs/identity/principalId`."""
        return f"{self.of}{pointer.render(self.path)}"


def unknowns(body: Json) -> dict[tuple[str | int, ...], Unknown]:
    """Every unknown value of a body, by position."""
    return {place: leaf for place, leaf in leaves(body) if isinstance(leaf, Unknown)}


_MARK = "$unknown"


def marked(body: Json) -> Json:
    """A body in which each unknown value is `{"$unknown": "Kind/name/path"}`."""
    return map_leaves(body, lambda v: {_MARK: v.pointer} if isinstance(v, Unknown) else v)


def filled(body: Json, values: Mapping[Unknown, Json]) -> Json:
    """A body with its unknown values, as they are or marked, filled in."""
    known = {unknown.pointer: value for unknown, value in values.items()}

    def fill(value: Json) -> Json:
        if isinstance(value, Unknown):
            return values.get(value, value)
        if isinstance(value, list):
            return [fill(inner) for inner in value]
        if not isinstance(value, dict):
            return value
        if value.keys() == {_MARK} and value[_MARK] in known:
            return known[value[_MARK]]
        return {key: fill(inner) for key, inner in value.items()}

    return fill(body)
