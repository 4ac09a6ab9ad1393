"""Walk the plan's steps: check, call, settle, journal. Nothing is decided here."""

from reconciler.applying.apply import apply_plan

__all__ = ["apply_plan"]
