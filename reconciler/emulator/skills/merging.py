"""Text Merge: items put into a text at offsets (SKILLS 1.1)."""

from __future__ import annotations

from typing import Any

from reconciler.emulator.skills.measure import Sizes
from reconciler.emulator.skills.skill import NO_SKILL, Done

Body = dict[str, Any]

BAD_OFFSETS = (
    "One or more offset values were invalid and couldn't be parsed. Items were inserted at the "
    "end of the text"
)


def merge(skill: Body, record: Body) -> Done:
    """Offsets count UTF-16 units; `mergedOffsets` are where the items themselves start."""
    text = record.get("text") or ""
    items = record["itemsToInsert"]
    offsets = record.get("offsets")
    if offsets is not None and not _fit(offsets, items, text):
        merged = _inserted(skill, text, items, None)
        return Done(merged, errors=[(NO_SKILL, BAD_OFFSETS)])
    return Done(_inserted(skill, text, items, offsets))


def _fit(offsets: list[Any], items: list[str], text: str) -> bool:
    end = Sizes(text).utf16[-1]
    return len(offsets) == len(items) and all(
        isinstance(offset, int) and not isinstance(offset, bool) and 0 <= offset <= end
        for offset in offsets
    )


def _inserted(skill: Body, text: str, items: list[str], offsets: list[int] | None) -> Body:
    before, after = (
        " " if skill.get(tag) is None else skill[tag] for tag in ("insertPreTag", "insertPostTag")
    )
    units = text.encode("utf-16-le", "surrogatepass")
    places = offsets if offsets is not None else [len(units) // 2] * len(items)
    merged = b""
    starts = [0] * len(items)
    last = 0
    for position in sorted(range(len(items)), key=lambda one: places[one]):
        merged += units[last : places[position] * 2] + before.encode("utf-16-le")
        starts[position] = len(merged) // 2
        merged += items[position].encode("utf-16-le", "surrogatepass") + after.encode("utf-16-le")
        last = places[position] * 2
    merged += units[last:]
    return {"mergedText": merged.decode("utf-16-le", "replace"), "mergedOffsets": starts}
