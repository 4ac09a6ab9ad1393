"""Analyzers that make each term of one word of the standard tokenizer, whatever is around it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from reconciler.emulator.analysis.standard import split, standard
from reconciler.emulator.analysis.tokens import Analyzer, Token


@dataclass(frozen=True)
class Wordwise:
    """`term` gives a word's term, None for a word that is left out; a gap stays in its place."""

    longest: int
    term: Callable[[str], str | None]

    def __call__(self, text: str) -> list[Token]:
        found = ((token, self.term(token.text)) for token in standard(self.longest)(text))
        return [token.changed(term) for token, term in found if term is not None]

    def terms(self, text: str) -> list[tuple[str, int]]:
        found = ((self.term(word), n) for n, word in enumerate(split(text, self.longest)))
        return [(term, position) for term, position in found if term is not None]


def terms(analyze: Analyzer, text: str) -> list[tuple[str, int]]:
    """The terms of a text with their positions: all that an index wants of the tokens."""
    if isinstance(analyze, Wordwise):
        return analyze.terms(text)
    return [(token.text, token.position) for token in analyze(text)]
