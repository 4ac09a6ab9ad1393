"""Format 2 of a saved plan: versioned JSON with a checksum, a fingerprint, and no secret.

It holds what a person approves, not what apply executes: no bodies, no preconditions, no entries.
docs/plan.md explains every field. What only later versions of the tool enter is empty here.
"""

from __future__ import annotations

import json
from typing import Any

from reconciler.model.json import Position, digest, map_positions
from reconciler.model.ledger import LedgerIdentity
from reconciler.model.plan import Plan
from reconciler.model.problem import ProblemsError
from reconciler.model.resource_id import ResourceId
from reconciler.model.step import Step
from reconciler.planning import plan_format1
from reconciler.planning.claim import fingerprint
from reconciler.planning.plan_json import change_to_json, drift_to_json, refusal_to_json
from reconciler.planning.plan_shapes import PlanShape, work_to_json
from reconciler.providers import SEARCH
from reconciler.redaction import Redactor
from reconciler.version import __version__

VERSION = 2
_VALUES = frozenset({"before", "after"})
_WORDS = frozenset({"note", "notes", "reason", "message", "problems"})
"""The keys beneath which there are values of others, and words of ours; the rest is names."""


def plan_to_text(plan: Plan, redact: Redactor) -> str:
    """A plan as its file holds it.

    Args:
        redact: takes secrets out of a text.
    """
    return json.dumps(plan_to_json(plan, redact), indent=1)


def plan_from_text(text: bytes) -> Plan:
    """The plan in a file.

    Raises:
        ProblemsError: it is no plan, or none that can be read: see `plan_from_json`.
    """
    try:
        value = json.loads(text)
    except (ValueError, RecursionError):
        raise ProblemsError.of("not-a-plan", "this is not a saved plan") from None
    return plan_from_json(value)


def plan_to_json(plan: Plan, redact: Redactor) -> dict[str, Any]:
    """A plan as the JSON of its file.

    Args:
        redact: takes secrets out of a text.
    """
    return sealed(_redacted(_content(plan), redact))


def sealed(content: dict[str, Any]) -> dict[str, Any]:
    """The content of a plan's file with its fingerprint and its checksum."""
    told = {key: value for key, value in content.items() if key != "checksum"}
    told["fingerprint"] = fingerprint(_plan(PlanShape.model_validate(told)))
    return {**told, "checksum": digest(told)}


def plan_from_json(value: Any) -> Plan:
    """The plan in the JSON of a file, of any version; it can be shown and compared, not applied.

    Raises:
        ProblemsError: it is not a saved plan, it is not as it was saved, or of a newer version of
            the format. Every older version is read for ever: tests/versions keeps one of each.
    """
    version = value.get("reconcilerPlan") if isinstance(value, dict) else None
    if type(version) is not int:
        raise ProblemsError.of("not-a-plan", "the file is not a saved plan", "plan again")
    if version > VERSION:
        raise _newer(f"has version {version} of its format; this tool knows {VERSION}")
    try:
        return plan_format1.decode(value) if version == 1 else _decode(value)
    except (ValueError, RecursionError):
        text = "the saved plan is damaged, or was edited"
        raise ProblemsError.of("not-a-plan", text, "plan again") from None


def as_saved(plan: Plan, redact: Redactor) -> Plan:
    """A plan as it would be read from its file, to be compared with one that was."""
    return plan_from_json(plan_to_json(plan, redact))


def _decode(value: dict[str, Any]) -> Plan:
    checksum = value.get("checksum")
    content = {key: inner for key, inner in value.items() if key != "checksum"}
    if checksum != digest(content):
        raise ValueError("its checksum is not that of its content")
    try:
        shape = PlanShape.model_validate(content)
    except ValueError:
        raise _newer("holds what this tool does not know") from None
    plan = _plan(shape)
    if shape.fingerprint != fingerprint(plan):
        raise ValueError("its fingerprint is not that of its content")
    return plan


def _newer(reason: str) -> ProblemsError:
    fix = "update the tool: a newer one wrote it; or plan again with this one"
    return ProblemsError.of("newer-plan", f"the plan {reason}", fix)


def _content(plan: Plan) -> dict[str, Any]:
    target = plan.target
    return {
        "reconcilerPlan": VERSION,
        "tool": __version__,
        "fingerprint": "",
        "target": {
            "project": target.project,
            "environment": target.environment,
            "targets": {SEARCH.group: target.endpoint},
        },
        "inputs": {
            "targets": [str(address) for address in plan.targets],
            "excludes": [str(address) for address in plan.excludes],
        },
        "readAt": plan.read_at,
        "consents": list(plan.consents),
        "unchanged": plan.unchanged,
        "unmanaged": plan.unmanaged,
        "notes": list(plan.notes),
        "changes": [change_to_json(change) for change in plan.changes],
        "drift": [drift_to_json(drift) for drift in plan.drift],
        "blocked": [refusal_to_json(refusal) for refusal in plan.blocked],
        "problems": [problem.message for problem in plan.problems],
        "owed": [],
        "steps": [_step(step) for step in plan.steps],
    }


def _step(step: Step) -> dict[str, Any]:
    return {
        "id": step.id,
        "address": str(step.resource),
        "generation": 1,
        "waitsFor": list(step.waits_for),
        "pause": step.pause,
        **work_to_json(step.work),
    }


def _plan(shape: PlanShape) -> Plan:
    target = shape.target
    names = (target.project, target.environment, target.targets[SEARCH.group])
    return Plan(
        target=LedgerIdentity(*names, "", ""),
        changes=tuple(change.noun() for change in shape.changes),
        steps=tuple(step.noun() for step in shape.steps),
        blocked=tuple(refusal.noun() for refusal in shape.blocked),
        drift=tuple(drift.noun() for drift in shape.drift),
        unchanged=shape.unchanged,
        unmanaged=shape.unmanaged,
        targets=tuple(map(ResourceId.parse, shape.inputs.targets)),
        excludes=tuple(map(ResourceId.parse, shape.inputs.excludes)),
        consents=tuple(shape.consents),
        notes=tuple(shape.notes),
        read_at=shape.readAt,
    )


def _redacted(value: Any, redact: Redactor) -> Any:
    """A copy without secrets in what is free text or comes from a body."""

    def redacted(position: Position, leaf: Any) -> Any:
        around = next((part for part in position if part in _VALUES | _WORDS), None)
        if around is None or not isinstance(leaf, str):
            return leaf
        return redact.quoted(leaf) if around in _VALUES else redact(leaf)

    return map_positions(value, redacted)
