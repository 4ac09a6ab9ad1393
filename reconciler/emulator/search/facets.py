"""Facets: how often each value, or range of values, occurs among the matches (QUERIES 7)."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable
from datetime import datetime
from itertools import pairwise
from typing import Any, NamedTuple

from reconciler.emulator.refusals import Refusal
from reconciler.emulator.search.schema import Field, Schema
from reconciler.emulator.search.texts import values_at
from reconciler.emulator.search.values import instant

Body = dict[str, Any]

COUNT = 10
NUMBERS = ("Edm.Int32", "Edm.Int64", "Edm.Double")
SORTS = ("count", "-count", "value", "-value")
NOT_DONE = ("timeoffset", "metric", "default", "precisionThreshold")
PERIODS = {"year": 4, "month": 7, "day": 10, "hour": 13, "minute": 16}
PERIOD_START = "0001-01-01T00:00:00Z"


class Facet(NamedTuple):
    """`values` are the ends of ranges, `interval` a width or a period's name."""

    field: Field
    limit: int = COUNT
    sort: str = "count"
    values: tuple[str, ...] = ()
    interval: str = ""


def parse(schema: Schema, text: str) -> Facet:
    """Raises Refusal."""
    if not isinstance(text, str):
        raise Refusal("document-literal", literal=text, type="Edm.String")
    name, *options = [part.strip() for part in text.split(",")]
    if ">" in name or ";" in text:
        raise Refusal("not-emulated", path="a hierarchy of facets in a query")
    field = schema.by_path.get(name)
    if field is None:
        raise Refusal("facet-field", field=name)
    if field.complex or not field.may("facetable"):
        raise Refusal("facet-field", field=name)
    return _with_options(Facet(field), options, text)


def count(facet: Facet, documents: Iterable[Body]) -> list[Body]:
    """The buckets. A document counts once for each value that it has."""
    found = (_distinct(document, facet.field) for document in documents)
    if facet.values:
        return _ranges(facet, found)
    counts: Counter[Any] = Counter()
    for values in found:
        counts.update({_start(value, facet) for value in values} if facet.interval else values)
    order = sorted(counts.items(), key=lambda pair: _comparable(pair[0], facet.field))
    if facet.sort == "-value":
        order.reverse()
    elif facet.sort != "value" and not facet.interval:
        sign = 1 if facet.sort == "-count" else -1
        order.sort(key=lambda pair: sign * pair[1])
    limit = len(order) if facet.interval or not facet.limit else facet.limit
    return [{"count": times, "value": value} for value, times in order[:limit]]


def _distinct(document: Body, field: Field) -> set[Any]:
    if field.path != field.name:
        return set(values_at(document, field.path.split("/")))
    value = document.get(field.name)
    if field.many:
        return set(value or ())
    return set() if value is None else {value}


def _with_options(facet: Facet, options: list[str], text: str) -> Facet:
    given = dict(option.partition(":")[::2] for option in options)
    if len(given) < len(options) or ("interval" in given and "values" in given):
        raise Refusal("facet-syntax", facet=text)
    if ("interval" in given or "values" in given) and ("count" in given or "sort" in given):
        raise Refusal("facet-syntax", facet=text)
    for name, value in given.items():
        match name:
            case "count" if re.fullmatch("[0-9]{1,9}", value):
                facet = facet._replace(limit=int(value))
            case "sort" if value in SORTS:
                facet = facet._replace(sort=value)
            case "values" if value:
                facet = facet._replace(values=tuple(part.strip() for part in value.split("|")))
            case "interval" if _is_interval(value, facet.field):
                facet = facet._replace(interval=value)
            case _ if name in NOT_DONE or name.endswith("TermFilter"):
                raise Refusal("not-emulated", path=f"{name} of a facet in a query")
            case _:
                raise Refusal("facet-syntax", facet=text)
    return facet


def _is_interval(value: str, field: Field) -> bool:
    if field.item_type == "Edm.DateTimeOffset":
        return value in PERIODS
    number = re.fullmatch(r"\d+(\.\d+)?", value) is not None and 0 < float(value) < math.inf
    return number and field.item_type in NUMBERS


def _start(value: Any, facet: Facet) -> Any:
    """The start of the interval in which a value lies."""
    if facet.interval in PERIODS:
        length = PERIODS[facet.interval]
        return value[:length] + PERIOD_START[length:]
    if not math.isfinite(float(value)):
        return value
    width = float(facet.interval)
    start = float(value) // width * width
    return start if facet.field.item_type == "Edm.Double" else int(start)


def _comparable(value: Any, field: Field) -> Any:
    if field.item_type == "Edm.DateTimeOffset":
        return instant(value)
    return float(value) if field.item_type in NUMBERS else value


def _ranges(facet: Facet, found: Iterable[set[Any]]) -> list[Body]:
    """One bucket more than ends; an end belongs to the range above it; none is left out."""
    ends = [_end(text, facet) for text in facet.values]
    if any(low >= high for low, high in pairwise(ends)):
        raise Refusal("facet-syntax", facet=f"{facet.field.path},values:{'|'.join(facet.values)}")
    counts = [0] * (len(ends) + 1)
    for values in found:
        places = {sum(end <= _comparable(value, facet.field) for end in ends) for value in values}
        for place in places:
            counts[place] += 1
    shown = [_shown(end) for end in ends]
    buckets = []
    for place, times in enumerate(counts):
        bucket: Body = {"count": times}
        if place:
            bucket["from"] = shown[place - 1]
        if place < len(shown):
            bucket["to"] = shown[place]
        buckets.append(bucket)
    return buckets


def _end(text: str, facet: Facet) -> Any:
    if facet.field.item_type == "Edm.DateTimeOffset":
        moment = instant(text if "T" in text else f"{text}T00:00:00Z")
        if moment is not None:
            return moment
    elif facet.field.item_type in NUMBERS:
        try:
            number = float(text)
        except ValueError:
            number = math.nan
        if math.isfinite(number):
            return number
    raise Refusal("facet-syntax", facet=f"{facet.field.path},values:{'|'.join(facet.values)}")


def _shown(end: Any) -> Any:
    """Dates as recorded: `2000-01-01T00:00:00.000+0000`."""
    if isinstance(end, datetime):
        return end.strftime("%Y-%m-%dT%H:%M:%S.") + f"{end.microsecond // 1000:03}+0000"
    return end
