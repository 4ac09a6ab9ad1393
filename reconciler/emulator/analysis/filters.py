"""Token filters by name, and those that keep or drop tokens."""

from __future__ import annotations

from collections.abc import Callable

from reconciler.emulator.analysis import (
    delimiter,
    grams,
    letters,
    rewriting,
    shingles,
    stemming,
    subwords,
)
from reconciler.emulator.analysis.definitions import (
    Body,
    defined,
    kind,
    not_emulated,
    predefined,
    unknown,
)
from reconciler.emulator.analysis.folding import folding
from reconciler.emulator.analysis.patterns import compiled, expand
from reconciler.emulator.analysis.stopwords import ENGLISH, stop
from reconciler.emulator.analysis.tokens import Token, TokenFilter
from reconciler.emulator.analysis.words import (
    FRENCH_ARTICLES,
    before_apostrophe,
    each,
    elision,
    lower,
    upper,
)


def token_filter(index: Body, name: str) -> TokenFilter:
    """A predefined token filter or one defined in the index.

    Raises:
        Refusal: there is none of this name, or the emulator does not have it.
    """
    if name in PLAIN:
        return PLAIN[name]
    if name in OTHERS:
        raise not_emulated("tokenFilters", name)
    definition = defined(index, "tokenFilters", name)
    if definition is None and name in PREDEFINED:
        definition = predefined(PREDEFINED[name])
    if definition is None:
        raise unknown("tokenFilters", name)
    build = KINDS.get(kind(definition))
    if build is None:
        raise not_emulated("tokenFilters", f"{name} ({kind(definition)})")
    return build(definition)


def keeping(wanted: Callable[[Token], bool]) -> TokenFilter:
    """A filter that drops the other tokens; each leaves a gap in the positions."""
    return lambda tokens: [token for token in tokens if wanted(token)]


def length(options: Body) -> TokenFilter:
    shortest, longest = options["min"], options["max"]
    return keeping(lambda token: shortest <= len(token.text) <= longest)


def limit(options: Body) -> TokenFilter:
    count = options["maxTokenCount"]
    return lambda tokens: tokens[:count]


def keep(options: Body) -> TokenFilter:
    fold = options["keepWordsCase"]
    words = {word.lower() if fold else word for word in options["keepWords"]}
    return keeping(lambda token: (token.text.lower() if fold else token.text) in words)


def stopwords(options: Body) -> TokenFilter:
    words, named = options.get("stopwords"), options.get("stopwordsList", "english")
    if not options.get("removeTrailing", True):
        raise not_emulated("tokenFilters", "stopwords (removeTrailing false)")
    if not words and named != "english":
        raise not_emulated("tokenFilters", f"stopwords ({named})")
    return stop(words or ENGLISH, options["ignoreCase"])


def unique(options: Body) -> TokenFilter:
    """Drops a token whose text was there before: anywhere, or at the same position."""
    here = options["onlyOnSamePosition"]

    def run(tokens: list[Token]) -> list[Token]:
        seen: set[tuple[str, int]] = set()
        kept = []
        for token in tokens:
            key = (token.text, token.position if here else 0)
            if key not in seen:
                kept.append(token)
            seen.add(key)
        return kept

    return run


def truncate(options: Body) -> TokenFilter:
    longest = options["length"]
    return each(lambda text: text[:longest])


def pattern_replace(options: Body) -> TokenFilter:
    found = compiled(options["pattern"])
    expanded = expand(found, options["replacement"])
    return each(lambda text: found.sub(expanded, text))


PLAIN: dict[str, TokenFilter] = {
    "lowercase": each(lower),
    "uppercase": each(upper),
    "trim": each(str.strip),
    "reverse": each(lambda text: text[::-1]),
    "apostrophe": each(before_apostrophe),
    "porter_stem": stemming.porter,
    "keyword_repeat": stemming.repeat,
    "cjk_width": each(letters.cjk_width),
    "german_normalization": each(letters.german),
    "scandinavian_normalization": each(letters.scandinavian),
    "scandinavian_folding": each(letters.scandinavian_folded),
}
PREDEFINED = {
    "asciifolding": "AsciiFoldingTokenFilter",
    "edgeNGram_v2": "EdgeNGramTokenFilterV2",
    "nGram_v2": "NGramTokenFilterV2",
    "elision": "ElisionTokenFilter",
    "length": "LengthTokenFilter",
    "limit": "LimitTokenFilter",
    "shingle": "ShingleTokenFilter",
    "snowball": "SnowballTokenFilter",
    "stemmer": "StemmerTokenFilter",
    "stopwords": "StopwordsTokenFilter",
    "truncate": "TruncateTokenFilter",
    "unique": "UniqueTokenFilter",
    "word_delimiter": "WordDelimiterTokenFilter",
}
KNOWN = (
    "cjk_bigram classic common_grams kstem phonetic arabic_normalization "
    "hindi_normalization indic_normalization persian_normalization "
    "sorani_normalization"
)
OTHERS = frozenset(KNOWN.split())
KINDS: dict[str, Callable[[Body], TokenFilter]] = {
    "AsciiFoldingTokenFilter": lambda options: folding(options["preserveOriginal"]),
    "CommonGramTokenFilter": shingles.common_grams,
    "DictionaryDecompounderTokenFilter": subwords.decompounder,
    "EdgeNGramTokenFilterV2": grams.edge_grams,
    "ElisionTokenFilter": lambda options: each(
        elision(options.get("articles") or FRENCH_ARTICLES.split())
    ),
    "KeepTokenFilter": keep,
    "KeywordMarkerTokenFilter": stemming.marker,
    "LengthTokenFilter": length,
    "LimitTokenFilter": limit,
    "NGramTokenFilterV2": grams.grams,
    "PatternCaptureTokenFilter": subwords.capture,
    "PatternReplaceTokenFilter": pattern_replace,
    "ShingleTokenFilter": shingles.shingle,
    "SnowballTokenFilter": stemming.snowball,
    "StemmerOverrideTokenFilter": stemming.override,
    "StemmerTokenFilter": stemming.stemmer,
    "StopwordsTokenFilter": stopwords,
    "SynonymTokenFilter": rewriting.synonyms,
    "TruncateTokenFilter": truncate,
    "UniqueTokenFilter": unique,
    "WordDelimiterTokenFilter": delimiter.word_delimiter,
}
