"""How long pieces of a text are: in the three encodings of a skill's outputs, and in tokens."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from itertools import accumulate

from reconciler.emulator.models import bytepairs

# Code points above which a character takes one unit more of an encoding.
UTF16 = (0xFFFF,)
UTF8 = (0x7F, 0x7FF, 0xFFFF)


class Sizes:
    """Running totals: the size of `text[a:b]` is `sizes[b] - sizes[a]`."""

    def __init__(self, text: str) -> None:
        self.utf16 = _units(text, UTF16)
        self.utf8 = _units(text, UTF8)

    def shown(self, start: int, end: int) -> dict[str, int]:
        """A length, or with start 0 an offset, as Text Split gives it (SKILLS 1.1)."""
        return {
            "utf8": self.utf8[end] - self.utf8[start],
            "utf16": self.utf16[end] - self.utf16[start],
            "codePoint": end - start,
        }


def _units(text: str, bounds: Sequence[int]) -> Sequence[int]:
    if text.isascii():
        return range(len(text) + 1)
    import numpy as np

    points = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), "<u4")
    sizes = 1 + sum((points > bound).astype(np.int64) for bound in bounds)
    totals: list[int] = [0, *np.cumsum(sizes).tolist()]
    return totals


def tokens(text: str, special: Sequence[str] = ()) -> Sequence[int]:
    """Running totals of cl100k_base tokens; `special` texts are one token each.

    A token that ends inside a character counts at that character's end.
    """
    sizes = Sizes(text).utf8
    counts = [0] * len(text)
    end = 0
    for length in _lengths(text, special):
        end += length
        counts[bisect_left(sizes, end) - 1] += 1
    return list(accumulate(counts, initial=0))


def _lengths(text: str, special: Sequence[str]) -> Iterator[int]:
    escaped = "|".join(re.escape(one) for one in sorted(special, key=len, reverse=True) if one)
    parts = re.split(f"({escaped})", text) if escaped else [text]
    for position, part in enumerate(parts):
        if position % 2:
            yield len(part.encode())
        else:
            yield from bytepairs.lengths(part)
