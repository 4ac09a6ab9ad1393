"""Which step waits for which.

Create and update wait for what the object refers to in desired; delete waits for every step on an
object that refers to it in live or ledger.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from reconciler.graph import Graph
from reconciler.kinds import kind
from reconciler.model.address import Address
from reconciler.model.plan import Step


def in_order(
    steps: Iterable[Step],
    desired: Mapping[Address, set[Address]],
    present: Mapping[Address, set[Address]],
    propagation: float | None = None,
) -> tuple[Step, ...]:
    """The steps with what they wait for, each after what it waits for.

    Args:
        desired: what each object refers to in its manifest.
        present: what each object refers to on the service or in the ledger.
        propagation: the seconds that an update takes to reach every replica; None: as its kind
            says.
    """
    by_address = {step.address: step for step in steps}
    referrers: dict[Address, set[Address]] = {}
    for address, used in present.items():
        for target in used:
            referrers.setdefault(target, set()).add(address)
    waits = {}
    for address, step in by_address.items():
        deletes = step.call.method == "DELETE"
        others = referrers.get(address, set()) if deletes else desired.get(address, set())
        waits[step.id] = sorted(
            by_address[other].id
            for other in others
            if other in by_address
            and other != address
            and (deletes or by_address[other].call.method != "DELETE")
        )
    by_id = {step.id: step for step in sorted(by_address.values(), key=lambda step: step.address)}
    order = Graph({id_: waits[id_] for id_ in by_id}).order()
    return tuple(_waiting(by_id[id_], [by_id[w] for w in waits[id_]], propagation) for id_ in order)


def _waiting(step: Step, others: list[Step], propagation: float | None) -> Step:
    """A step that waits for others; a deletion also until their updates are seen everywhere."""
    pauses = [
        kind(other.address.kind).propagation
        for other in others
        if (step.call.method, other.call.method) == ("DELETE", "PUT")
    ]
    pause = max(pauses, default=0.0)
    if pause and propagation is not None:
        pause = propagation
    return replace(step, waits_for=tuple(other.id for other in others), pause=pause)
