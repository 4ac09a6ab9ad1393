"""Tokens, and the text they come from after char filters changed it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple


class Token(NamedTuple):
    """`start` and `end` are offsets in the original text, counted in code points.

    `position` counts from 0; a removed token leaves a gap, tokens for the same word share it.
    `keyword` keeps a token from being stemmed.
    """

    text: str
    start: int
    end: int
    position: int
    type: str = "word"
    keyword: bool = False

    def changed(self, text: str) -> Token:
        """The same token with another text."""
        return self if text == self.text else Token(text, *self[1:])


Analyzer = Callable[[str], list[Token]]
TokenFilter = Callable[[list[Token]], list[Token]]


class Source(NamedTuple):
    """A text and, for each of its offsets, the offset in the original; None when it is that."""

    text: str
    origin: Sequence[int] | None = None

    def original(self, offset: int) -> int:
        return offset if self.origin is None else self.origin[offset]

    def replaced(self, parts: Iterable[tuple[int, int, str]]) -> Source:
        """The text with parts (start, end, replacement; in order) replaced.

        A replacement's own offsets run along what it replaced, and its end is the end of that, as
        in Lucene's char filters.
        """
        pieces: list[str] = []
        origin: list[int] = []
        done = 0
        for start, end, replacement in parts:
            pieces += (self.text[done:start], replacement)
            origin += range(done, start)
            origin += (min(start + number, end) for number in range(len(replacement)))
            done = end
        pieces.append(self.text[done:])
        origin += range(done, len(self.text) + 1)
        return Source("".join(pieces), [self.original(offset) for offset in origin])


CharFilter = Callable[[Source], Source]


def chain(
    char_filters: Sequence[CharFilter], tokenizer: Analyzer, token_filters: Sequence[TokenFilter]
) -> Analyzer:
    """An analyzer of its parts, which run in this order."""

    def analyze(text: str) -> list[Token]:
        source = Source(text)
        for char_filter in char_filters:
            source = char_filter(source)
        tokens = tokenizer(source.text)
        if source.origin is not None:
            tokens = [
                token._replace(start=source.original(token.start), end=source.original(token.end))
                for token in tokens
            ]
        for token_filter in token_filters:
            tokens = token_filter(tokens)
        return tokens

    return analyze
