"""Token filters: what becomes of each token.

Defaults and maxima are those of the schema (FACTS, last section).
https://learn.microsoft.com/azure/search/index-add-custom-analyzers#token-filters
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any, Literal

from pydantic import Field

from reconciler.providers.search.kinds.index.component import Component
from reconciler.providers.search.kinds.index.languages import (
    SnowballLanguage,
    StemmerLanguage,
    StopwordsList,
)
from reconciler.schema.marks import ServerDefault, Unordered

Script = Literal["han", "hiragana", "katakana", "hangul"]

Side = Literal["front", "back"]

PhoneticEncoder = Literal[
    "metaphone",
    "doubleMetaphone",
    "soundex",
    "refinedSoundex",
    "caverphone1",
    "caverphone2",
    "cologne",
    "nysiis",
    "koelnerPhonetik",
    "haasePhonetik",
    "beiderMorse",
]


def _stopwords_list(stopwords_filter: Mapping[str, Any]) -> str | None:
    """The known list and a list of one's own exclude each other."""
    return None if stopwords_filter.get("stopwords") else "english"


class AsciiFoldingTokenFilter(Component):
    """Letters beyond ASCII to their nearest ASCII ones."""

    odata_type: Literal["#Microsoft.Azure.Search.AsciiFoldingTokenFilter"] = Field(
        alias="@odata.type"
    )
    preserveOriginal: Annotated[bool | None, ServerDefault(False)] = None


class CjkBigramTokenFilter(Component):
    """Pairs of Chinese, Japanese and Korean characters."""

    odata_type: Literal["#Microsoft.Azure.Search.CjkBigramTokenFilter"] = Field(alias="@odata.type")
    ignoreScripts: Annotated[list[Script] | None, Unordered()] = None
    outputUnigrams: Annotated[bool | None, ServerDefault(False)] = None


class CommonGramTokenFilter(Component):
    """Pairs of common words with their neighbours."""

    odata_type: Literal["#Microsoft.Azure.Search.CommonGramTokenFilter"] = Field(
        alias="@odata.type"
    )
    commonWords: Annotated[list[str], Unordered()]
    ignoreCase: Annotated[bool | None, ServerDefault(False)] = None
    queryMode: Annotated[bool | None, ServerDefault(False)] = None


class DictionaryDecompounderTokenFilter(Component):
    """Parts of compound words, found in a list."""

    odata_type: Literal["#Microsoft.Azure.Search.DictionaryDecompounderTokenFilter"] = Field(
        alias="@odata.type"
    )
    wordList: Annotated[list[str], Unordered()]
    minWordSize: Annotated[int | None, ServerDefault(5), Field(le=300)] = None
    minSubwordSize: Annotated[int | None, ServerDefault(2), Field(le=300)] = None
    maxSubwordSize: Annotated[int | None, ServerDefault(15), Field(le=300)] = None
    onlyLongestMatch: Annotated[bool | None, ServerDefault(False)] = None


class EdgeNGramTokenFilter(Component):
    """The beginnings (or ends) of tokens, old form."""

    odata_type: Literal["#Microsoft.Azure.Search.EdgeNGramTokenFilter"] = Field(alias="@odata.type")
    minGram: Annotated[int | None, ServerDefault(1)] = None
    maxGram: Annotated[int | None, ServerDefault(2)] = None
    side: Annotated[Side | None, ServerDefault("front")] = None


class EdgeNGramTokenFilterV2(Component):
    """The beginnings (or ends) of tokens."""

    odata_type: Literal["#Microsoft.Azure.Search.EdgeNGramTokenFilterV2"] = Field(
        alias="@odata.type"
    )
    minGram: Annotated[int | None, ServerDefault(1), Field(le=300)] = None
    maxGram: Annotated[int | None, ServerDefault(2), Field(le=300)] = None
    side: Annotated[Side | None, ServerDefault("front")] = None


class ElisionTokenFilter(Component):
    """Drops elided articles: l'avion is avion."""

    odata_type: Literal["#Microsoft.Azure.Search.ElisionTokenFilter"] = Field(alias="@odata.type")
    articles: Annotated[list[str] | None, Unordered()] = None


class KeepTokenFilter(Component):
    """Keeps the words of a list and nothing else."""

    odata_type: Literal["#Microsoft.Azure.Search.KeepTokenFilter"] = Field(alias="@odata.type")
    keepWords: Annotated[list[str], Unordered()]
    keepWordsCase: Annotated[bool | None, ServerDefault(False)] = None


class KeywordMarkerTokenFilter(Component):
    """Protects words from being stemmed."""

    odata_type: Literal["#Microsoft.Azure.Search.KeywordMarkerTokenFilter"] = Field(
        alias="@odata.type"
    )
    keywords: Annotated[list[str], Unordered()]
    ignoreCase: Annotated[bool | None, ServerDefault(False)] = None


class LengthTokenFilter(Component):
    """Drops tokens that are too short or too long."""

    odata_type: Literal["#Microsoft.Azure.Search.LengthTokenFilter"] = Field(alias="@odata.type")
    min: Annotated[int | None, ServerDefault(0), Field(le=300)] = None
    max: Annotated[int | None, ServerDefault(300), Field(le=300)] = None


class LimitTokenFilter(Component):
    """The first tokens only."""

    odata_type: Literal["#Microsoft.Azure.Search.LimitTokenFilter"] = Field(alias="@odata.type")
    maxTokenCount: Annotated[int | None, ServerDefault(1)] = None
    consumeAllTokens: Annotated[bool | None, ServerDefault(False)] = None


class NGramTokenFilter(Component):
    """All substrings of some lengths, old form."""

    odata_type: Literal["#Microsoft.Azure.Search.NGramTokenFilter"] = Field(alias="@odata.type")
    minGram: Annotated[int | None, ServerDefault(1)] = None
    maxGram: Annotated[int | None, ServerDefault(2)] = None


class NGramTokenFilterV2(Component):
    """All substrings of some lengths."""

    odata_type: Literal["#Microsoft.Azure.Search.NGramTokenFilterV2"] = Field(alias="@odata.type")
    minGram: Annotated[int | None, ServerDefault(1), Field(le=300)] = None
    maxGram: Annotated[int | None, ServerDefault(2), Field(le=300)] = None


class PatternCaptureTokenFilter(Component):
    """One token for every group that a regular expression captures."""

    odata_type: Literal["#Microsoft.Azure.Search.PatternCaptureTokenFilter"] = Field(
        alias="@odata.type"
    )
    patterns: list[str]
    preserveOriginal: Annotated[bool | None, ServerDefault(True)] = None


class PatternReplaceTokenFilter(Component):
    """Replaces what a regular expression matches in a token."""

    odata_type: Literal["#Microsoft.Azure.Search.PatternReplaceTokenFilter"] = Field(
        alias="@odata.type"
    )
    pattern: str
    replacement: str


class PhoneticTokenFilter(Component):
    """Tokens by their sound."""

    odata_type: Literal["#Microsoft.Azure.Search.PhoneticTokenFilter"] = Field(alias="@odata.type")
    encoder: Annotated[PhoneticEncoder | None, ServerDefault("metaphone")] = None
    replace: Annotated[bool | None, ServerDefault(True)] = None


class ShingleTokenFilter(Component):
    """Runs of tokens joined to one."""

    odata_type: Literal["#Microsoft.Azure.Search.ShingleTokenFilter"] = Field(alias="@odata.type")
    maxShingleSize: Annotated[int | None, ServerDefault(2), Field(ge=2)] = None
    minShingleSize: Annotated[int | None, ServerDefault(2), Field(ge=2)] = None
    outputUnigrams: Annotated[bool | None, ServerDefault(True)] = None
    outputUnigramsIfNoShingles: Annotated[bool | None, ServerDefault(False)] = None
    tokenSeparator: Annotated[str | None, ServerDefault(" ")] = None
    filterToken: Annotated[str | None, ServerDefault("_")] = None


class SnowballTokenFilter(Component):
    """Stems by the Snowball rules of a language."""

    odata_type: Literal["#Microsoft.Azure.Search.SnowballTokenFilter"] = Field(alias="@odata.type")
    language: SnowballLanguage


class StemmerTokenFilter(Component):
    """Stems by a language's rules."""

    odata_type: Literal["#Microsoft.Azure.Search.StemmerTokenFilter"] = Field(alias="@odata.type")
    language: StemmerLanguage


class StemmerOverrideTokenFilter(Component):
    """Stems of your own, before any other stemmer."""

    odata_type: Literal["#Microsoft.Azure.Search.StemmerOverrideTokenFilter"] = Field(
        alias="@odata.type"
    )
    rules: list[str]


class StopwordsTokenFilter(Component):
    """Drops stopwords, of a list of yours or a known one."""

    odata_type: Literal["#Microsoft.Azure.Search.StopwordsTokenFilter"] = Field(alias="@odata.type")
    stopwords: Annotated[list[str] | None, Unordered()] = None
    stopwordsList: Annotated[StopwordsList | None, ServerDefault(_stopwords_list)] = None
    ignoreCase: Annotated[bool | None, ServerDefault(False)] = None
    removeTrailing: Annotated[bool | None, ServerDefault(True)] = None


class SynonymTokenFilter(Component):
    """Synonyms, while indexing."""

    odata_type: Literal["#Microsoft.Azure.Search.SynonymTokenFilter"] = Field(alias="@odata.type")
    synonyms: list[str]
    ignoreCase: Annotated[bool | None, ServerDefault(False)] = None
    expand: Annotated[bool | None, ServerDefault(True)] = None


class TruncateTokenFilter(Component):
    """Cuts tokens that are too long."""

    odata_type: Literal["#Microsoft.Azure.Search.TruncateTokenFilter"] = Field(alias="@odata.type")
    length: Annotated[int | None, ServerDefault(300), Field(le=300)] = None


class UniqueTokenFilter(Component):
    """Drops tokens that came before."""

    odata_type: Literal["#Microsoft.Azure.Search.UniqueTokenFilter"] = Field(alias="@odata.type")
    onlyOnSamePosition: Annotated[bool | None, ServerDefault(False)] = None


class WordDelimiterTokenFilter(Component):
    """Splits words at case, digits and punctuation, and joins the parts."""

    odata_type: Literal["#Microsoft.Azure.Search.WordDelimiterTokenFilter"] = Field(
        alias="@odata.type"
    )
    generateWordParts: Annotated[bool | None, ServerDefault(True)] = None
    generateNumberParts: Annotated[bool | None, ServerDefault(True)] = None
    catenateWords: Annotated[bool | None, ServerDefault(False)] = None
    catenateNumbers: Annotated[bool | None, ServerDefault(False)] = None
    catenateAll: Annotated[bool | None, ServerDefault(False)] = None
    splitOnCaseChange: Annotated[bool | None, ServerDefault(True)] = None
    preserveOriginal: Annotated[bool | None, ServerDefault(False)] = None
    splitOnNumerics: Annotated[bool | None, ServerDefault(True)] = None
    stemEnglishPossessive: Annotated[bool | None, ServerDefault(True)] = None
    protectedWords: Annotated[list[str] | None, Unordered()] = None
