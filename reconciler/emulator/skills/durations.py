"""The `timeout` of a skill: an XSD dayTimeDuration, PT1S to PT230S (SKILLS 1.3)."""

from __future__ import annotations

import re

DURATION = re.compile(r"P(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+(?:\.\d+)?)S)?)?")
DEFAULT, SHORTEST, LONGEST = 30.0, 1.0, 230.0


def seconds(text: str | None) -> float:
    """Raises ValueError outside the documented range."""
    if text is None:
        return DEFAULT
    match = DURATION.fullmatch(text)
    days, hours, minutes, rest = (float(part or 0) for part in match.groups()) if match else [0] * 4
    total = ((days * 24 + hours) * 60 + minutes) * 60 + rest
    if not SHORTEST <= total <= LONGEST:
        raise ValueError(f"The timeout '{text}' is not between PT1S and PT230S.")
    return total
