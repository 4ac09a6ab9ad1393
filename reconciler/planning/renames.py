"""A deleted and a created object of one kind with equal bodies look like a rename: say so."""

from __future__ import annotations

from dataclasses import replace

from reconciler.kinds import kind
from reconciler.model.address import Address
from reconciler.model.json import JsonObject
from reconciler.model.plan import Action, Change
from reconciler.normal import normal_form
from reconciler.planning.situation import Situation

_COST = {
    "Index": "the new index starts without documents",
    "Indexer": "the new indexer starts from the beginning",
}


def with_rename_notes(case: Situation, changes: tuple[Change, ...]) -> tuple[Change, ...]:
    """The changes, with a note on each creation that looks like a rename."""
    deleted = [c.address for c in changes if c.action is Action.DELETE]
    if not deleted:
        return changes
    return tuple(
        replace(change, notes=(*change.notes, _note(old, change.address)))
        if change.action is Action.CREATE and (old := _original(case, change.address, deleted))
        else change
        for change in changes
    )


def _original(case: Situation, created: Address, deleted: list[Address]) -> Address | None:
    """The deleted object that a created one looks like."""
    desired = _form(created.kind, case.by_address[created].body)
    for address in deleted:
        entry = case.ledger.entries[address]
        if address.kind == created.kind and _form(created.kind, entry.written.value) == desired:
            return address
    return None


def _form(of: str, body: JsonObject) -> JsonObject:
    return normal_form(kind(of).shape, body)


def _note(old: Address, new: Address) -> str:
    cost = _COST.get(new.kind)
    text = f"looks like a rename of {old}: it is deleted and created anew"
    return f"{text}; {cost}" if cost else text
