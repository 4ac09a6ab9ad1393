"""What a PUT in an older api-version keeps of an object: all that the version does not know.

Nothing was seen of it (rule older-version-put); here it holds at every depth, for every kind.
"""

from __future__ import annotations

from typing import Any

from reconciler.emulator.counterparts import alike, counterpart
from reconciler.emulator.shapes import OPEN_TYPES, Shapes, Word

Body = dict[str, Any]


def keep_unknown(shapes: Shapes, new: Body, old: Body, type_name: str) -> None:
    """Gives a written body what the stored one has in places that the version has no words for."""
    concrete = shapes.concrete(type_name, new)
    if concrete is None or concrete in OPEN_TYPES or not alike(new, old):
        return
    known = shapes.known(concrete)
    new.update({key: value for key, value in old.items() if key not in known})
    for key, word in known.items():
        _keep_within(shapes, new.get(key), old.get(key), word)


def _keep_within(shapes: Shapes, new: Any, old: Any, word: Word) -> None:
    if word.form == "is" and isinstance(new, dict) and isinstance(old, dict):
        keep_unknown(shapes, new, old, word.of)
    elif word.form == "list" and isinstance(new, list):
        for position, item in enumerate(new):
            stored = counterpart(item, position, old)
            if stored is not None:
                _keep_within(shapes, item, stored, word.item)
