"""What became of a plan, as text and as JSON."""

from __future__ import annotations

from typing import Any

from reconciler.model.outcome import Result
from reconciler.model.step import Run
from reconciler.report.formats import View
from reconciler.report.json import as_json, problem_to_json
from reconciler.report.runs import followed_to_json, render_followed
from reconciler.report.values import Applied

_LEFT = (
    ("failed", "failed"),
    ("unclear", "with unclear outcome"),
    ("skipped", "skipped because of them"),
    ("not-started", "not started"),
)


def render(applied: Applied, view: View) -> str:  # noqa: ARG001
    """What was done and what was not; nothing of a plan without calls. Then how indexers ended."""
    lines = [_sum(applied)] if applied.plan.calls and not applied.followed else []
    return "\n".join([*lines, render_followed(applied.followed)]).strip("\n")


def _sum(applied: Applied) -> str:
    """Calls are counted, and waits that did not end well; a run that goes on beside is not."""
    ends = {result.step: result.status for result in applied.outcome.results}
    calls = [call for step, call in applied.plan.calls if ends.get(step.id) == "done"]
    added, gone = sum(call.creates for call in calls), sum(call.deletes for call in calls)
    counts = f"{added} added, {len(calls) - added - gone} changed, {gone} destroyed"
    if applied.outcome.ok:
        return f"Apply complete: {counts}."
    why = "Interrupted" if applied.outcome.interrupted else "Apply failed"
    statuses = [ends.get(step.id) for step in applied.plan.steps if not isinstance(step.work, Run)]
    left = [f"{statuses.count(end)} {words}" for end, words in _LEFT if end in statuses]
    return f"{why}: {counts}; {', '.join(left)}. Plan again to see what is left."


def render_json(applied: Applied, view: View) -> str:
    """What became of each step, and of the indexers that were followed; what the plan warned of."""
    outcome = applied.outcome
    return as_json(
        ok=outcome.ok,
        interrupted=outcome.interrupted,
        results=[_result(result) for result in outcome.results],
        indexers=[followed_to_json(followed) for followed in applied.followed],
        problems=[problem_to_json(problem, view) for problem in applied.plan.problems],
    )


def _result(result: Result) -> dict[str, Any]:
    return {
        "step": result.step,
        "address": str(result.resource),
        "status": result.status,
        "error": result.error,
        "seconds": round(result.seconds, 3),
        "attempts": result.attempts,
        "requestId": result.request_id,
    }
