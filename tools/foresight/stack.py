"""A stack: plain documents as manifests have them, places in it, and edits of it."""

from __future__ import annotations

import copy
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

Json = dict[str, Any]
Stack = list[Json]
"""Documents {apiVersion, kind, metadata, spec}; secrets are expressions, nothing else is."""


@dataclass(frozen=True)
class Spot:
    """A place in a stack: the number of a document, and the path from its `spec`."""

    document: int
    path: tuple[str | int, ...] = ()

    def at(self, *parts: str | int) -> Spot:
        return Spot(self.document, (*self.path, *parts))

    @property
    def parent(self) -> Spot:
        return Spot(self.document, self.path[:-1])

    def pointer(self) -> str:
        return "/".join(map(str, self.path))


def value(stack: Stack, spot: Spot) -> Any:
    """What stands at a place, or None."""
    here: Any = stack[spot.document]["spec"]
    for part in spot.path:
        try:
            here = here[part]
        except (KeyError, IndexError, TypeError):
            return None
    return here


def spots(stack: Stack, kind: str, pattern: str = "") -> Iterator[Spot]:
    """The places in documents of a kind; `*` in a pattern is every element or property."""
    for number, document in enumerate(stack):
        if document["kind"] == kind:
            yield from below(stack, Spot(number), pattern)


def below(stack: Stack, spot: Spot, pattern: str) -> Iterator[Spot]:
    """The places under one that exist and fit a pattern."""
    part, _, rest = pattern.partition("/")
    here = value(stack, spot)
    if not part:
        yield spot
    elif part == "*":
        keys = range(len(here)) if isinstance(here, list) else here or ()
        for key in keys:
            yield from below(stack, spot.at(key), rest)
    elif isinstance(here, dict) and here.get(part) is not None:
        yield from below(stack, spot.at(part), rest)


def replaced(stack: Stack, spot: Spot, new: Any) -> Stack:
    """A copy in which something else stands at a place; a property need not be there before."""
    made = copy.deepcopy(stack)
    if spot.path:
        _holder(made, spot)[spot.path[-1]] = copy.deepcopy(new)
    else:
        made[spot.document]["spec"] = copy.deepcopy(new)
    return made


def renamed(stack: Stack, spot: Spot, name: str) -> Stack:
    """A copy in which a property has another name, at the same place."""
    made = copy.deepcopy(stack)
    holder = _holder(made, spot)
    pairs = [(name if key == spot.path[-1] else key, held) for key, held in holder.items()]
    holder.clear()
    holder.update(pairs)
    return made


def removed(stack: Stack, spot: Spot) -> Stack:
    """A copy without what stands at a place."""
    made = copy.deepcopy(stack)
    if spot.path:
        del _holder(made, spot)[spot.path[-1]]
    else:
        del made[spot.document]
    return made


def appended(stack: Stack, spot: Spot, element: Any) -> Stack:
    """A copy in which the list at a place, made if it is not there, is longer by one."""
    return replaced(stack, spot, [*(value(stack, spot) or ()), element])


def _holder(stack: Stack, spot: Spot) -> Any:
    here: Any = stack[spot.document]["spec"]
    for part in spot.path[:-1]:
        here = here.setdefault(part, {}) if isinstance(here, dict) else here[part]
    return here


def named(stack: Stack, kind: str, name: Any) -> Spot | None:
    """The document of a kind that has a name."""
    for number, document in enumerate(stack):
        if document["kind"] == kind and document["metadata"]["name"] == name:
            return Spot(number)
    return None
