"""Who uses whom: on the service, after a plan, and what a plan's writes need that is not there."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from reconciler.model.resource_id import ResourceId
from reconciler.model.step import Call, Step
from reconciler.planning.inputs import PlanInputs
from reconciler.providers import kind
from reconciler.references import held, targets, to_be_created

Calls = Iterable[tuple[Step, Call]]
"""The steps of a plan that write, each with its call."""


def present(inputs: PlanInputs) -> dict[ResourceId, set[ResourceId]]:
    """What each object refers to, on the service or when we last wrote it."""
    found = {address: targets(address.kind, live.body) for address, live in inputs.live.items()}
    for address, entry in inputs.ledger.entries.items():
        found.setdefault(address, set()).update(targets(address.kind, entry.written.value))
    for around in (inputs.around, inputs.around_before):
        for address, used in around.items():
            found.setdefault(address, set()).update(used)
    return found


def holders(inputs: PlanInputs, calls: Calls) -> dict[ResourceId, tuple[ResourceId, ...]]:
    """What would be deleted, each with the objects that still hold it when the plan is done."""
    written = {step.resource: call.body for step, call in calls}
    going = {address for address, body in written.items() if body is None}
    found: dict[ResourceId, tuple[ResourceId, ...]] = {}
    for address, live in sorted(inputs.live.items()) if going else ():
        body = written.get(address, live.body)
        for target in held(address.kind, body) & going if body is not None else ():
            found[target] = (*found.get(target, ()), address)
    return found


def left_in(inputs: PlanInputs, calls: Calls) -> dict[ResourceId, tuple[str, ...]]:
    """What lies in each object that goes and is not deleted by the plan itself, by its name."""
    gone = {call.name.casefold() for _, call in calls if call.deletes}
    found = inputs.answers.contents.items()
    left = {
        holder: tuple(sorted(n for n in names if n.casefold() not in gone))
        for holder, names in found
    }
    return {holder: names for holder, names in left.items() if names}


class Move(NamedTuple):
    """A reader of an index (an alias, a knowledge source) that is pointed at another one."""

    reader: ResourceId
    before: ResourceId
    after: ResourceId


def moves(inputs: PlanInputs, calls: Calls) -> Iterator[Move]:
    """The readers that a plan points elsewhere; each reads one index."""
    for step, call in calls:
        live = inputs.live.get(step.resource)
        if live is None or call.body is None:
            continue
        old, new = (
            {used for used in held(step.resource.kind, body) if kind(used.kind).holds_data}
            for body in (live.body, call.body)
        )
        if old - new and new - old:
            yield Move(step.resource, min(old - new), min(new - old))


def unseen_targets(inputs: PlanInputs, calls: Calls) -> Mapping[ResourceId, ResourceId]:
    """What writes refer to that is neither live, as far as was read, nor made: by whom, each."""
    listed = list(calls)
    there = {step.resource for step, call in listed if call.body is not None}
    there |= inputs.live.keys() | to_be_created(inputs.resources)
    return {
        target: step.resource
        for step, call in listed
        for target in sorted(targets(step.resource.kind, call.body or {}))
        if target not in there
    }
