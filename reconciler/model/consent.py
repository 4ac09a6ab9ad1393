"""What the guard may be told to let happen: `Index/docs:delete`, or to the plan as a whole."""

from __future__ import annotations

from typing import Literal, get_args

ConsentAction = Literal["delete", "delete-others", "replace", "rebuild", "adopt", "move"]
"""To one object."""
WholeConsent = Literal["mass-change", "empty"]
"""To the plan as a whole."""

ACTIONS: tuple[str, ...] = get_args(ConsentAction)
WHOLE: tuple[str, ...] = get_args(WholeConsent)
