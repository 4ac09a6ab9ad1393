"""What each resource needs among the declared ones."""

from __future__ import annotations

from collections.abc import Iterable

from reconciler.graph import references
from reconciler.model.resource import Resource
from reconciler.model.resource_id import ResourceId


def needs(resources: Iterable[Resource]) -> dict[ResourceId, set[ResourceId]]:
    """What each resource refers to among the declared ones."""
    resources = list(resources)
    declared = {resource.id for resource in resources}
    needed: dict[ResourceId, set[ResourceId]] = {}
    for resource in resources:
        used = {reference.to for reference in references(resource.id.kind, resource.body)}
        needed[resource.id] = (used | set(resource.depends_on)) & declared
    return needed
