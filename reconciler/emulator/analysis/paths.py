"""The path tokenizer: `a/b/c` gives `a`, `a/b`, `a/b/c`."""

from __future__ import annotations

from typing import Any

from reconciler.emulator.analysis.tokens import Analyzer, Token


def tokenizer(options: dict[str, Any]) -> Analyzer:
    """Every token is at position 0. A text without the delimiter gives none: QUERIES 6, recorded.

    `skip` leaves out the first parts, and `reverse` goes from the right: `a/b/c`, `b/c`, `c`. A
    delimiter at the beginning belongs to the first part.
    """
    delimiter, replacement = options["delimiter"], options["replacement"]
    skip, longest = options["skip"], options["maxTokenLength"]

    def tokenize(text: str) -> list[Token]:
        cuts = [at for at, char in enumerate(text) if char == delimiter]
        if not cuts:
            return []
        inner = [cut for cut in cuts if cut > 0]
        if options["reverse"]:
            end = len(text) if not skip else cuts[-skip] + 1 if skip <= len(cuts) else 0
            spans = [(start, end) for start in (0, *(cut + 1 for cut in cuts)) if start < end]
        else:
            begin = 0 if not skip else inner[skip - 1] if skip <= len(inner) else len(text)
            spans = [(begin, end) for end in (*inner, len(text)) if begin < end]
        return [
            Token(text[start:end].replace(delimiter, replacement), start, end, 0)
            for start, end in spans
            if end - start <= longest
        ]

    return tokenize
