"""Strings with a meaning of their own: durations and moments, and the one spelling of each."""

from __future__ import annotations

import json
import re
from datetime import UTC, datetime, timedelta
from typing import Annotated, Any

from pydantic import AfterValidator

from reconciler.schema.marks import Canonical

_DURATION = re.compile(
    r"(?P<sign>-)?P(?=\d|T\d)(?:(?P<days>\d+)D)?"
    r"(?:T(?=\d)(?:(?P<hours>\d+)H)?(?:(?P<minutes>\d+)M)?(?:(?P<seconds>\d+(?:\.\d+)?)S)?)?"
)


def parse_duration(text: Any) -> timedelta | None:
    """An XSD dayTimeDuration, or None when it is none."""
    match = _DURATION.fullmatch(text) if isinstance(text, str) else None
    if match is None:
        return None
    parts = {k: float(v) for k, v in match.groupdict().items() if v and k != "sign"}
    length = timedelta(**parts)
    return -length if match["sign"] else length


def spell_duration(text: Any) -> Any:
    """PT60M and P0DT1H as PT1H; what is no duration stays as it is."""
    length = parse_duration(text)
    if length is None:
        return text
    if not length:
        return "PT0S"
    hours, rest = divmod(abs(length) - timedelta(days=abs(length).days), timedelta(hours=1))
    minutes, rest = divmod(rest, timedelta(minutes=1))
    parts = ((hours, "H"), (minutes, "M"), (f"{rest.total_seconds():g}", "S"))
    time = "".join(f"{number}{unit}" for number, unit in parts if number not in (0, "0"))
    days = f"{abs(length).days}D" if abs(length).days else ""
    return f"{'-' if length < timedelta() else ''}P{days}{'T' + time if time else ''}"


def _within(shortest: timedelta, longest: timedelta, text: str) -> AfterValidator:
    def check(value: str) -> str:
        length = parse_duration(value)
        if length is None:
            raise ValueError("must be a duration: write ISO 8601, such as PT30S, PT2H or P1D")
        if not shortest <= length <= longest:
            raise ValueError(f"must be {text}")
        return value

    return AfterValidator(check)


Duration = Annotated[
    str,
    _within(timedelta.min, timedelta.max, "shorter"),
    Canonical(spell_duration),
]
"""ISO 8601, days to seconds; may be negative (a freshness function boosts the future so)."""

Timeout = Annotated[
    str,
    _within(timedelta(seconds=1), timedelta(seconds=230), "between PT1S and PT230S"),
    Canonical(spell_duration),
]
"""How long the service waits for an endpoint of yours.

https://learn.microsoft.com/azure/search/cognitive-search-custom-skill-web-api
"""

Interval = Annotated[
    str,
    _within(timedelta(minutes=5), timedelta(days=1), "between PT5M and P1D"),
    Canonical(spell_duration),
]
"""How often a scheduled indexer runs.

https://learn.microsoft.com/azure/search/search-howto-schedule-indexers
"""


_ENDPOINT = re.compile(r"(?P<host>[A-Za-z][A-Za-z0-9+.-]*://[^/?#]*)(?P<path>[^?#]*?)/*")


def spell_endpoint(text: Any) -> Any:
    """https://NAME.openai.azure.com/ without its last slashes, and its host in lower case."""
    match = _ENDPOINT.fullmatch(text) if isinstance(text, str) else None
    return match["host"].lower() + match["path"] if match is not None else text


Endpoint = Annotated[str, Canonical(spell_endpoint)]
"""The address of a resource. Portals show it with a slash at its end, which the service takes off:
at the write, on reading, or not at all (FACTS h)."""


def _lower(text: Any) -> Any:
    return text.lower() if isinstance(text, str) else text


AzureId = Annotated[str, Canonical(_lower)]
"""The id of a resource, application or tenant in Azure: case makes no difference to it.

https://learn.microsoft.com/azure/azure-resource-manager/management/resource-name-rules
"""


def _spell_json(text: Any) -> Any:
    try:
        return json.dumps(json.loads(text), sort_keys=True)
    except (TypeError, ValueError):
        return text


JsonText = Annotated[str, Canonical(_spell_json)]
"""JSON in a string: white space and the order of names mean nothing."""


def spell_moment(text: Any) -> Any:
    """2023-01-01T01:00:00+01:00 as 2023-01-01T00:00:00Z; what is no moment stays as it is."""
    moment = _parse_moment(text)
    if moment is None:
        return text
    return moment.astimezone(UTC).isoformat().removesuffix("+00:00") + "Z"


def _parse_moment(text: Any) -> datetime | None:
    try:
        moment = datetime.fromisoformat(text)
    except (TypeError, ValueError):
        return None
    return moment if moment.tzinfo is not None else None


def _check_moment(text: str) -> str:
    if _parse_moment(text) is None:
        raise ValueError(
            "must be a moment: write date, time and offset, such as 2026-04-01T00:00:00Z"
        )
    return text


Moment = Annotated[str, AfterValidator(_check_moment), Canonical(spell_moment)]
"""Edm.DateTimeOffset."""
