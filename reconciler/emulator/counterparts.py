"""Which element of a stored list an element of a written one is about."""

from __future__ import annotations

from typing import Any

TAGS = ("@odata.type", "kind")


def alike(one: dict[str, Any], other: dict[str, Any]) -> bool:
    """Whether two objects are of the same kind."""
    return all(one.get(tag) == other.get(tag) for tag in TAGS)


def counterpart(item: Any, position: int, old: Any) -> dict[str, Any] | None:
    """The stored element of the same name, else of the same place, if it is of the same kind."""
    if not isinstance(item, dict) or not isinstance(old, list):
        return None
    named = [other for other in old if isinstance(other, dict) and other.get("name")]
    if item.get("name"):
        found = next((other for other in named if other["name"] == item["name"]), None)
    else:
        found = old[position] if position < len(old) else None
    return found if isinstance(found, dict) and alike(found, item) else None
