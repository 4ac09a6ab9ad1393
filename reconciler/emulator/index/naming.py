"""What every list of named things in an index has in common."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from reconciler.emulator.refusals import Refusal

Body = dict[str, Any]


def check_unique(what: str, entries: list[Body]) -> None:
    seen: set[str] = set()
    for entry in entries:
        if entry["name"] in seen:
            raise Refusal("name-twice", what=what, name=entry["name"])
        seen.add(entry["name"])


def check_count(what: str, count: int, limit: int) -> None:
    if count > limit:
        raise Refusal("too-many", what=what, count=count, limit=limit)


def require(name: str | None, known: Collection[str], what: str, owner: str) -> None:
    """A name that may be left out may also be empty (rule empty-name)."""
    if name and name not in known:
        raise Refusal("unknown-name", owner=owner, what=what, name=name)
