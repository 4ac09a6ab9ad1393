"""Two values beside each other, long ones too: what differs is always shown."""

from __future__ import annotations

import json
from collections.abc import Iterator
from difflib import SequenceMatcher
from itertools import zip_longest
from typing import Any

from reconciler.redaction import REDACTOR

LIMIT = 100
_CONTEXT = 20
_BESIDE = 1
"""Unchanged lines that are shown on either side of a difference."""
_MOST_LINES = 60
_MOST_BESIDE = 20
"""Lines that are shown of a text, and of one side of one difference."""


def quoted(value: Any) -> str:
    """A value as JSON on one line."""
    return REDACTOR.quoted(json.dumps(value, ensure_ascii=False))


def pair(before: Any, after: Any, limit: int = LIMIT) -> tuple[str, str]:
    """Two values as JSON on one line each; of long ones, the part where they first differ."""
    texts = (quoted(before), quoted(after))
    if max(map(len, texts)) <= limit:
        return texts
    start = max(0, _alike(*texts) - _CONTEXT)
    return _part(texts[0], start, limit), _part(texts[1], start, limit)


def _alike(before: str, after: str) -> int:
    """How many characters two texts begin with alike."""
    both = zip(before, after, strict=False)
    same = min(len(before), len(after))
    return next((place for place, (a, b) in enumerate(both) if a != b), same)


def _part(text: str, start: int, limit: int) -> str:
    end = start + limit - 6
    return ("..." if start else "") + text[start:end] + ("..." if end < len(text) else "")


def contrasted(before: Any, after: Any) -> tuple[Any, Any]:
    """Two values in which each long text that differs is redacted and cut to where it does."""
    if isinstance(before, str) and isinstance(after, str):
        if before == after or max(len(before), len(after)) <= LIMIT - 2:
            return before, after
        texts = REDACTOR.quoted(before), REDACTOR.quoted(after)  # a part of a secret is one
        start = max(0, _alike(*texts) - _CONTEXT)
        return _part(texts[0], start, LIMIT - 2), _part(texts[1], start, LIMIT - 2)
    if isinstance(before, dict) and isinstance(after, dict):
        both = {key: contrasted(before[key], after[key]) for key in before.keys() & after.keys()}
        return (
            {key: both[key][0] if key in both else value for key, value in before.items()},
            {key: both[key][1] if key in both else value for key, value in after.items()},
        )
    if isinstance(before, list) and isinstance(after, list):
        pairs = [contrasted(old, new) for old, new in zip(before, after, strict=False)]
        rest = len(pairs)
        return (
            [old for old, _ in pairs] + before[rest:],
            [new for _, new in pairs] + after[rest:],
        )
    return before, after


def differing_lines(before: str, after: str) -> list[str]:
    """The lines that differ between two texts, as `- …` and `+ …`, and those beside them.

    Of many in one place the first on either side are shown, of many places the first; there are
    none when it is not by line that the texts differ.
    """
    old, new = before.splitlines(), after.splitlines()
    lines: list[str] = []
    end = left = 0
    for group in SequenceMatcher(None, old, new, autojunk=False).get_grouped_opcodes(_BESIDE):
        if len(lines) >= _MOST_LINES:
            left += sum(j - i + m - k for tag, i, j, k, m in group if tag != "equal")
            continue
        lines += _hidden(group[0][1] - end)
        for tag, i, j, k, m in group:
            same = tag == "equal"
            lines += (
                [f"  {_part(quoted(t), 0, LIMIT)}" for t in old[i:j]]
                if same
                else _replaced(old[i:j], new[k:m])
            )
        end = group[-1][2]
    if left:
        return [*lines, f"({left:,} more lines differ)"]
    return [*lines, *_hidden(len(old) - end)] if lines else []


def _hidden(count: int) -> list[str]:
    return [f"({count:,} unchanged line{'' if count == 1 else 's'} hidden)"] if count else []


def _replaced(old: list[str], new: list[str]) -> Iterator[str]:
    """Lines that stand in the place of others, each beside its own; of many, the first."""
    both = zip_longest(old[:_MOST_BESIDE], new[:_MOST_BESIDE], fillvalue="")
    shown = [pair(before, after) for before, after in both]
    for sign, lines, side in (("-", old, 0), ("+", new, 1)):
        yield from (f"{sign} {texts[side]}" for texts in shown[: len(lines)])
        if len(lines) > _MOST_BESIDE:
            yield f"{sign} ({len(lines) - _MOST_BESIDE:,} more lines)"
