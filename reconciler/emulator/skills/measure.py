"""How long pieces of a text are: in the three encodings of a skill's outputs, and in tokens."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import accumulate

# The published split pattern of cl100k_base. The byte-pair merges themselves are not here, so a
# piece is one token for every eight of its characters, and one for every character beyond ASCII.
PIECES = (
    r"(?i:'[sdmt]|'ll|'ve|'re)|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}{1,3}"
    r"| ?[^\s\p{L}\p{N}]+[\r\n]*|\s*[\r\n]|\s+(?!\S)|\s+"
)
LONGEST = 8


def _utf16(character: str) -> int:
    return 2 if ord(character) > 0xFFFF else 1


def _utf8(character: str) -> int:
    return len(character.encode("utf-8", "surrogatepass"))


class Sizes:
    """Running totals: the size of `text[a:b]` is `sizes[b] - sizes[a]`."""

    def __init__(self, text: str) -> None:
        self.utf16 = _totals(map(_utf16, text)) if not text.isascii() else range(len(text) + 1)
        self.utf8 = _totals(map(_utf8, text)) if not text.isascii() else range(len(text) + 1)

    def shown(self, start: int, end: int) -> dict[str, int]:
        """A length, or with start 0 an offset, as Text Split gives it (SKILLS 1.1)."""
        return {
            "utf8": self.utf8[end] - self.utf8[start],
            "utf16": self.utf16[end] - self.utf16[start],
            "codePoint": end - start,
        }


def _totals(sizes: map[int]) -> Sequence[int]:
    return list(accumulate(sizes, initial=0))


def tokens(text: str, special: Sequence[str] = ()) -> Sequence[int]:
    """Running totals of tokens, an approximation; `special` texts are one token each."""
    import regex

    counts = [0] * len(text)
    escaped = "|".join(regex.escape(one) for one in sorted(special, key=len, reverse=True))
    pattern = f"(?P<special>{escaped})|{PIECES}" if escaped else PIECES
    for match in regex.finditer(pattern, text):
        whole = bool(escaped) and match.group("special") is not None
        for end in [match.end()] if whole else _ends(match.group(), match.start()):
            counts[end - 1] += 1
    return list(accumulate(counts, initial=0))


def _ends(piece: str, start: int) -> list[int]:
    if not piece.isascii():
        return [start + position + 1 for position in range(len(piece))]
    last = len(piece)
    return [*(start + end for end in range(LONGEST, last, LONGEST)), start + last]
