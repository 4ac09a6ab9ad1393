"""Walk the plan's steps: check, call, settle, journal. Nothing is decided here."""

from reconciler.applying.apply import Progress, apply_plan

__all__ = ["Progress", "apply_plan"]
