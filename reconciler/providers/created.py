"""Objects that the service made for another object, such as a knowledge source's own pipeline."""

from __future__ import annotations

from collections.abc import Iterable

from reconciler.model.resource import Live, Resource
from reconciler.model.resource_id import ResourceId
from reconciler.providers import kind


def creators(live: Iterable[Live]) -> dict[ResourceId, ResourceId]:
    """What was made by the service, each with the object that it was made for."""
    return {
        made: one.id
        for one in live
        if (creates := kind(one.id.kind).creates) is not None
        for made in creates(one.body)
    }


def to_be_created(declared: Iterable[Resource]) -> set[ResourceId]:
    """What the service makes for declared objects once they are there."""
    return {
        made
        for one in declared
        if (will_create := kind(one.id.kind).will_create) is not None
        for made in will_create(one.name_on_service, one.body)
    }
