"""The plan of every day: nothing to do. Apart, so that saying it needs nothing else."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from reconciler.report.formats import View
    from reconciler.report.values import Unchanged


def nothing_to_do(unchanged: int, unmanaged: int, more: str = "") -> str:
    """The summary of a plan without changes."""
    return f"No changes. {unchanged} unchanged{more}, {unmanaged} unmanaged."


def render(plan: Unchanged, view: View) -> str:  # noqa: ARG001
    """A plan that is known to find nothing to do."""
    return nothing_to_do(plan.unchanged, plan.unmanaged)
