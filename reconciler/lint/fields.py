"""The fields of the declared indexes, each with its place: what several rules look at."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from reconciler.model.problem import Where
from reconciler.model.resource import Resource


def indexes(resources: Sequence[Resource]) -> Iterator[Resource]:
    """The indexes among some resources."""
    return (resource for resource in resources if resource.id.kind == "Index")


def fields(index: Resource) -> Iterator[tuple[dict[str, Any], Where]]:
    """Every field of an index and, after it, its subfields; what has no type is passed over."""
    return beneath(index.body, index.where.at("spec"), deep=True)


def beneath(
    holder: dict[str, Any], where: Where, *, deep: bool = False
) -> Iterator[tuple[dict[str, Any], Where]]:
    """The fields of an index, or the subfields of a field; `deep`: also those further down."""
    listed = holder.get("fields")
    for position, field in enumerate(listed if isinstance(listed, list) else ()):
        if isinstance(field, dict) and isinstance(field.get("type"), str):
            here = where.at("fields", position)
            yield field, here
            if deep:
                yield from beneath(field, here, deep=True)
