"""Printing plans, drift and outcomes in the format that was asked for."""

from __future__ import annotations

import sys

from reconciler.cli.console import data, note, out, print_problems, style
from reconciler.model.outcome import Outcome, Result
from reconciler.model.plan import Drift, Plan
from reconciler.model.step import Run, Step
from reconciler.report import json, markdown, text


def print_plan(plan: Plan, form: str, *, no_color: bool, show_unmanaged: bool = False) -> None:
    """A plan on stdout; its problems on stderr."""
    if form == "json":
        data(json.render(plan))
    elif form == "markdown":
        out(markdown.render(plan, show_unmanaged=show_unmanaged))
    else:
        out(text.render(plan, style(no_color)))
        for address in plan.unmanaged_ids if show_unmanaged else ():
            out(f"Unmanaged: {address}")
    print_problems(plan.problems)


def print_disagreement(
    approved: Plan, plan: Plan, more: list[str], form: str, *, no_color: bool
) -> None:
    """The plan that was approved, the one that would be done, and what is more in the latter."""
    if form == "json":
        data(json.render_disagreement(approved, plan, more))
        return
    out("Approved:\n")
    print_plan(approved, form, no_color=no_color)
    out("\nWhat would be done now:\n")
    print_plan(plan, form, no_color=no_color)
    for reason in more:
        note(f"error: {reason}")


def print_drift(drifts: tuple[Drift, ...], form: str, *, no_color: bool) -> None:
    """What somebody changed."""
    if form == "json":
        data(json.render_drift(drifts))
    elif form == "markdown":
        out(markdown.render_drift(drifts))
    else:
        out(text.render_drift(drifts, style(no_color)))


def progress(step: Step, result: Result | None) -> None:
    """One line for each start and end of a step, on a terminal; failures always."""
    if isinstance(step.work, Run):
        return
    if result is not None and result.status in ("failed", "unclear"):
        tail = f" (request-id {result.request_id})" if result.request_id else ""
        note(f"error: {step.id}: {result.error}{tail}")
    elif sys.stderr.isatty():
        if result is None:
            note(f"{step.id} ...")
        elif result.status == "done":
            note(f"{step.id}: done in {result.seconds:.1f} s")


def print_outcome(outcome: Outcome, plan: Plan) -> None:
    """What was done and what was not."""
    ends = {result.step: result.status for result in outcome.results}
    calls = [call for step, call in plan.calls if ends.get(step.id) == "done"]
    added, gone = sum(call.creates for call in calls), sum(call.deletes for call in calls)
    counts = f"{added} added, {len(calls) - added - gone} changed, {gone} destroyed"
    if outcome.ok:
        out(f"Apply complete: {counts}.")
        return
    why = "Interrupted" if outcome.interrupted else "Apply failed"
    statuses = [ends.get(step.id) for step in plan.steps if not isinstance(step.work, Run)]
    rest = [
        f"{statuses.count(status)} {word}"
        for status, word in (
            ("failed", "failed"),
            ("unclear", "with unclear outcome"),
            ("skipped", "skipped because of them"),
            ("not-started", "not started"),
        )
        if status in statuses
    ]
    out(f"{why}: {counts}; {', '.join(rest)}. Plan again to see what is left.")
