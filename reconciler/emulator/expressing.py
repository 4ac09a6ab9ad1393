"""Whether an api-version can express an object: all that tells kinds apart must be known to it.

A property that a version does not know is left out of its answers; an unknown kind of skill,
vectorizer or knowledge source cannot be.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from reconciler.emulator.shapes import Shapes, Word


def unknown_kind(shapes: Shapes, body: dict[str, Any], root: str) -> str | None:
    """The first `@odata.type` or `kind` in a definition that the version does not know."""
    return next(_unknown(shapes, body, root), None)


def _unknown(shapes: Shapes, value: dict[str, Any], type_name: str) -> Iterator[str]:
    concrete = shapes.concrete(type_name, value)
    if concrete is None:
        by = shapes.discriminator(type_name)
        yield str(value.get(by or ""))
        return
    for key, word in shapes.props(concrete).items():
        yield from _within(shapes, value.get(key), word)


def _within(shapes: Shapes, item: Any, word: Word) -> Iterator[str]:
    if word.form == "is" and isinstance(item, dict) and word.of in shapes:
        yield from _unknown(shapes, item, word.of)
    elif word.form == "list" and isinstance(item, list):
        for element in item:
            yield from _within(shapes, element, word.item)
