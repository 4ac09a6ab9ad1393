"""The plan of every day: nothing to do. Apart, so that saying it needs nothing else."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from reconciler.report.formats import View
    from reconciler.report.values import Unchanged


def at_rest(unchanged: int, unmanaged: int, newly: str = "") -> str:
    """What a plan leaves alone, and what of that it takes into the ledger."""
    return f"{unchanged} unchanged{newly}, {unmanaged} unmanaged"


def nothing_to_do(counts: str) -> str:
    """The summary of a plan without changes."""
    return f"No changes. {counts}."


def target(project: str, environment: str, endpoint: str) -> str:
    """What a plan is for."""
    return f"Plan for {project}, environment {environment}: {endpoint}"


def render(plan: Unchanged, view: View) -> str:  # noqa: ARG001
    """A plan that is known to find nothing to do."""
    head = target(plan.project, plan.environment, plan.endpoint)
    return f"{head}\n\n{nothing_to_do(at_rest(plan.unchanged, plan.unmanaged))}"
