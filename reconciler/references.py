"""What an object needs, by the marks of its body: the one answer to that, for every room."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from reconciler.model.json import JsonObject, leaves
from reconciler.model.pointer import Path
from reconciler.model.resource import Live, Resource
from reconciler.model.resource_id import ResourceId
from reconciler.model.sensitive import revealed
from reconciler.providers import SEARCH, kind, provider_of
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


def surroundings(
    names: Mapping[ResourceId, str], declared: Iterable[Resource], endpoint: str
) -> dict[ResourceId, set[ResourceId]]:
    """What objects need that no field of theirs names.

    An object whose name on the service is a path lies in those whose paths it begins with. One of
    the search service is on the object that answers at the service's endpoint. And one that names a
    path is read there by the service's identity, so it needs the roles that are granted there.

    Args:
        names: of every object, declared or owned, on its service.
        declared: those whose bodies may name paths.
        endpoint: of the search service.
    """
    by_path = {name.casefold(): i for i, name in names.items() if name.startswith("/")}
    hosts = {i for i, name in names.items() if _answers_at(i, name, endpoint)}
    around: dict[ResourceId, set[ResourceId]] = {}
    for i, name in names.items():
        if provider_of(i.kind) is SEARCH:
            around[i] = set(hosts)
        else:
            around[i] = {by_path[path] for path in _above(name) if path in by_path}
    grants = {i: _above(names[i]) for i in names if kind(i.kind).grants}
    for resource in declared if grants else ():
        if resource.id in grants:
            continue
        values = [leaf for _, leaf in leaves(revealed(resource.body)) if isinstance(leaf, str)]
        texts = [value.casefold() for value in values if "/" in value]
        around[resource.id] |= {
            grant
            for grant, (scope, *_) in grants.items()
            if any(_names(text, scope) for text in texts)
        }
    return around


def _names(text: str, path: str) -> bool:
    """Whether a path, or one beneath it, stands in a text: `…/st` does not stand in `…/st2`."""
    return re.search(rf"{re.escape(path)}(?![\w.()-])", text) is not None


def _above(path: str) -> list[str]:
    """The paths that a path lies in, the nearest first; of an extension, first what it is on."""
    parts, above = path.casefold().split("/"), []
    while len(parts) > 2:
        parts.pop()
        above.append("/".join(parts))
    scope = path.casefold().rpartition("/providers/microsoft.authorization/")[0]
    return [scope, *above] if scope else above


def _answers_at(resource: ResourceId, name: str, endpoint: str) -> bool:
    hosts = kind(resource.kind).hosts
    return hosts is not None and hosts(name).casefold() == endpoint.rstrip("/").casefold()


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
