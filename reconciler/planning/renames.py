"""A deleted and a created object of one kind with equal bodies look like a rename: say so."""

from __future__ import annotations

from dataclasses import replace

from reconciler.model.json import JsonObject
from reconciler.model.plan import Action, Change
from reconciler.model.resource_id import ResourceId
from reconciler.planning.inputs import PlanInputs
from reconciler.providers import kind
from reconciler.schema.normalize import normal_form


def with_rename_notes(inputs: PlanInputs, changes: tuple[Change, ...]) -> tuple[Change, ...]:
    """The changes, with a note on each creation that looks like a rename."""
    deleted = [c.id for c in changes if c.action is Action.DELETE]
    if not deleted:
        return changes
    return tuple(
        replace(change, notes=(*change.notes, _note(old, change.id)))
        if change.action is Action.CREATE and (old := _original(inputs, change.id, deleted))
        else change
        for change in changes
    )


def _original(
    inputs: PlanInputs, created: ResourceId, deleted: list[ResourceId]
) -> ResourceId | None:
    """The deleted object that a created one looks like."""
    desired = _form(created.kind, inputs.by_id[created].body)
    for address in deleted:
        entry = inputs.ledger.entries[address]
        if address.kind == created.kind and _form(created.kind, entry.written.value) == desired:
            return address
    return None


def _form(of: str, body: JsonObject) -> JsonObject:
    return normal_form(kind(of).shape, body)


def _note(old: ResourceId, new: ResourceId) -> str:
    cost = kind(new.kind).rename_cost
    text = f"looks like a rename of {old}: it is deleted and created anew"
    return f"{text}; {cost}" if cost else text
