"""What a plan has to ask of the service before its writes are believed."""

from __future__ import annotations

from reconciler.model.inquiry import Inquiry
from reconciler.model.plan import Plan
from reconciler.model.step import Call
from reconciler.model.versions import age
from reconciler.planning.inputs import PlanInputs
from reconciler.planning.uses import moves, unseen_targets
from reconciler.providers import kind, provider_of


def inquiry(inputs: PlanInputs, plan: Plan) -> Inquiry:
    """The questions of a plan that was made without answers; none when nothing would be written."""
    going = {change.id for change in plan.changes if change.action.destructive}
    ends = {end for move in moves(inputs, plan.calls) for end in (move.before, move.after)}
    return Inquiry(
        referrers_of=frozenset(going),
        documents=frozenset({a for a in going if kind(a.kind).holds_data} | ends),
        contents={
            step.resource: call.name
            for step, call in plan.calls
            if call.deletes and kind(step.resource.kind).contents
        },
        missing=frozenset(unseen_targets(inputs, plan.calls)),
        newer={
            step.resource: call.name
            for step, call in plan.calls
            if not call.creates and not call.deletes and _is_outshone(step.resource.kind, call)
        },
    )


def _is_outshone(kind_: str, call: Call) -> bool:
    """Whether another api-version may show what that of a call hides."""
    newest = provider_of(kind_).newest_version
    return bool(newest) and age(call.api_version) < age(newest)
