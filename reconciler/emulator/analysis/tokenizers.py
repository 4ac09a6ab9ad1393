"""Tokenizers: a text's first tokens."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterator
from itertools import groupby

from reconciler.emulator.analysis import grams, paths
from reconciler.emulator.analysis.definitions import (
    Body,
    defined,
    kind,
    not_emulated,
    predefined,
    unknown,
)
from reconciler.emulator.analysis.patterns import check_group, compiled
from reconciler.emulator.analysis.standard import standard
from reconciler.emulator.analysis.tokens import Analyzer, Token
from reconciler.emulator.analysis.words import lower

LONGEST_WORD = 255  # Lucene's CharTokenizer; longer runs are split
PREDEFINED = {
    "standard_v2": predefined("StandardTokenizerV2"),
    "keyword_v2": predefined("KeywordTokenizerV2"),
    "pattern": predefined("PatternTokenizer"),
    "nGram": predefined("NGramTokenizer"),
    # QUERIES 6: recorded as Lucene's 1 to 1, not the documented 1 to 2.
    "edgeNGram": predefined("EdgeNGramTokenizer", maxGram=1),
    "path_hierarchy_v2": predefined("PathHierarchyTokenizerV2"),
}
OTHERS = (
    "classic",
    "uax_url_email",
    "microsoft_language_tokenizer",
    "microsoft_language_stemming_tokenizer",
)


def tokenizer(index: Body, name: str) -> Analyzer:
    """A predefined tokenizer or one defined in the index.

    Raises:
        Refusal: there is none of this name, or the emulator does not have it.
    """
    match name:
        case "whitespace":
            return whitespace
        case "letter":
            return letter
        case "lowercase":
            return lowercase
    definition = defined(index, "tokenizers", name) or PREDEFINED.get(name)
    if definition is None:
        raise not_emulated("tokenizers", name) if name in OTHERS else unknown("tokenizers", name)
    build = KINDS.get(kind(definition))
    if build is None:
        raise not_emulated("tokenizers", f"{name} ({kind(definition)})")
    return build(definition)


def keyword(longest: int | None = None) -> Analyzer:
    """The whole text as one token, split where it is longer; an empty text has none."""

    def tokenize(text: str) -> list[Token]:
        return list(numbered(text, pieces(0, len(text), longest or len(text))))

    return tokenize


def pattern(definition: Body) -> Analyzer:
    """Tokens between the pattern's matches, or (group 0 and up) that group of every match."""
    found = compiled(definition["pattern"], definition.get("flags", ""))
    group = definition["group"]
    check_group(found, group)

    def spans(text: str) -> Iterator[tuple[int, int]]:
        if group >= 0:
            yield from (match.span(group) for match in found.finditer(text))
            return
        done = 0
        for match in found.finditer(text):
            yield done, match.start()
            done = match.end()
        yield done, len(text)

    def tokenize(text: str) -> list[Token]:
        return list(numbered(text, ((start, end) for start, end in spans(text) if start < end)))

    return tokenize


def runs(belongs: Callable[[str], bool]) -> Analyzer:
    """Tokens of neighbouring characters that belong."""

    def tokenize(text: str) -> list[Token]:
        spans: list[tuple[int, int]] = []
        start = 0
        for inside, characters in groupby(text, belongs):
            end = start + sum(1 for _ in characters)
            if inside:
                spans += pieces(start, end, LONGEST_WORD)
            start = end
        return list(numbered(text, spans))

    return tokenize


def numbered(
    text: str, spans: Iterator[tuple[int, int]] | list[tuple[int, int]]
) -> Iterator[Token]:
    for position, (start, end) in enumerate(spans):
        yield Token(text[start:end], start, end, position)


def pieces(start: int, end: int, longest: int) -> Iterator[tuple[int, int]]:
    for at in range(start, end, longest or 1):
        yield at, min(end, at + longest)


def _visible(char: str) -> bool:
    """Not Java's whitespace, which leaves out the no-break blanks."""
    return char in "\u00a0\u2007\u202f" or not (char.isspace() and char != "\x85")


def _letter(char: str) -> bool:
    return unicodedata.category(char).startswith("L")


whitespace = runs(_visible)
letter = runs(_letter)


def lowercase(text: str) -> list[Token]:
    return [token._replace(text=lower(token.text)) for token in letter(text)]


KINDS: dict[str, Callable[[Body], Analyzer]] = {
    "StandardTokenizer": lambda options: standard(options["maxTokenLength"]),
    "StandardTokenizerV2": lambda options: standard(options["maxTokenLength"]),
    "KeywordTokenizer": lambda _: keyword(),
    "KeywordTokenizerV2": lambda options: keyword(options["maxTokenLength"]),
    "PatternTokenizer": pattern,
    "NGramTokenizer": grams.tokenizer,
    "EdgeNGramTokenizer": grams.edge_tokenizer,
    "PathHierarchyTokenizerV2": paths.tokenizer,
}
