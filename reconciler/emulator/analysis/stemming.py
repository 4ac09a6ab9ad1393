"""Token filters that stem, and those that keep words from it."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from typing import Any

from reconciler.emulator.analysis.definitions import not_emulated
from reconciler.emulator.analysis.porter import stem
from reconciler.emulator.analysis.tokens import Token, TokenFilter
from reconciler.emulator.analysis.words import each, possessive

Body = dict[str, Any]


def stemmed(change: Callable[[str], str]) -> TokenFilter:
    """A filter that stems every token that is not marked as a keyword."""

    def run(tokens: list[Token]) -> list[Token]:
        return [token if token.keyword else token.changed(change(token.text)) for token in tokens]

    return run


porter = stemmed(stem)


@lru_cache(maxsize=65536)
def porter_2(word: str) -> str:
    """Snowball's English stemmer. Its objects hold a state, so each word has one of its own."""
    import snowballstemmer

    return str(snowballstemmer.stemmer("english").stemWord(word))


def singular(word: str) -> str:
    """Harman's S-stemmer (Lucene's EnglishMinimalStemmer)."""
    if len(word) < 3 or not word.endswith("s") or word[-2] in "us":
        return word
    if word[-2] != "e":
        return word[:-1]
    if word[-3] == "i" and len(word) > 3 and word[-4] not in "ae":
        return word[:-3] + "y"
    return word if word[-3] in "iaoe" else word[:-1]


def snowball(options: Body) -> TokenFilter:
    """Only for English: the other languages' stemmers changed since Lucene took them over."""
    language = options.get("language", "english")
    match language:
        case "english":
            return stemmed(porter_2)
        case "porter":
            return porter
    raise not_emulated("tokenFilters", f"snowball ({language})")


def stemmer(options: Body) -> TokenFilter:
    language = options.get("language", "english")
    match language:
        case "english":
            return porter
        case "porter2":
            return stemmed(porter_2)
        case "minimalEnglish":
            return stemmed(singular)
        case "possessiveEnglish":
            return each(possessive)
    raise not_emulated("tokenFilters", f"stemmer ({language})")


def marker(options: Body) -> TokenFilter:
    """keyword_marker: these words are not stemmed."""
    ignore_case = options["ignoreCase"]
    words = {word.lower() if ignore_case else word for word in options["keywords"]}

    def run(tokens: list[Token]) -> list[Token]:
        return [
            token._replace(keyword=True)
            if (token.text.lower() if ignore_case else token.text) in words
            else token
            for token in tokens
        ]

    return run


def override(options: Body) -> TokenFilter:
    """stemmer_override: these words have the given stems, and are keywords from then on."""
    pairs = (rule.partition("=>") for rule in options["rules"])
    stems = {word.strip(): given.strip() for word, _, given in pairs}

    def run(tokens: list[Token]) -> list[Token]:
        return [
            token._replace(text=stems[token.text], keyword=True)
            if token.text in stems and not token.keyword
            else token
            for token in tokens
        ]

    return run


def repeat(tokens: list[Token]) -> list[Token]:
    """keyword_repeat: every token twice, the first one kept from stemming."""
    return [copy for token in tokens for copy in (token._replace(keyword=True), token)]
