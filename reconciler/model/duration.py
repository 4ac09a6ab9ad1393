"""Limits of time as people write them: 90s, 30m, 2h, or ISO 8601 (PT2M)."""

from __future__ import annotations

import re

_UNITS = {"": 1, "s": 1, "m": 60, "h": 3600, "d": 86_400}
_SHORT = re.compile(r"(\d{1,9}(?:\.\d{1,9})?)([smhd]?)", re.ASCII)
_ISO = re.compile(
    r"P(?=\d|T\d)(?:(\d{1,9})D)?(?:T(?:(\d{1,9})H)?(?:(\d{1,9})M)?(?:(\d{1,9}(?:\.\d{1,9})?)S)?)?",
    re.ASCII,
)


def seconds(text: str) -> float | None:
    """The seconds that a text stands for, or None when it is no time."""
    short = _SHORT.fullmatch(text)
    if short is not None:
        return float(short[1]) * _UNITS[short[2]]
    iso = _ISO.fullmatch(text)
    if iso is None:
        return None
    parts = zip(iso.groups(), (86_400, 3600, 60, 1), strict=True)
    return sum(float(number) * unit for number, unit in parts if number)


def spelled(length: float) -> str:
    """A time for people: `2m`, `1h 30m`, `0.2s`."""
    if length < 60:
        return f"{length:.3g}s"
    rest, found = round(length), []
    for unit, size in (("d", 86_400), ("h", 3600), ("m", 60), ("s", 1)):
        number, rest = divmod(rest, size)
        found += [f"{number}{unit}"] if number else []
    return " ".join(found)
