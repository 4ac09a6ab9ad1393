"""What a plan has to ask of the service before its writes are believed."""

from __future__ import annotations

from reconciler.model.inquiry import Inquiry
from reconciler.model.plan import Action, Plan, Step
from reconciler.model.versions import age
from reconciler.planning.inputs import PlanInputs
from reconciler.planning.uses import moves, unseen_targets
from reconciler.providers import kind, provider_of

_GRAVE = frozenset({Action.DELETE, Action.REPLACE, Action.REBUILD})


def inquiry(inputs: PlanInputs, plan: Plan) -> Inquiry:
    """The questions of a plan that was made without answers; none when nothing would be written."""
    going = {change.id for change in plan.changes if change.action in _GRAVE}
    ends = {end for move in moves(inputs, plan.steps) for end in (move.before, move.after)}
    return Inquiry(
        referrers_of=frozenset(going),
        documents=frozenset({a for a in going if kind(a.kind).holds_data} | ends),
        missing=frozenset(unseen_targets(inputs, plan.steps)),
        newer={
            step.resource: step.call.name
            for step in plan.steps
            if step.call.method == "PUT"
            and step.precondition.kind != "absent"
            and _is_outshone(step)
        },
    )


def _is_outshone(step: Step) -> bool:
    """Whether another api-version may show what that of a step hides."""
    newest = provider_of(step.resource.kind).newest_version
    return bool(newest) and age(step.call.api_version) < age(newest)
