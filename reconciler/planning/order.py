"""Which step waits for which.

Create and update wait for what the object refers to in desired; delete waits for every step on an
object that refers to it in live or ledger.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from reconciler.graph import Graph
from reconciler.model.plan import Step
from reconciler.model.resource_id import ResourceId
from reconciler.providers import kind


def in_order(
    steps: Iterable[Step],
    desired: Mapping[ResourceId, set[ResourceId]],
    present: Mapping[ResourceId, set[ResourceId]],
    propagation: float | None = None,
) -> tuple[Step, ...]:
    """The steps with what they wait for, each after what it waits for.

    Args:
        desired: what each object refers to in its manifest.
        present: what each object refers to on the service or in the ledger.
        propagation: the seconds that an update takes to reach every replica; None: as its kind
            says.
    """
    by_resource = {step.resource: step for step in steps}
    referrers: dict[ResourceId, set[ResourceId]] = {}
    for address, used in present.items():
        for target in used:
            referrers.setdefault(target, set()).add(address)
    waits = {}
    for address, step in by_resource.items():
        deletes = step.call.method == "DELETE"
        others = referrers.get(address, set()) if deletes else desired.get(address, set())
        waits[step.id] = sorted(
            by_resource[other].id
            for other in others
            if other in by_resource
            and other != address
            and (deletes or by_resource[other].call.method != "DELETE")
        )
    ordered = sorted(by_resource.values(), key=lambda step: step.resource)
    by_id = {step.id: step for step in ordered}
    order = Graph({id_: waits[id_] for id_ in by_id}).order()
    return tuple(_waiting(by_id[id_], [by_id[w] for w in waits[id_]], propagation) for id_ in order)


def _waiting(step: Step, others: list[Step], propagation: float | None) -> Step:
    """A step that waits for others; a deletion also until their updates are seen everywhere."""
    pauses = [
        kind(other.resource.kind).propagation
        for other in others
        if (step.call.method, other.call.method) == ("DELETE", "PUT")
    ]
    pause = max(pauses, default=0.0)
    if pause and propagation is not None:
        pause = propagation
    return replace(step, waits_for=tuple(other.id for other in others), pause=pause)
