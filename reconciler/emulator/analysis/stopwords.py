"""Lists of stop words, and the filter that removes them."""

from __future__ import annotations

from collections.abc import Collection

from reconciler.emulator.analysis.tokens import Token, TokenFilter

# QUERIES 6: Lucene's, in en.lucene; the analyzer `stop` and the list `english` are taken to be it.
WORDS = (
    "a an and are as at be but by for if in into is it no not of on or such that the their then "
    "there these they this to was will with"
)
ENGLISH = frozenset(WORDS.split())


def stop(words: Collection[str], ignore_case: bool = False) -> TokenFilter:
    """Removes these words; each leaves a gap in the positions."""
    removed = frozenset(word.lower() for word in words) if ignore_case else frozenset(words)

    def run(tokens: list[Token]) -> list[Token]:
        if ignore_case:
            return [token for token in tokens if token.text.lower() not in removed]
        return [token for token in tokens if token.text not in removed]

    return run
