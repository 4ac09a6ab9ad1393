"""Who uses whom: on the service, after a plan, and what a plan's writes need that is not there."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from reconciler.graph import references
from reconciler.kinds.created import to_be_created
from reconciler.model.address import Address
from reconciler.model.json import JsonObject
from reconciler.model.plan import Step
from reconciler.planning.situation import Situation


def targets(of: str, body: JsonObject) -> set[Address]:
    """What a body of a kind refers to."""
    return {reference.to for reference in references(of, body)}


def held(of: str, body: JsonObject) -> set[Address]:
    """What cannot be deleted while there is such a body."""
    return {reference.to for reference in references(of, body) if reference.holds}


def present(case: Situation) -> dict[Address, set[Address]]:
    """What each object refers to, on the service or when we last wrote it."""
    found = {address: targets(address.kind, live.body) for address, live in case.live.items()}
    for address, entry in case.ledger.entries.items():
        found.setdefault(address, set()).update(targets(address.kind, entry.written.value))
    return found


def holders(case: Situation, steps: Iterable[Step]) -> dict[Address, tuple[Address, ...]]:
    """What would be deleted, each with the objects that still hold it when the plan is done."""
    written = {step.address: step.call.body for step in steps}
    going = {address for address, body in written.items() if body is None}
    found: dict[Address, tuple[Address, ...]] = {}
    for address, live in sorted(case.live.items()) if going else ():
        body = written.get(address, live.body)
        for target in held(address.kind, body) & going if body is not None else ():
            found[target] = (*found.get(target, ()), address)
    return found


class Move(NamedTuple):
    """A reader of an index (an alias, a knowledge source) that is pointed at another one."""

    reader: Address
    before: Address
    after: Address


def moves(case: Situation, steps: Iterable[Step]) -> Iterator[Move]:
    """The readers that a plan points elsewhere; each reads one index."""
    for step in steps:
        live = case.live.get(step.address)
        if live is None or step.call.body is None:
            continue
        old, new = (
            {used for used in held(step.address.kind, body) if used.kind == "Index"}
            for body in (live.body, step.call.body)
        )
        if old - new and new - old:
            yield Move(step.address, min(old - new), min(new - old))


def unseen_targets(case: Situation, steps: Iterable[Step]) -> Mapping[Address, Address]:
    """What writes refer to that is neither live, as far as was read, nor made: by whom, each."""
    listed = list(steps)
    there = {step.address for step in listed if step.call.body is not None}
    there |= case.live.keys() | to_be_created(case.resources)
    return {
        target: step.address
        for step in listed
        for target in sorted(targets(step.address.kind, step.call.body or {}))
        if target not in there
    }
