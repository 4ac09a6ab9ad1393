"""The fields of the declared indexes, each with its place."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from reconciler.model.problem import Where
from reconciler.model.resource import Resource
from reconciler.model.resource_id import ResourceId

MANY = "Collection(Edm.ComplexType)"


class IndexField(NamedTuple):
    """A field of an index: `within` is what it stands in, from the top down."""

    body: dict[str, Any]
    owner: Resource
    path: tuple[str | int, ...]
    within: tuple[dict[str, Any], ...] = ()

    @property
    def where(self) -> Where:
        """Its place: made when something is told of it, since an index may have many fields."""
        return self.owner.where.at("spec", *self.path)

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
    return ((field.body, field.where) for field in placed(index))


def placed(index: Resource) -> Iterator[IndexField]:
    """The same, with what each stands in."""
    return _beneath(IndexField(index.body, index, ()))


def top_level(index: Resource | None) -> Iterator[tuple[str, IndexField]]:
    """The fields that stand in no other, by their names; none where the index is not known."""
    for field in placed(index) if index is not None else ():
        name = field.body.get("name")
        if not field.within and isinstance(name, str) and name:
            yield name, field


def _beneath(holder: IndexField) -> Iterator[IndexField]:
    listed = holder.body.get("fields")
    within = (*holder.within, holder.body) if holder.path else ()
    for position, body in enumerate(listed if isinstance(listed, list) else ()):
        if isinstance(body, dict) and isinstance(body.get("type"), str):
            field = IndexField(body, holder.owner, (*holder.path, "fields", position), within)
            yield field
            yield from _beneath(field)


def by_path(index: Resource) -> Mapping[str, IndexField] | None:
    """The fields of an index by their paths, such as `address/city`.

    None where one of them cannot be told, so that nobody knows what the index lacks.
    """
    found: dict[str, IndexField] = {}
    return found if _gather(IndexField(index.body, index, ()), "", found) else None


def _gather(holder: IndexField, prefix: str, found: dict[str, IndexField]) -> bool:
    listed = holder.body.get("fields")
    if listed is not None and not isinstance(listed, list):
        return False
    within = (*holder.within, holder.body) if holder.path else ()
    for position, body in enumerate(listed or ()):
        if not (isinstance(body, dict) and isinstance(body.get("name"), str)):
            return False
        field = IndexField(body, holder.owner, (*holder.path, "fields", position), within)
        path = f"{prefix}{body['name']}"
        found.setdefault(path, field)
        if not _gather(field, f"{path}/", found):
            return False
    return True
