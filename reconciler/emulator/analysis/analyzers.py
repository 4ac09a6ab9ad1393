"""Analyzers: the built-in ones by name, and those an index defines."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache

from reconciler.emulator.analysis import stemming
from reconciler.emulator.analysis.characters import char_filter
from reconciler.emulator.analysis.definitions import (
    Body,
    defined,
    kind,
    predefined,
    unknown,
)
from reconciler.emulator.analysis.filters import token_filter
from reconciler.emulator.analysis.folding import fold
from reconciler.emulator.analysis.porter import stem
from reconciler.emulator.analysis.standard import standard
from reconciler.emulator.analysis.stopwords import ENGLISH, stop
from reconciler.emulator.analysis.tokenizers import (
    keyword,
    lowercase,
    pattern,
    tokenizer,
    whitespace,
)
from reconciler.emulator.analysis.tokens import Analyzer, TokenFilter, chain
from reconciler.emulator.analysis.words import each, lower, possessive
from reconciler.emulator.analysis.wordwise import Wordwise
from reconciler.emulator.refusals import Refusal

DEFAULT = "standard.lucene"
LANGUAGES = (".lucene", ".microsoft")
LONGEST = 255  # characters of a word: Lucene's StandardAnalyzer

lower_case = each(lower)


def analyzer(index: Body, name: str, approximate: bool = False) -> Analyzer:
    """The analyzer that a field or a request names.

    Args:
        approximate: takes a stand-in for a language analyzer that the emulator does not have.

    Raises:
        Refusal: there is none of this name, or the emulator does not have it.
    """
    built = BUILT_IN.get(name)
    if built is not None:
        return built
    definition = PREDEFINED.get(name) or defined(index, "analyzers", name)
    if definition is not None:
        return KINDS[kind(definition)](index, definition)
    if not name.endswith(LANGUAGES):
        raise unknown("analyzers", name)
    if not approximate:
        raise Refusal("analyzer-not-emulated", name=name)
    return ENGLISH_STAND_IN if name.startswith("en.") else analyzer(index, DEFAULT)


def for_indexing(index: Body, field: Body, approximate: bool = False) -> Analyzer:
    """What makes the terms of a field's texts. Raises Refusal as `analyzer` does."""
    name = field.get("analyzer") or field.get("indexAnalyzer") or DEFAULT
    return analyzer(index, name, approximate)


def for_searching(index: Body, field: Body, approximate: bool = False) -> Analyzer:
    """What makes the terms of a query on a field. Raises Refusal as `analyzer` does."""
    name = field.get("analyzer") or field.get("searchAnalyzer") or DEFAULT
    return analyzer(index, name, approximate)


def standard_analyzer(index: Body, definition: Body) -> Analyzer:
    del index
    removed = frozenset(definition.get("stopwords") or ())

    def term(word: str) -> str | None:
        lowered = lower(word)
        return None if lowered in removed else lowered

    return Wordwise(definition["maxTokenLength"], term)


def pattern_analyzer(index: Body, definition: Body) -> Analyzer:
    del index
    folded = (lower_case,) if definition["lowercase"] else ()
    return chain((), pattern({**definition, "group": -1}), (*folded, *_stops(definition)))


def stop_analyzer(index: Body, definition: Body) -> Analyzer:
    del index
    words = definition.get("stopwords")
    return chain((), lowercase, (stop(ENGLISH if words is None else words),))


def custom_analyzer(index: Body, definition: Body) -> Analyzer:
    return chain(
        [char_filter(index, name) for name in definition.get("charFilters") or ()],
        tokenizer(index, definition["tokenizer"]),
        [token_filter(index, name) for name in definition.get("tokenFilters") or ()],
    )


def _stops(definition: Body) -> tuple[TokenFilter, ...]:
    words = definition.get("stopwords")
    return (stop(words),) if words else ()


KINDS: dict[str, Callable[[Body, Body], Analyzer]] = {
    "StandardAnalyzer": standard_analyzer,
    "PatternAnalyzer": pattern_analyzer,
    "StopAnalyzer": stop_analyzer,
    "CustomAnalyzer": custom_analyzer,
}


@lru_cache(maxsize=65536)
def english(word: str) -> str | None:
    """QUERIES 6. en.lucene: Lucene's EnglishAnalyzer."""
    lowered = lower(possessive(word))
    return None if lowered in ENGLISH else stem(lowered)


STANDARD = standard(LONGEST)
# QUERIES 6: Microsoft's English keeps `one`, so a light stemmer is nearer to it than Porter's.
ENGLISH_STAND_IN = chain((), STANDARD, (each(possessive), lower_case, each(stemming.singular)))
BUILT_IN: dict[str, Analyzer] = {
    "standardasciifolding.lucene": chain((), STANDARD, (lower_case, each(fold))),
    "en.lucene": Wordwise(LONGEST, english),
    "keyword": keyword(),
    "whitespace": whitespace,
    "simple": lowercase,
}
PREDEFINED = {
    "standard.lucene": predefined("StandardAnalyzer"),
    "standard": predefined("StandardAnalyzer"),
    "pattern": predefined("PatternAnalyzer"),
    "stop": predefined("StopAnalyzer"),
}
