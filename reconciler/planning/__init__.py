"""Pure: diff, effects, request body, order, guard. No I/O, no clock, no environment."""

from reconciler.planning.inputs import PlanInputs
from reconciler.planning.plan import make_plan

__all__ = ["PlanInputs", "make_plan"]
