"""What an object needs, by the marks of its body: the one answer to that, for every room."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from reconciler.model.json import JsonObject
from reconciler.model.pointer import Path
from reconciler.model.resource import Live, Resource
from reconciler.model.resource_id import ResourceId
from reconciler.providers import kind
from reconciler.schema.walk import walk


class Reference(NamedTuple):
    """One place in a body that names another object; `holds`: that cannot be deleted meanwhile."""

    path: Path
    position: tuple[str | int, ...]
    to: ResourceId
    holds: bool = False


def references(of: str, body: JsonObject) -> Iterator[Reference]:
    """Every reference in the body of a kind of that name."""
    for place in walk(kind(of).shape, body, leading_to="ref"):
        ref = place.property.ref
        if ref is None:
            continue
        if isinstance(place.value, str) and place.value:
            target = ResourceId(ref.kind, place.value)
            yield Reference(place.path, place.position, target, ref.holds)
        elif isinstance(place.value, list):
            for index, name in enumerate(place.value):
                if isinstance(name, str) and name:
                    target = ResourceId(ref.kind, name)
                    yield Reference(place.path, (*place.position, index), target, ref.holds)


def targets(of: str, body: JsonObject) -> set[ResourceId]:
    """What a body of a kind refers to."""
    return {reference.to for reference in references(of, body)}


def held(of: str, body: JsonObject) -> set[ResourceId]:
    """What cannot be deleted while there is such a body."""
    return {reference.to for reference in references(of, body) if reference.holds}


def needs(resources: Sequence[Resource]) -> dict[ResourceId, set[ResourceId]]:
    """What each resource needs among the declared ones, by its body or by `dependsOn`."""
    declared = {resource.id for resource in resources}
    return {
        resource.id: (targets(resource.id.kind, resource.body) | set(resource.depends_on))
        & declared
        for resource in resources
    }


class Link(NamedTuple):
    """An object and one that it needs; `only_order`: no field of its body names it."""

    of: ResourceId
    to: ResourceId
    only_order: bool


def links(resources: Iterable[Resource]) -> list[Link]:
    """What every resource needs, declared or not, in the order of ids."""
    ends: dict[tuple[ResourceId, ResourceId], bool] = {}
    for resource in resources:
        ends |= {(resource.id, to): True for to in resource.depends_on}
        ends |= {(resource.id, to): False for to in targets(resource.id.kind, resource.body)}
    return [Link(*pair, only_order) for pair, only_order in sorted(ends.items())]


def creators(live: Iterable[Live]) -> dict[ResourceId, ResourceId]:
    """What a service made for another object (a knowledge source's own pipeline), with that one."""
    return {
        part: creator.id
        for creator in live
        if (creates := kind(creator.id.kind).creates) is not None
        for part in creates(creator.body)
    }


def to_be_created(declared: Iterable[Resource]) -> set[ResourceId]:
    """What a service makes for declared objects once they are there."""
    return {
        part
        for creator in declared
        if (will_create := kind(creator.id.kind).will_create) is not None
        for part in will_create(creator.name_on_service, creator.body)
    }
