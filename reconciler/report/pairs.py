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
_MOST_LINES = 60


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
    """The lines that differ between two texts, as `- …` and `+ …`; none when it is not by line."""
    old, new = before.splitlines(), after.splitlines()
    lines: list[str] = []
    hidden = 0
    for tag, i, j, k, m in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag == "equal":
            hidden += j - i
        else:
            lines += _replaced(old[i:j], new[k:m])
    if not lines:
        return []
    if len(lines) > _MOST_LINES:
        left = len(lines) - _MOST_LINES
        lines = [*lines[:_MOST_LINES], f"({left:,} more lines differ)"]
    if hidden:
        lines.append(f"({hidden:,} unchanged line{'' if hidden == 1 else 's'} hidden)")
    return lines


def _replaced(old: list[str], new: list[str]) -> Iterator[str]:
    """Lines that stand in the place of others, each beside its own."""
    shown = [
        pair("" if before is None else before, "" if after is None else after)
        for before, after in zip_longest(old, new)
    ]
    yield from (f"- {before}" for before, _ in shown[: len(old)])
    yield from (f"+ {after}" for _, after in shown[: len(new)])
