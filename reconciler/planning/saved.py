"""A plan as versioned JSON without secrets: what `plan --out` writes and programs read."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import fields
from typing import Any

from reconciler.model import pointer
from reconciler.model.json import digest
from reconciler.model.ledger import Entry
from reconciler.model.plan import Change, Drift, Edit, Plan, Refusal, Step
from reconciler.model.sensitive import Sensitive
from reconciler.version import __version__

VERSION = 1
SENSITIVE = "$sensitive"
"""The key of an object that stands for a secret; its value is the fingerprint."""


def plan_to_json(plan: Plan, fingerprint: Callable[[str], str]) -> dict[str, Any]:
    """A plan as JSON; each secret in a body becomes its fingerprint.

    Args:
        fingerprint: of a secret value, under the ledger's salt.
    """
    return {
        "reconcilerPlan": VERSION,
        "tool": __version__,
        "target": _fields(plan.target),
        "readAt": plan.read_at,
        "consents": list(plan.consents),
        "unchanged": plan.unchanged,
        "unmanaged": plan.unmanaged,
        "notes": list(plan.notes),
        "changes": [change_to_json(change) for change in plan.changes],
        "drift": [drift_to_json(drift) for drift in plan.drift],
        "blocked": [refusal_to_json(refusal) for refusal in plan.blocked],
        "problems": [problem.message for problem in plan.problems],
        "steps": [_step(step, fingerprint) for step in plan.steps],
        "records": {str(a): _entry(e) if e else None for a, e in plan.records.items()},
        "reads": {str(address): state for address, state in plan.reads.items()},
    }


def plan_digest(plan: Plan) -> str:
    """What identifies a plan: its target and its steps."""
    steps = [(step.id, list(step.waits_for), _fields(step.precondition)) for step in plan.steps]
    return digest([_fields(plan.target), steps])


def _step(step: Step, fingerprint: Callable[[str], str]) -> dict[str, Any]:
    call = step.call
    return {
        "id": step.id,
        "address": str(call.address),
        "method": call.method,
        "name": call.name,
        "apiVersion": call.api_version,
        "query": dict(call.query),
        "precondition": _fields(step.precondition),
        "waitsFor": list(step.waits_for),
        "pause": step.pause,
        "body": _masked(call.body, fingerprint),
        "entry": _entry(step.entry) if step.entry is not None else None,
    }


def _masked(value: Any, fingerprint: Callable[[str], str]) -> Any:
    if isinstance(value, Sensitive):
        return {SENSITIVE: fingerprint(value.value) if value.value is not None else None}
    if isinstance(value, dict):
        return {key: _masked(inner, fingerprint) for key, inner in value.items()}
    return [_masked(inner, fingerprint) for inner in value] if isinstance(value, list) else value


def _fields(value: Any) -> dict[str, Any]:
    return {field.name: getattr(value, field.name) for field in fields(value)}


def change_to_json(change: Change) -> dict[str, Any]:
    """One change, as the JSON format shows it too."""
    return {
        "address": str(change.address),
        "action": change.action.label,
        "effect": change.effect.label,
        "reason": change.reason,
        "hidden": change.hidden,
        "runs": change.runs,
        "notes": list(change.notes),
        "edits": [edit_to_json(edit) for edit in change.edits],
    }


def edit_to_json(edit: Edit) -> dict[str, Any]:
    return {
        "path": pointer.render(edit.path),
        "before": edit.before,
        "after": edit.after,
        "effect": edit.effect.label,
        "sensitive": edit.sensitive,
        "note": edit.note,
    }


def drift_to_json(drift: Drift) -> dict[str, Any]:
    edits = [edit_to_json(edit) for edit in drift.edits]
    return {"address": str(drift.address), "gone": drift.gone, "edits": edits}


def refusal_to_json(refusal: Refusal) -> dict[str, Any]:
    return {
        "code": refusal.code,
        "message": refusal.message,
        "addresses": [str(address) for address in refusal.addresses],
        "liftedBy": refusal.lifted_by,
    }


def _entry(entry: Entry) -> dict[str, Any]:
    known = _fields(entry)
    known["address"] = str(entry.address)
    known["fingerprints"] = dict(entry.fingerprints)
    known["written"], known["read_back"] = entry.written.value, entry.read_back.value
    return known
