"""Char filters: what changes a text before its tokenizer sees it."""

from __future__ import annotations

import re

from reconciler.emulator.analysis import html
from reconciler.emulator.analysis.definitions import Body, defined, kind, not_emulated, unknown
from reconciler.emulator.analysis.patterns import compiled, expand
from reconciler.emulator.analysis.tokens import CharFilter, Source
from reconciler.emulator.refusals import Refusal

ESCAPE = re.compile(r"\\(?:u([0-9A-Fa-f]{4})|(.))", re.DOTALL)
LETTERS = {"n": "\n", "t": "\t", "r": "\r", "b": "\b", "f": "\f"}


def char_filter(index: Body, name: str) -> CharFilter:
    """The predefined `html_strip`, or one defined in the index.

    Raises:
        Refusal: there is none of this name, or the emulator does not have it.
    """
    if name == "html_strip":
        return html.strip
    definition = defined(index, "charFilters", name)
    if definition is None:
        raise unknown("charFilters", name)
    match kind(definition):
        case "MappingCharFilter":
            return mapping(definition["mappings"])
        case "PatternReplaceCharFilter":
            return pattern_replace(definition["pattern"], definition["replacement"])
    raise not_emulated("charFilters", f"{name} ({kind(definition)})")


def mapping(mappings: list[str]) -> CharFilter:
    """`a=>b`: the longest match at a place wins."""
    pairs = {}
    for text in mappings:
        left, arrow, right = text.partition("=>")
        if not arrow or not left.strip():
            raise Refusal("analysis-mapping", mapping=text)
        pairs[_unescaped(left.strip())] = _unescaped(right.strip())
    if not pairs:
        return lambda source: source
    longest_first = sorted(pairs, key=len, reverse=True)
    found = re.compile("|".join(map(re.escape, longest_first)))

    def run(source: Source) -> Source:
        matches = found.finditer(source.text)
        return source.replaced((*match.span(), pairs[match[0]]) for match in matches)

    return run


def _unescaped(text: str) -> str:
    def plain(match: re.Match[str]) -> str:
        return chr(int(match[1], 16)) if match[1] else LETTERS.get(match[2], match[2])

    return ESCAPE.sub(plain, text)


def pattern_replace(pattern: str, replacement: str) -> CharFilter:
    found = compiled(pattern)
    expanded = expand(found, replacement)

    def run(source: Source) -> Source:
        matches = found.finditer(source.text)
        return source.replaced((*match.span(), expanded(match)) for match in matches)

    return run
