"""Token filters that find words within a word, and leave them at its place."""

from __future__ import annotations

from typing import Any

from reconciler.emulator.analysis.patterns import compiled
from reconciler.emulator.analysis.tokens import Token, TokenFilter

Body = dict[str, Any]


def decompounder(options: Body) -> TokenFilter:
    """dictionary_decompounder: a word, then the listed words within it, by where they begin."""
    listed = frozenset(options["wordList"])
    shortest, longest = options["minSubwordSize"], options["maxSubwordSize"]

    def within(text: str) -> list[str]:
        found: list[str] = []
        for start in range(len(text) - shortest + 1):
            sizes = range(shortest, min(longest, len(text) - start) + 1)
            words = [text[start : start + size] for size in sizes]
            matching = [word for word in words if word in listed]
            found += matching[-1:] if options["onlyLongestMatch"] else matching
        return found

    def run(tokens: list[Token]) -> list[Token]:
        result: list[Token] = []
        for token in tokens:
            result.append(token)
            if len(token.text) >= options["minWordSize"]:
                result += (token._replace(text=word) for word in within(token.text))
        return result

    return run


def capture(options: Body) -> TokenFilter:
    """pattern_capture: what the patterns' groups match; a word without a match stays."""
    patterns = [compiled(pattern) for pattern in options["patterns"]]
    keep = options["preserveOriginal"]

    def run(tokens: list[Token]) -> list[Token]:
        result: list[Token] = []
        for token in tokens:
            spans = [
                match.span(group)
                for pattern in patterns
                for match in pattern.finditer(token.text)
                for group in range(1, pattern.groups + 1)
            ]
            found = [span for span in sorted(spans) if span[0] < span[1]]
            if keep or not found:
                result.append(token)
                found = [span for span in found if span != (0, len(token.text))]
            result += (token._replace(text=token.text[slice(*span)]) for span in found)
        return result

    return run
