"""Pure: diff, effects, request body, order, guard. No I/O, no clock, no environment."""

from reconciler.planning.plan import make_plan
from reconciler.planning.situation import Situation

__all__ = ["Situation", "make_plan"]
