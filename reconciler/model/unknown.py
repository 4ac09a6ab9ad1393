"""A value that is known only after a step: an output of an object that is not as it will be."""

from __future__ import annotations

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


def marked(body: Json) -> Json:
    """A body in which each unknown value is `{"$unknown": "Kind/name/path"}`."""
    return map_leaves(body, lambda v: {"$unknown": v.pointer} if isinstance(v, Unknown) else v)
