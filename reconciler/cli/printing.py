"""Printing plans, and how far apply is."""

from __future__ import annotations

import sys

from reconciler.cli.console import note, print_problems, report
from reconciler.model.outcome import Result
from reconciler.model.plan import Plan
from reconciler.model.step import Run, Step
from reconciler.report.formats import FORMATS, View
from reconciler.report.values import Disagreement


def print_plan(plan: Plan, form: str, view: View) -> None:
    """A plan on stdout; its problems on stderr."""
    report("plan", plan, form, view)
    print_problems(plan.problems)


def print_disagreement(disagreement: Disagreement, form: str, view: View) -> None:
    """Two plans that are not the same; what is more in the one that would be done, on stderr."""
    report("disagreement", disagreement, form, view)
    if not FORMATS["disagreement"][form].answers_once:
        print_problems(disagreement.plan.problems)
        for reason in disagreement.excess:
            note(f"error: {reason}")


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
