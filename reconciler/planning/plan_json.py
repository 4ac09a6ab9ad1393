"""The parts of a plan as JSON: the same in a saved plan and in what `--format json` prints."""

from __future__ import annotations

from typing import Any

from reconciler.model import pointer
from reconciler.model.plan import Change, Drift, Edit, Refusal
from reconciler.model.unknown import marked


def change_to_json(change: Change) -> dict[str, Any]:
    return {
        "address": str(change.id),
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
        "before": marked(edit.before),
        "after": marked(edit.after),
        "effect": edit.effect.label,
        "sensitive": edit.sensitive,
        "note": edit.note,
    }


def drift_to_json(drift: Drift) -> dict[str, Any]:
    edits = [edit_to_json(edit) for edit in drift.edits]
    return {"address": str(drift.id), "gone": drift.gone, "edits": edits}


def refusal_to_json(refusal: Refusal) -> dict[str, Any]:
    return {
        "code": refusal.code,
        "message": refusal.message,
        "addresses": [str(address) for address in refusal.ids],
        "liftedBy": refusal.lifted_by,
    }
