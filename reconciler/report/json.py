"""A plan or drift as JSON for programs: the same objects that the text shows."""

from __future__ import annotations

import json
from typing import Any

from reconciler.model.json import leaves, map_leaves
from reconciler.model.plan import Action, Drift, Plan
from reconciler.model.problem import Problem, Where
from reconciler.redaction import INSTEAD, REDACTOR
from reconciler.report.formats import View
from reconciler.report.values import Disagreement

VERSION = 1
"""Of every JSON format: it changes when what is there changes, not when something is added."""


def as_json(**value: Any) -> str:
    """A report as one JSON object, which begins with its format's version."""
    return json.dumps({"formatVersion": VERSION, **value}, indent=2, ensure_ascii=False)


def render_plan(plan: Plan, view: View = View()) -> str:  # noqa: B008
    """The plan as one JSON object."""
    return as_json(**_plan(plan, view))


def render_disagreement(disagreement: Disagreement, view: View) -> str:
    """A plan that was approved, the one that would be done, and what is more in the latter."""
    return as_json(
        approved=_plan(disagreement.approved, view),
        plan=_plan(disagreement.plan, view),
        excess=list(disagreement.excess),
    )


def _plan(plan: Plan, view: View) -> dict[str, Any]:
    from reconciler.planning.plan_json import change_to_json, drift_to_json, refusal_to_json

    counts = {action.label: plan.count(action) for action in Action if plan.count(action)}
    return {
        "project": plan.target.project,
        "environment": plan.target.environment,
        "endpoint": plan.target.endpoint,
        "empty": plan.empty,
        "exitCode": plan.detailed_exit_code,
        "counts": counts,
        "unchanged": plan.unchanged,
        "unmanaged": plan.unmanaged,
        "unmanagedAddresses": [str(address) for address in plan.unmanaged_ids],
        "changes": [_safe(change_to_json(change)) for change in plan.changes],
        "drift": [_safe(drift_to_json(drift)) for drift in plan.drift],
        "blocked": [refusal_to_json(refusal) for refusal in plan.blocked],
        "problems": [problem_to_json(problem, view) for problem in plan.problems],
        "calls": [
            {"id": step.id, "method": call.method, "waitsFor": list(step.waits_for)}
            for step, call in plan.calls
        ],
        "notes": list(plan.notes),
    }


def _safe(value: dict[str, Any]) -> dict[str, Any]:
    """A change or drift; a secret in a value is null, part of a text redacted; both are said."""
    for edit in value["edits"]:
        sides = [edit["before"], edit["after"]]
        edit["sensitive"] = edit["sensitive"] or any(map(_sensitive, sides))
        edit["before"], edit["after"] = (map_leaves(side, _without_secret) for side in sides)
    return value


def _sensitive(value: Any) -> bool:
    """Whether a secret is, or was, anywhere in a value."""
    texts = (leaf for _, leaf in leaves(value) if isinstance(leaf, str))
    return any(INSTEAD in REDACTOR.quoted(text) for text in texts)


def _without_secret(leaf: Any) -> Any:
    shown = REDACTOR.quoted(leaf) if isinstance(leaf, str) else leaf
    return None if shown == INSTEAD else shown


def render_drift(drifts: tuple[Drift, ...], view: View = View()) -> str:  # noqa: ARG001, B008
    """What somebody changed, as one JSON object."""
    from reconciler.planning.plan_json import drift_to_json

    found = [_safe(drift_to_json(drift)) for drift in drifts]
    return as_json(drift=found)


def problem_to_json(problem: Problem, view: View) -> dict[str, Any]:
    """A problem with its line and column, where they are known."""
    return {
        "code": problem.code,
        "severity": problem.severity.value,
        "message": problem.message,
        "fix": problem.fix,
        **_where(problem.where, view),
        "notes": [{"message": text, **_where(where, view)} for text, where in problem.notes],
    }


def _where(where: Where | None, view: View) -> dict[str, Any]:
    line, column = (view.place(where) if where is not None else None) or (None, None)
    file = str(where.file) if where is not None else None
    return {"file": file, "line": line, "column": column}
