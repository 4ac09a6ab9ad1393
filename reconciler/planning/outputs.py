"""What objects say of themselves, for others to use: known where it is live and stays."""

from __future__ import annotations

from dataclasses import replace

from reconciler.graph import Graph
from reconciler.model.json import Json, map_leaves
from reconciler.model.resource import Resource
from reconciler.model.resource_id import ResourceId
from reconciler.model.unknown import Unknown, unknowns
from reconciler.planning.compare import compare
from reconciler.planning.inputs import PlanInputs
from reconciler.providers import kind
from reconciler.references import needs
from reconciler.schema.paths import properties_on, value_at


def with_known_outputs(inputs: PlanInputs) -> PlanInputs:
    """The inputs with each output filled in that is live, and that no edit of this plan changes."""
    if not any(unknowns(resource.body) for resource in inputs.resources):
        return inputs
    resources = dict(inputs.by_id)
    edited: dict[ResourceId, frozenset[str]] = {}
    for resource_id in Graph(needs(inputs.resources)).order():
        if resource_id not in resources:
            continue
        before = resources[resource_id]

        def known(leaf: Json) -> Json:
            return _value(inputs, leaf, edited) if isinstance(leaf, Unknown) else leaf

        resource = replace(before, body=map_leaves(before.body, known))
        resources[resource_id] = resource
        edited[resource_id] = _edited(inputs, resource)
    return replace(inputs, resources=tuple(resources[r.id] for r in inputs.resources))


def _edited(inputs: PlanInputs, resource: Resource) -> frozenset[str]:
    """The top-level properties of an object that this plan changes."""
    live = inputs.live.get(resource.id)
    if live is None:
        return frozenset()
    entry = inputs.ledger.entries.get(resource.id)
    comparison = compare(kind(resource.id.kind), resource, live, entry, inputs.fingerprint)
    return frozenset(edit.path[0] for edit in comparison.edits)


def _value(inputs: PlanInputs, unknown: Unknown, edited: dict[ResourceId, frozenset[str]]) -> Json:
    """What an output is, or that it is not known yet."""
    live, shape = inputs.live.get(unknown.of), kind(unknown.of.kind).shape
    value = value_at(shape, live.body, unknown.path) if live is not None else None
    passed = properties_on(shape, live.body if live is not None else {}, unknown.path)
    output = passed[-1].known.output if passed else None
    changes = output is not None and edited.get(unknown.of, frozenset()) & set(output.changed_by)
    return unknown if value is None or changes else value
