"""What the service spells its own way: durations by value, endpoints without a last slash."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Any

from reconciler.emulator.shapes import Shapes, Word

Body = dict[str, Any]

PARTS = re.compile(r"(-?)P(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+(?:\.\d+)?)S)?)?")
ENDPOINT = "resourceUri"


def duration(text: str) -> str:
    """The shortest XSD dayTimeDuration of the same length: `PT24H` is `P1D`."""
    match = PARTS.fullmatch(text)
    if match is None:
        return text
    sign, *parts = match.groups()
    days, hours, minutes, seconds = (Decimal(part or 0) for part in parts)
    left = ((days * 24 + hours) * 60 + minutes) * 60 + seconds
    if not left:
        return "PT0S"
    minutes, seconds = divmod(left, 60)
    hours, minutes = divmod(minutes, 60)
    days, hours = divmod(hours, 24)
    time = _written((hours, "H"), (minutes, "M"), (seconds, "S"))
    return f"{sign}P{_written((days, 'D'))}{time and 'T' + time}"


def _written(*parts: tuple[Decimal, str]) -> str:
    return "".join(f"{number.normalize():f}{unit}" for number, unit in parts if number)


def settle_durations(shapes: Shapes, body: Body, type_name: str) -> None:
    """Spells the durations of a definition as the service does, in place."""
    concrete = shapes.concrete(type_name, body)
    for key, word in (shapes.props(concrete) if concrete else {}).items():
        if body.get(key) is not None:
            body[key] = _settled(shapes, body[key], word)


def _settled(shapes: Shapes, item: Any, word: Word) -> Any:
    match word.form:
        case "duration":
            return duration(item)
        case "is":
            settle_durations(shapes, item, word.of)
        case "list":
            return [_settled(shapes, element, word.item) for element in item]
    return item


def strip_endpoints(value: Any) -> None:
    """Takes the last slashes off every `resourceUri`, in place."""
    if isinstance(value, dict):
        if isinstance(value.get(ENDPOINT), str):
            value[ENDPOINT] = value[ENDPOINT].rstrip("/")
        for item in value.values():
            strip_endpoints(item)
    elif isinstance(value, list):
        for item in value:
            strip_endpoints(item)
