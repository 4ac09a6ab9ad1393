"""How a reading of the emulator is known: by a recording or a rule with its source, or inferred."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any, NamedTuple

from reconciler.providers import SEARCH, kind
from reconciler.schema.body import Property
from reconciler.schema.paths import value_at
from reconciler.schema.walk import walk
from tests.readings.pairs import pairs
from tests.readings.row import Row

BEHIND = {
    "Secret": "masked-keys",
    "ClearedBy": "identity-kept",
    "ServerOwned": "read-only",
    "RefTo": "sources-unchecked",
    "ServerChooses": "replaced",
    "Unordered": "replaced",
}
"""The rule behind what is not refused, by mark."""


class Evidence(NamedTuple):
    """`sourced` by what was seen or documented, or else inferred; by which rule or recording."""

    sourced: bool
    by: str

    def __str__(self) -> str:
        return "sourced" if self.sourced else "inferred"


class Witness:
    """What the rules of the emulator say of themselves, and what was recorded."""

    def __init__(self, rules: list[dict[str, Any]], shared: Path | None) -> None:
        self._rules = {rule["id"]: rule for rule in rules}
        self._texts = [(_pattern(rule["text"]), rule) for rule in rules if rule["status"]]
        self._recorded = recorded_defaults(shared) if shared is not None else set()

    def of(self, row: Row, known: Property) -> Evidence:
        if row.mark in ("ServerDefault", "left out") and id(known) in self._recorded:
            return Evidence(True, "recordings")
        for pattern, rule in self._texts:
            if row.message and pattern.search(row.message):
                return Evidence(rule["evidence"] == "seen", rule["id"])
        rule = self._rules[self._behind(row)]
        return Evidence(rule["evidence"] == "seen", rule["id"])

    def _behind(self, row: Row) -> str:
        of = row.where.partition(":")[0]
        if row.mark == "Since":
            return "answers-come-back"
        if row.mark in ("ServerDefault", "left out"):
            return {"Index": "index-defaults", "Skillset": "skillset-read"}.get(
                of, "schedule-start"
            )
        if row.mark == "Secret" and row.where.endswith("connectionString"):
            return "connection-string" if "not shown" in row.said else "unchanged"
        return BEHIND.get(row.mark, "in-place" if of == "Index" else "replaced")


def _pattern(text: str) -> re.Pattern[str]:
    """A rule's text with anything in the place of its `{names}`."""
    parts = re.split(r"\{\w+\}", text)
    return re.compile(".*?".join(re.escape(part) for part in parts), re.DOTALL)


def recorded_defaults(shared: Path) -> set[int]:
    """The properties (by identity) that were recorded filled in where they had not been sent."""
    found: set[int] = set()
    for folder in sorted(shared.glob("recordings-*")):
        for pair in pairs(folder):
            if pair.kind not in SEARCH.kinds:
                continue
            shape = kind(pair.kind).shape
            for spot in walk(shape, pair.shown):
                if spot.value is not None and value_at(shape, pair.sent, spot.path) is None:
                    found.add(id(spot.property))
    return found
