"""Normalizers: one text for filters, facets and sorting, from one text."""

from __future__ import annotations

from collections.abc import Callable

from reconciler.emulator.analysis.characters import char_filter
from reconciler.emulator.analysis.definitions import Body, defined, unknown
from reconciler.emulator.analysis.filters import token_filter
from reconciler.emulator.analysis.tokenizers import keyword
from reconciler.emulator.analysis.tokens import Analyzer, chain

# QUERIES 6.
PREDEFINED = {
    "standard": ["lowercase", "asciifolding"],
    "lowercase": ["lowercase"],
    "uppercase": ["uppercase"],
    "asciifolding": ["asciifolding"],
    "elision": ["elision"],
}


def normalizer(index: Body, name: str) -> Callable[[str], str]:
    """The normalizer that a field or a request names.

    Raises:
        Refusal: there is none of this name, or the emulator does not have a part of it.
    """
    tokens = as_analyzer(index, name)

    def normalize(text: str) -> str:
        return "".join(token.text for token in tokens(text))

    return normalize


def as_analyzer(index: Body, name: str) -> Analyzer:
    """The same, giving the whole text as one token."""
    definition: Body | None = {"tokenFilters": PREDEFINED.get(name)}
    if name not in PREDEFINED:
        definition = defined(index, "normalizers", name)
    if definition is None:
        raise unknown("normalizers", name)
    return chain(
        [char_filter(index, part) for part in definition.get("charFilters") or ()],
        keyword(),
        [token_filter(index, part) for part in definition.get("tokenFilters") or ()],
    )
