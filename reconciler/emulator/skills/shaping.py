"""Shaper and Conditional: skills that only rearrange values."""

from __future__ import annotations

from typing import Any

from reconciler.emulator.skills.skill import Done

Body = dict[str, Any]


def shape(skill: Body, record: Body) -> Done:
    del skill
    return Done({"output": dict(record)})


def choose(skill: Body, record: Body) -> Done:
    """A null result is written: nodes that are null run no skill (SKILLS 1.1)."""
    del skill
    return Done({"output": record["whenTrue" if record["condition"] else "whenFalse"]})
