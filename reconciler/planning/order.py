"""Which step waits for which.

Create and update wait for what the object refers to in desired; delete waits for every step on an
object that refers to it in live or ledger. The steps of one object follow each other, and who waits
for an object waits until it is ready: a run that it begins goes on beside.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import pairwise

from reconciler.graph import Graph
from reconciler.model.resource_id import ResourceId
from reconciler.model.step import Run, Step
from reconciler.providers import kind


def in_order(
    chains: Iterable[Sequence[Step]],
    desired: Mapping[ResourceId, set[ResourceId]],
    present: Mapping[ResourceId, set[ResourceId]],
    propagation: float | None = None,
) -> tuple[Step, ...]:
    """The steps with what they wait for, each after what it waits for.

    Args:
        chains: the steps of each object, one after the other.
        desired: what each object refers to in its manifest.
        present: what each object refers to on the service or in the ledger.
        propagation: the seconds that an update takes to reach every replica; None: as its kind
            says.
    """
    by_resource = {chain[0].resource: chain for chain in chains}
    referrers: dict[ResourceId, set[ResourceId]] = {}
    for resource, used in present.items():
        for target in used:
            referrers.setdefault(target, set()).add(resource)
    steps: dict[str, Step] = {}
    for resource, chain in sorted(by_resource.items()):
        used = (referrers if _goes(chain) else desired).get(resource, set())
        others = [
            by_resource[other]
            for other in used
            if other in by_resource
            and other != resource
            and (_goes(chain) or not _goes(by_resource[other]))
        ]
        steps |= {step.id: step for step in _after(others, chain, propagation)}
    order = Graph({step.id: step.waits_for for step in steps.values()}).order()
    return tuple(_with_roles([steps[id_] for id_ in order]))


def _with_roles(ordered: Iterable[Step]) -> Iterator[Step]:
    """The steps in their order; those that come after a grant may have to wait until it spreads."""
    granting: set[str] = set()
    for step in ordered:
        grants = step.call is not None and step.call.creates and kind(step.resource.kind).grants
        after = not granting.isdisjoint(step.waits_for)
        if grants or after:
            granting.add(step.id)
        yield replace(step, awaits_role=True) if after else step


def _after(
    others: list[Sequence[Step]], chain: Sequence[Step], propagation: float | None
) -> Iterator[Step]:
    """The steps of an object: the first waits for other objects, each next one for it.

    A deletion waits also until the others' updates are seen everywhere.
    """
    waits = tuple(sorted(_ready(other).id for other in others))
    updated = [other for other in others if _goes(chain) and not _goes(other)]
    pause = max((kind(other[0].resource.kind).propagation for other in updated), default=0.0)
    if pause and propagation is not None:
        pause = propagation
    yield replace(chain[0], waits_for=waits, pause=pause)
    for before, step in pairwise(chain):
        yield replace(step, waits_for=(before.id,))


def _goes(chain: Sequence[Step]) -> bool:
    """Whether an object goes, and nothing takes its place."""
    call = chain[0].call
    return call is not None and call.deletes and call.successor is None


def _ready(chain: Sequence[Step]) -> Step:
    """The step after which an object can be used."""
    return next(step for step in reversed(chain) if not isinstance(step.work, Run))
