"""Bodies as rules see them: any JSON, in which what has not the right form is not there."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from reconciler.model.json import JsonObject
from reconciler.model.problem import Where

Step = str | None
EACH = None
"""A step of a path: every element of a list."""


def object_at(holder: JsonObject, *names: str) -> JsonObject:
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


def objects_at(holder: JsonObject, where: Where, name: str) -> Iterator[tuple[JsonObject, Where]]:
    """The objects of a list, each with its place."""
    return ((element, where.at(name, at)) for at, element in objects(holder, name))


def text_at(holder: Any, name: str) -> str | None:
    """A text that is not empty."""
    value = holder.get(name) if isinstance(holder, dict) else None
    return value if isinstance(value, str) and value else None


def each(value: Any, where: Where, *path: Step) -> Iterator[tuple[Any, Where]]:
    """What stands at a path beneath a value, with its place; nothing where the path does not lead.

    A step is a key, or `EACH` for every element of a list. An absent value is passed over, a null
    is not.
    """
    if not path:
        yield value, where
        return
    step, *rest = path
    if step is EACH:
        for position, element in enumerate(value if isinstance(value, list) else ()):
            yield from each(element, where.at(position), *rest)
    elif isinstance(value, dict) and step in value:
        yield from each(value[step], where.at(step), *rest)


def names(body: dict[str, Any], *path: str) -> set[str] | None:
    """The names of the elements of a list in a body; None where one of them cannot be told."""
    value: Any = body
    for step in path:
        value = value.get(step) if isinstance(value, dict) else value
    if value is None:
        return set()
    elements = value if isinstance(value, list) else [None]
    found = [one.get("name") if isinstance(one, dict) else None for one in elements]
    return {name for name in found if isinstance(name, str)} if all(map(_told, found)) else None


def _told(name: Any) -> bool:
    return isinstance(name, str)


def number(body: dict[str, Any], name: str) -> int | None:
    """A whole number in a body; None where something else stands there, or nothing."""
    value = body.get(name)
    return value if isinstance(value, int) and not isinstance(value, bool) else None
