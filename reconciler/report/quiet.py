"""The plan of every day: nothing to do. Apart, so that saying it needs nothing else."""

from __future__ import annotations


def nothing_to_do(unchanged: int, unmanaged: int, more: str = "") -> str:
    """The summary of a plan without changes."""
    return f"No changes. {unchanged} unchanged{more}, {unmanaged} unmanaged."
