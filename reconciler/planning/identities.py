"""Objects that are what they are by any name: each is found among what is live."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from reconciler.model.resource import Live, Resource
from reconciler.model.resource_id import ResourceId
from reconciler.planning.inputs import PlanInputs
from reconciler.providers import kind


def with_identities(inputs: PlanInputs) -> PlanInputs:
    """The inputs with each such object under the name that it has, or will have.

    What is live as declared is the declared one, under whatever name, and whichever document it
    was before. What stands where ours was last written, and is no document's any more, makes room
    for it: it is `superseded`.
    """
    declared = [resource for resource in inputs.resources if kind(resource.id.kind).identity]
    if not declared:
        return inputs
    found = _found(inputs, declared)
    taken = {there.id for there in found.values()}
    left = {resource.id for resource in declared} - taken
    ours = left & inputs.live.keys() & inputs.ledger.entries.keys()
    superseded = {resource_id: inputs.live[resource_id] for resource_id in ours}
    live = {i: there for i, there in inputs.live.items() if i not in taken | left}
    live |= {i: replace(there, id=i) for i, there in found.items()}
    resources = tuple(_named(resource, found) for resource in inputs.resources)
    return replace(inputs, resources=resources, live=live, superseded=superseded)


def _found(inputs: PlanInputs, declared: Iterable[Resource]) -> dict[ResourceId, Live]:
    """The live object that each declared one is, where there is one."""
    there: dict[tuple[str, tuple[str, ...]], Live] = {}
    for resource_id, live in inputs.live.items():
        if identity := kind(resource_id.kind).identity_of(live.body):
            there.setdefault((resource_id.kind, identity), live)
    found = {}
    for resource in declared:
        of = kind(resource.id.kind)
        same = there.get((of.name, of.identity_of(resource.body)))
        if any(path[0] in of.identity for path in resource.lifecycle.ignore if path):
            same = inputs.live.get(resource.id, same)
        if same is not None:
            found[resource.id] = same
    return found


def _named(resource: Resource, found: dict[ResourceId, Live]) -> Resource:
    """A resource with its name on the service, where that goes by what it is."""
    of = kind(resource.id.kind)
    if not of.identity:
        return resource
    there = found.get(resource.id)
    name = there.name_on_service if there is not None else of.name_of(resource.body)
    return replace(resource, name_on_service=name)
