"""Token filters that change a token's text and nothing else."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from reconciler.emulator.analysis.tokens import Token, TokenFilter

APOSTROPHES = "'\u2019"
POSSESSIVES = tuple(mark + s for mark in "'\u2019\uff07" for s in "sS")
# Lucene's FrenchAnalyzer.DEFAULT_ARTICLES: QUERIES 6 "default = French list".
FRENCH_ARTICLES = "l m t qu n s j d c jusqu quoiqu lorsqu puisqu"


def each(change: Callable[[str], str]) -> TokenFilter:
    """A filter that changes the text of every token."""

    def run(tokens: list[Token]) -> list[Token]:
        return [token.changed(change(token.text)) for token in tokens]

    return run


def lower(text: str) -> str:
    """One character for one, as Java does it: no final sigma, `İ` becomes `i`."""
    return text.lower() if text.isascii() else "".join(char.lower()[0] for char in text)


def upper(text: str) -> str:
    """One character for one: `ß` stays."""
    if text.isascii():
        return text.upper()
    return "".join(big if len(big := char.upper()) == 1 else char for char in text)


def possessive(text: str) -> str:
    """Without an English `'s` at its end."""
    return text[:-2] if text.endswith(POSSESSIVES) else text


def before_apostrophe(text: str) -> str:
    """Without the first apostrophe and what comes after it."""
    found = _apostrophe(text)
    return text if found is None else text[:found]


def elision(articles: Iterable[str]) -> Callable[[str], str]:
    """Takes away an article before an apostrophe; case is ignored."""
    known = frozenset(article.lower() for article in articles)

    def run(text: str) -> str:
        found = _apostrophe(text)
        return text[found + 1 :] if found is not None and text[:found].lower() in known else text

    return run


def _apostrophe(text: str) -> int | None:
    return next((at for at, char in enumerate(text) if char in APOSTROPHES), None)
