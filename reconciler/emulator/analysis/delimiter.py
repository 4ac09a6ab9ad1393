"""word_delimiter: a word's parts, split where letters, cases and digits meet."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from typing import Any

from reconciler.emulator.analysis.definitions import not_emulated
from reconciler.emulator.analysis.tokens import Token, TokenFilter

Body = dict[str, Any]


def word_delimiter(options: Body) -> TokenFilter:
    """Refuses the catenating options by name."""
    for option in ("catenateWords", "catenateNumbers", "catenateAll"):
        if options[option]:
            raise not_emulated("tokenFilters", f"word_delimiter ({option})")
    protected = frozenset(options.get("protectedWords") or ())

    def run(tokens: list[Token]) -> list[Token]:
        result: list[Token] = []
        shift = 0
        for token in tokens:
            position = token.position + shift
            if token.text in protected:
                result.append(token._replace(position=position))
                continue
            parts = [
                token._replace(text=part, start=start, end=end, position=position + number)
                for number, (part, start, end) in enumerate(_parts(token, options))
            ]
            if options["preserveOriginal"] and [part.text for part in parts] != [token.text]:
                result.append(token._replace(position=position))
            result += parts
            shift += max(len(parts) - 1, 0)
        return result

    return run


def _parts(token: Token, options: Body) -> Iterator[tuple[str, int, int]]:
    """Parts with their offsets; those of a token that a filter changed are the token's."""
    text = token.text
    moved = len(text) != token.end - token.start
    for start, end in _runs(text, options):
        part = text[start:end]
        wanted = "generateNumberParts" if part.isdigit() else "generateWordParts"
        if options[wanted]:
            offsets = (token.start, token.end) if moved else (start, end)
            base = 0 if moved else token.start
            yield part, base + offsets[0], base + offsets[1]


def _runs(text: str, options: Body) -> Iterator[tuple[int, int]]:
    """Runs of letters and digits, cut at the changes that the options name, without `'s`."""
    cuts = [0]
    for at, (before, after) in enumerate(pairwise(text), start=1):
        if _is_cut(before, after, options):
            cuts.append(at)
    cuts.append(len(text))
    for start, end in pairwise(cuts):
        if not text[start].isalnum():
            continue
        possessive = options["stemEnglishPossessive"] and text[start - 1 : start] == "'"
        ends_word = end == len(text) or not text[end].isalnum()
        after_letter = start > 1 and text[start - 2].isalpha()
        if possessive and after_letter and ends_word and text[start:end] in ("s", "S"):
            continue
        yield start, end


def _is_cut(before: str, after: str, options: Body) -> bool:
    if before.isalnum() != after.isalnum():
        return True
    if before.isdigit() != after.isdigit():
        return bool(options["splitOnNumerics"])
    return bool(options["splitOnCaseChange"]) and before.islower() and after.isupper()
