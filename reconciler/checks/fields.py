"""The fields of the declared indexes, each with its place: what several rules look at."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from reconciler.model.problem import Where
from reconciler.model.resource import Resource


def indexes(resources: Sequence[Resource]) -> Iterator[Resource]:
    """The indexes among some resources."""
    return (resource for resource in resources if resource.address.kind == "Index")


def fields(index: Resource) -> Iterator[tuple[dict[str, Any], Where]]:
    """Every field of an index and, after it, its subfields; what has no type is passed over."""
    yield from _beneath(index.body.get("fields"), index.where.at("spec", "fields"))


def _beneath(listed: Any, where: Where) -> Iterator[tuple[dict[str, Any], Where]]:
    for position, field in enumerate(listed if isinstance(listed, list) else ()):
        if isinstance(field, dict) and isinstance(field.get("type"), str):
            here = where.at(position)
            yield field, here
            yield from _beneath(field.get("fields"), here.at("fields"))
