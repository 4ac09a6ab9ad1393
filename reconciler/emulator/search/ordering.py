"""`$orderby`: clauses to a sorted list of slots."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any, NamedTuple

from reconciler.emulator.refusals import Refusal
from reconciler.emulator.search.holding import Holding
from reconciler.emulator.search.schema import Schema
from reconciler.emulator.search.values import instant

CLAUSE = re.compile(r"\s*(?P<what>\S+)(?:\s+(?P<way>asc|desc))?\s*")
SCORE = "search.score()"


class Clause(NamedTuple):
    """`names` is the field's path; empty for the score."""

    names: Sequence[str]
    descending: bool
    key: Callable[[Any], Any]


def parse(schema: Schema, text: str) -> list[Clause]:
    """Raises Refusal for what cannot be sorted by."""
    if "geo.distance" in text:
        raise Refusal("not-emulated", path="geo.distance in $orderby")
    return [_clause(schema, part, text) for part in text.split(",")]


def sort(
    holding: Holding, slots: list[int], clauses: Sequence[Clause], scores: Mapping[int, float]
) -> list[int]:
    """Nulls come first when ascending, last when descending; ties: best score (QUERIES 4)."""
    ordered = sorted(slots, key=lambda slot: (-scores[slot], slot))
    for names, descending, key in reversed(clauses):
        if names:
            found = {slot: _value(holding, slot, names, key) for slot in slots}
        else:
            found = {slot: (True, scores[slot]) for slot in slots}
        ordered.sort(key=found.__getitem__, reverse=descending)
    return ordered


def _clause(schema: Schema, part: str, text: str) -> Clause:
    match = CLAUSE.fullmatch(part)
    if match is None:
        position = text.index(part) + len(part)
        raise Refusal("filter-syntax", position=position, text=text, parameter="$orderby")
    what, descending = match["what"], match["way"] == "desc"
    if what == SCORE:
        return Clause((), descending, float)
    field = schema.by_path.get(what)
    if field is None:
        raise Refusal("unknown-field", field=what, parameter="$orderby")
    if field.complex or not field.may("sortable"):
        raise Refusal("not-sortable", field=what, parameter="$orderby")
    return Clause(what.split("/"), descending, _key_of(field.item_type))


def _key_of(kind: str) -> Callable[[Any], Any]:
    match kind:
        case "Edm.DateTimeOffset":
            return instant
        case "Edm.Double":
            return float
    return lambda value: value


def _value(
    holding: Holding, slot: int, names: Sequence[str], key: Callable[[Any], Any]
) -> tuple[bool, Any]:
    value: Any = holding.documents[slot]
    for name in names:
        value = None if value is None else value.get(name)
    return (False, 0) if value is None else (True, key(value))
