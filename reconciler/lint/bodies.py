"""Bodies as rules see them: any JSON, in which what has not the right form is not there."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from reconciler.model.json import JsonObject


def mapping(holder: JsonObject, *names: str) -> JsonObject:
    """The object at a path of names, or an empty one."""
    for name in names:
        value = holder.get(name)
        holder = value if isinstance(value, dict) else {}
    return holder


def objects(holder: JsonObject, name: str) -> Iterator[tuple[int, dict[str, Any]]]:
    """The objects of a list, each with its position."""
    listed = holder.get(name)
    for position, element in enumerate(listed if isinstance(listed, list) else ()):
        if isinstance(element, dict):
            yield position, element


def text(holder: JsonObject, name: str) -> str | None:
    """A text that is not empty."""
    value = holder.get(name)
    return value if isinstance(value, str) and value else None
