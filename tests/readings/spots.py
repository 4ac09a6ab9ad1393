"""Every property of every kind in the catalogue, and the way to it from the top of a body."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from reconciler.providers import SEARCH, kind
from reconciler.schema.body import Body, Property, shape_of, variant


@dataclass(frozen=True)
class Step:
    """One property on the way; `tag` and `value` say which variant of it is meant."""

    property: Property
    model: type[Body]
    tag: str = ""
    value: str = ""


@dataclass(frozen=True)
class PropertyAt:
    """One property of one model, and the first way that leads to its holder."""

    kind: str
    way: tuple[Step, ...]
    model: type[Body]
    property: Property

    def __str__(self) -> str:
        return f"{self.kind}: {self.model.__name__}.{self.property.name}"


@cache
def spots(name: str) -> tuple[PropertyAt, ...]:
    """The properties of one kind, each model once."""
    found = ways(kind(name).body)
    return tuple(
        PropertyAt(name, way, model, known)
        for model, way in found.items()
        for known in shape_of(model).properties.values()
    )


def all_spots() -> Iterator[PropertyAt]:
    for name in SEARCH.kinds:
        yield from spots(name)


def ways(root: type[Body]) -> dict[type[Body], tuple[Step, ...]]:
    """The shortest way to every model of a kind, through what newer versions have, too."""
    found: dict[type[Body], tuple[Step, ...]] = {root: ()}
    waiting = [root]
    while waiting:
        model = waiting.pop(0)
        for known in shape_of(model).properties.values():
            for step in _steps(known) if known.until is None else ():
                if step.model not in found:
                    found[step.model] = (*found[model], step)
                    waiting.append(step.model)
    return found


def _steps(known: Property) -> Iterator[Step]:
    if known.model is not None:
        yield Step(known, known.model)
    if known.one_of is not None:
        for value in known.one_of.variants:
            model = variant(known.one_of, value)
            assert model is not None
            yield Step(known, model, known.one_of.tag, value)
