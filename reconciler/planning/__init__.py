"""Pure: diff, effects, request body, order, guard. No I/O, no clock, no environment."""

from reconciler.planning.plan import Situation, make_plan

__all__ = ["Situation", "make_plan"]
