"""What a plan claims: it is compared, never executed.

Who approved a plan approved its edits, effects, steps, target and consents, not the moment when it
was made. So `apply FILE` plans again, and may do what was approved or less of it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from reconciler.model import pointer
from reconciler.model.json import digest
from reconciler.model.plan import Action, Change, Plan
from reconciler.model.unknown import marked

_LEDGER_ONLY = frozenset({Action.KEEP, Action.RECORD, Action.FORGET})
"""What takes nothing and calls nobody needs no approval."""


def fingerprint(plan: Plan) -> str:
    """The digest of everything that is approved with a plan; serials, salts and times are not."""
    target = plan.target
    return digest(
        {
            "target": [target.project, target.environment, target.endpoint],
            "changes": [_claim(change) for change in _claimed(plan)],
            "steps": {step.id: sorted(step.waits_for) for step in plan.steps},
            "consents": sorted(plan.consents),
        }
    )


def excess(plan: Plan, approved: Plan) -> Iterator[str]:
    """What a plan would do beyond an approved one, one sentence each; none when it is covered."""
    changes = {change.id: change for change in approved.changes}
    for change in _claimed(plan):
        other = changes.get(change.id)
        if other is None or other.action in _LEDGER_ONLY:
            yield f"{change.id}: {change.action.label} was not approved"
        elif digest(_claim(change)) != digest(_claim(other)):
            yield f"{change.id}: {_difference(change, other)}"
    waits = {step.id: set(step.waits_for) for step in approved.steps}
    yield from _steps(plan, waits)
    for consent in sorted({*plan.consents} - {*approved.consents}):
        yield f"the consent {consent} was not approved"


def done_already(plan: Plan, approved: Plan) -> list[Change]:
    """The approved changes that are not needed any more."""
    needed = {change.id for change in _claimed(plan)}
    return [change for change in _claimed(approved) if change.id not in needed]


def _claimed(plan: Plan) -> list[Change]:
    return [change for change in plan.changes if change.action not in _LEDGER_ONLY]


def _claim(change: Change) -> dict[str, Any]:
    """What is approved with one change."""
    return {
        "id": str(change.id),
        "action": change.action.label,
        "effect": change.effect.label,
        "edits": [
            [pointer.render(e.path), marked(e.before), marked(e.after), e.effect.label, e.sensitive]
            for e in change.edits
        ],
    }


def _difference(change: Change, approved: Change) -> str:
    """What is different, by the first edit that shows it."""
    if change.action is not approved.action:
        return f"{change.action.label} instead of the approved {approved.action.label}"
    known = {edit.path: edit for edit in approved.edits}
    for edit in change.edits:
        other = known.get(edit.path)
        if other is None:
            return f"the edit of {pointer.render(edit.path)} was not approved"
        if (edit.before, edit.after) != (other.before, other.after):
            return f"{pointer.render(edit.path)} would be changed otherwise than approved"
    return "its edits are not the approved ones"


def _steps(plan: Plan, approved: Mapping[str, set[str]]) -> Iterator[str]:
    """Steps that were not approved, or not in this order."""
    ids = {step.id for step in plan.steps}
    for step in plan.steps:
        if step.id not in approved:
            yield f"the step {step.id} was not approved"
        elif set(step.waits_for) != approved[step.id] & ids:
            yield f"the step {step.id} would wait for other steps than approved"
