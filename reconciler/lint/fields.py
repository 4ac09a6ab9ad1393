"""The fields of the declared indexes, and what else stands in a body, each with its place."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from reconciler.model.problem import Where
from reconciler.model.resource import Resource
from reconciler.model.resource_id import ResourceId

Step = str | int | None
EACH = None
"""A step of a path: every element of a list."""
MANY = "Collection(Edm.ComplexType)"


class Field(NamedTuple):
    """A field of an index: `within` is what it stands in, from the top down."""

    body: dict[str, Any]
    where: Where
    within: tuple[dict[str, Any], ...] = ()

    @property
    def many(self) -> bool:
        """Whether it has many values in one document, by what it stands in."""
        return any(holder.get("type") == MANY for holder in self.within)


def indexes(resources: Sequence[Resource]) -> Iterator[Resource]:
    """The indexes among some resources."""
    return (resource for resource in resources if resource.id.kind == "Index")


def declared(resources: Sequence[Resource], kind: str, name: Any) -> Resource | None:
    """The object that a body names; None where it is not declared here, or the name is no name."""
    wanted = ResourceId(kind, name) if isinstance(name, str) else None
    return next((one for one in resources if one.id == wanted), None)


def fields(index: Resource) -> Iterator[tuple[dict[str, Any], Where]]:
    """Every field of an index and, after it, its subfields; what has no type is passed over."""
    return beneath(index.body, index.where.at("spec"), deep=True)


def beneath(
    holder: dict[str, Any], where: Where, *, deep: bool = False
) -> Iterator[tuple[dict[str, Any], Where]]:
    """The fields of an index, or the subfields of a field; `deep`: also those further down."""
    for field in _typed(holder, where, ()):
        if deep or not field.within:
            yield field.body, field.where


def placed(index: Resource) -> Iterator[Field]:
    """The fields of an index as `fields` has them, with what they stand in."""
    return _typed(index.body, index.where.at("spec"), ())


def _typed(
    holder: dict[str, Any], where: Where, within: tuple[dict[str, Any], ...]
) -> Iterator[Field]:
    for field, here in each(holder, where, "fields", EACH):
        if isinstance(field, dict) and isinstance(field.get("type"), str):
            yield Field(field, here, within)
            yield from _typed(field, here, (*within, field))


def by_path(index: Resource) -> Mapping[str, Field] | None:
    """The fields of an index by their paths, such as `address/city`.

    None where one of them cannot be told, so that nobody knows what the index lacks.
    """
    found: dict[str, Field] = {}
    told = _gather(index.body, index.where.at("spec"), "", (), found)
    return found if told else None


def _gather(
    holder: dict[str, Any],
    where: Where,
    prefix: str,
    within: tuple[dict[str, Any], ...],
    found: dict[str, Field],
) -> bool:
    listed = holder.get("fields")
    if listed is not None and not isinstance(listed, list):
        return False
    for position, field in enumerate(listed or ()):
        if not (isinstance(field, dict) and isinstance(field.get("name"), str)):
            return False
        here = where.at("fields", position)
        path = f"{prefix}{field['name']}"
        found.setdefault(path, Field(field, here, within))
        if not _gather(field, here, f"{path}/", (*within, field), found):
            return False
    return True


def each(value: Any, where: Where, *path: Step) -> Iterator[tuple[Any, Where]]:
    """What stands at a path beneath a value, with its place; nothing where the path does not lead.

    A step is a key, or `EACH` for every element of a list. An absent value is passed over, a null
    is not.
    """
    if not path:
        yield value, where
        return
    step, *rest = path
    if step is EACH:
        for position, element in enumerate(value if isinstance(value, list) else ()):
            yield from each(element, where.at(position), *rest)
    elif isinstance(value, dict) and step in value:
        yield from each(value[step], where.at(step), *rest)


def names(body: dict[str, Any], *path: str) -> set[str] | None:
    """The names of the elements of a list in a body; None where one of them cannot be told."""
    value: Any = body
    for step in path:
        value = value.get(step) if isinstance(value, dict) else value
    if value is None:
        return set()
    elements = value if isinstance(value, list) else [None]
    found = [one.get("name") if isinstance(one, dict) else None for one in elements]
    return {name for name in found if isinstance(name, str)} if all(map(_told, found)) else None


def _told(name: Any) -> bool:
    return isinstance(name, str)
