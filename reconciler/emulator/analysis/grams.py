"""Character n-grams, as tokenizers and as token filters."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from itertools import groupby
from typing import Any

from reconciler.emulator.analysis.tokens import Analyzer, Token, TokenFilter

Body = dict[str, Any]

# First letters of Unicode categories. Java's `Character.isDigit` and `isWhitespace` are apart.
KINDS = {"letter": "L", "punctuation": "P", "symbol": "S"}


def tokenizer(options: Body) -> Analyzer:
    """n-grams from every character on; each has a position of its own, as in Lucene since 4.4."""
    return _tokenizer(options, edge=False)


def edge_tokenizer(options: Body) -> Analyzer:
    """n-grams from the beginning of the text, or of each run of `tokenChars`."""
    return _tokenizer(options, edge=True)


def _tokenizer(options: Body, edge: bool) -> Analyzer:
    low, high = options["minGram"], options["maxGram"]
    kept = frozenset(options.get("tokenChars") or ())

    def tokenize(text: str) -> list[Token]:
        tokens: list[Token] = []
        for begin, end in _runs(text, kept):
            last = begin + 1 if edge else end
            for start in range(begin, last):
                for stop in range(start + low, min(start + high, end) + 1):
                    tokens.append(Token(text[start:stop], start, stop, len(tokens)))
        return tokens

    return tokenize


def _runs(text: str, kept: frozenset[str]) -> Iterator[tuple[int, int]]:
    """Runs of characters of the kept kinds; no kinds keep everything."""
    start = 0
    for inside, characters in groupby(text, lambda char: not kept or _of_kind(char, kept)):
        end = start + sum(1 for _ in characters)
        if inside:
            yield start, end
        start = end


def _of_kind(char: str, kept: frozenset[str]) -> bool:
    if char.isspace():
        return "whitespace" in kept
    if unicodedata.category(char) == "Nd":
        return "digit" in kept
    return any(unicodedata.category(char).startswith(KINDS.get(kind, "-")) for kind in kept)


def grams(options: Body) -> TokenFilter:
    """Every n-gram of a token, where the token is: same offsets, same position."""
    low, high = options["minGram"], options["maxGram"]

    def run(tokens: list[Token]) -> list[Token]:
        return [
            token._replace(text=token.text[start:stop])
            for token in tokens
            for start in range(len(token.text))
            for stop in range(start + low, min(start + high, len(token.text)) + 1)
        ]

    return run


def edge_grams(options: Body) -> TokenFilter:
    """n-grams from a token's front or back."""
    low, high, front = options["minGram"], options["maxGram"], options["side"] == "front"

    def run(tokens: list[Token]) -> list[Token]:
        return [
            token._replace(text=token.text[:size] if front else token.text[-size:])
            for token in tokens
            for size in range(low, min(high, len(token.text)) + 1)
        ]

    return run
