"""Objects that are what they are by any name: each is found among what is live."""

from __future__ import annotations

from dataclasses import replace

from reconciler.model.resource import Live, Resource
from reconciler.model.resource_id import ResourceId
from reconciler.planning.inputs import PlanInputs
from reconciler.providers import kind


def with_identities(inputs: PlanInputs) -> PlanInputs:
    """The inputs with each such object under the name that it has, or will have.

    What is live under another name is the declared one. What stands where ours was last written,
    and is another one, makes room for it: it is `superseded`.
    """
    declared = [resource for resource in inputs.resources if kind(resource.id.kind).identity]
    if not declared:
        return inputs
    found = _Found(inputs)
    named = {resource.id: found.place(resource) for resource in declared}
    resources = tuple(named.get(resource.id, resource) for resource in inputs.resources)
    return replace(inputs, resources=resources, live=found.live, superseded=found.superseded)


class _Found:
    """What is live, by the ids that the project has for it, and what is superseded."""

    def __init__(self, inputs: PlanInputs) -> None:
        self.live = dict(inputs.live)
        self.superseded: dict[ResourceId, Live] = {}
        self._inputs = inputs
        self._ids: dict[tuple[str, tuple[str, ...]], ResourceId] = {}
        for resource_id, live in inputs.live.items():
            if identity := kind(resource_id.kind).identity_of(live.body):
                self._ids.setdefault((resource_id.kind, identity), resource_id)

    def place(self, resource: Resource) -> Resource:
        """A declared object with its name on the service; what is live is put under its id."""
        of, ours = kind(resource.id.kind), self.live.get(resource.id)
        if ours is not None and not _is(resource, ours):
            self.superseded[resource.id] = self.live.pop(resource.id)
            ours = None
        ours = ours or self._same(resource.id, of.identity_of(resource.body))
        name = ours.name_on_service if ours is not None else of.name_of(resource.body)
        return replace(resource, name_on_service=name)

    def _same(self, resource_id: ResourceId, identity: tuple[str, ...]) -> Live | None:
        """What is live under an id that no document has, and is the declared object."""
        other = self._ids.get((resource_id.kind, identity))
        if other is None or other in self._inputs.by_id or other not in self.live:
            return None
        found = replace(self.live.pop(other), id=resource_id)
        self.live[resource_id] = found
        return found


def _is(resource: Resource, live: Live) -> bool:
    """Whether a live object is the declared one, as far as its lifecycle compares that."""
    of = kind(resource.id.kind)
    if any(path[0] in of.identity for path in resource.lifecycle.ignore if path):
        return True
    identity = of.identity_of(resource.body)
    return bool(identity) and of.identity_of(live.body) == identity
