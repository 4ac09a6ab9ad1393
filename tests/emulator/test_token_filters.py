"""What token filters make of tokens, by their documentation."""

from __future__ import annotations

from typing import Any

import pytest

from .analyzed import analyze, odata, words
from .conftest import Client, index_body

# What the swagger says each does, with its documented defaults.
FILTERS = [
    ("lowercase", "One TWO", ["one", "two"]),
    ("uppercase", "One straße", ["ONE", "STRAßE"]),
    ("asciifolding", "Łódź “æ” ﬁ ２ ά", ["Lodz", '"ae"', "fi", "2", "ά"]),
    ("reverse", "One two", ["enO", "owt"]),
    ("stopwords", "the The two", ["The", "two"]),
    ("limit", "One two", ["One"]),
    ("unique", "a b a", ["a", "b"]),
    ("elision", "l'avion d'or o'clock", ["avion", "or", "o'clock"]),
    ("edgeNGram_v2", "One two", ["O", "On", "t", "tw"]),
    ("nGram_v2", "One", ["O", "On", "n", "ne", "e"]),
    ("shingle", "a b c", ["a", "a b", "b", "b c", "c"]),
    ("snowball", "possibly generously", ["possibl", "generous"]),
    ("stemmer", "possibly hotels", ["possibl", "hotel"]),
    ("cjk_width", "ＡＢ ｶﾞ", ["AB", "ガ"]),
    ("german_normalization", "häuser haeuser steuer groß", ["hauser", "hauser", "steuer", "gross"]),
    ("scandinavian_normalization", "blåbærsyltetøj blaabaersyltetoej", ["blåbærsyltetøj"] * 2),
    ("scandinavian_folding", "räksmörgås blaabaer", ["raksmorgas", "blabar"]),
    ("keyword_repeat", "hotels", ["hotels", "hotels"]),
    ("word_delimiter", "Wi-Fi's PowerShot500", ["Wi", "Fi", "Power", "Shot", "500"]),
]


@pytest.mark.parametrize(("name", "text", "expected"), FILTERS)
def test_filter(docs: Client, name: str, text: str, expected: list[str]) -> None:
    assert words(docs, text, tokenizer="whitespace", tokenFilters=[name]) == expected


# Kind of filter, options, text, tokens with positions.
DEFINED: list[tuple[str, dict[str, Any], str, list[tuple[str, int]]]] = [
    ("AsciiFoldingTokenFilter", {"preserveOriginal": True}, "é e", [("e", 0), ("é", 0), ("e", 1)]),
    (
        "StopwordsTokenFilter",
        {"stopwords": ["B"], "ignoreCase": True},
        "a b c",
        [("a", 0), ("c", 2)],
    ),
    ("LengthTokenFilter", {"min": 2, "max": 3}, "a bb cccc dd", [("bb", 1), ("dd", 3)]),
    (
        "DictionaryDecompounderTokenFilter",
        {"wordList": ["dampf", "schiff", "schifffahrt"]},
        "dampfschifffahrt",
        [("dampfschifffahrt", 0), ("dampf", 0), ("schiff", 0), ("schifffahrt", 0)],
    ),
    (
        "DictionaryDecompounderTokenFilter",
        {"wordList": ["dampf", "schiff", "schifffahrt"], "onlyLongestMatch": True},
        "dampfschifffahrt",
        [("dampfschifffahrt", 0), ("dampf", 0), ("schifffahrt", 0)],
    ),
    (
        "PatternCaptureTokenFilter",
        {"patterns": ["([a-z]+)", "([0-9]+)"], "preserveOriginal": False},
        "abc123 -",
        [("abc", 0), ("123", 0), ("-", 1)],
    ),
    ("PatternCaptureTokenFilter", {"patterns": ["(a)"]}, "ab a", [("ab", 0), ("a", 0), ("a", 1)]),
    ("TruncateTokenFilter", {"length": 2}, "abc d", [("ab", 0), ("d", 1)]),
    ("KeepTokenFilter", {"keepWords": ["b"]}, "a b", [("b", 1)]),
    ("LimitTokenFilter", {"maxTokenCount": 2}, "a b c", [("a", 0), ("b", 1)]),
    ("ElisionTokenFilter", {"articles": ["o"]}, "o'clock l'or", [("clock", 0), ("l'or", 1)]),
    (
        "EdgeNGramTokenFilterV2",
        {"minGram": 2, "maxGram": 3, "side": "back"},
        "abcd a",
        [("cd", 0), ("bcd", 0)],
    ),
    (
        "NGramTokenFilterV2",
        {"minGram": 2, "maxGram": 3},
        "abc d",
        [("ab", 0), ("abc", 0), ("bc", 0)],
    ),
    (
        "PatternReplaceTokenFilter",
        {"pattern": r"(\d)-(\d)", "replacement": "$2$1"},
        "1-2",
        [("21", 0)],
    ),
    ("UniqueTokenFilter", {"onlyOnSamePosition": True}, "a a", [("a", 0), ("a", 1)]),
    (
        "StemmerTokenFilter",
        {"language": "minimalEnglish"},
        "ponies roses",
        [("pony", 0), ("rose", 1)],
    ),
    ("StemmerTokenFilter", {"language": "possessiveEnglish"}, "Ann's", [("Ann", 0)]),
    ("SynonymTokenFilter", {"synonyms": ["a, b"]}, "b c", [("b", 0), ("a", 0), ("c", 1)]),
    ("SynonymTokenFilter", {"synonyms": ["a, b"], "expand": False}, "b", [("a", 0)]),
    (
        "SynonymTokenFilter",
        {"synonyms": ["A=>x, y"], "ignoreCase": True},
        "a",
        [("x", 0), ("y", 0)],
    ),
    (
        "CommonGramTokenFilter",
        {"commonWords": ["of"]},
        "a of b",
        [("a", 0), ("a_of", 0), ("of", 1), ("of_b", 1), ("b", 2)],
    ),
    (
        "CommonGramTokenFilter",
        {"commonWords": ["of"], "queryMode": True},
        "a of b c",
        [("a_of", 0), ("of_b", 1), ("c", 3)],
    ),
    (
        "ShingleTokenFilter",
        {"maxShingleSize": 3, "outputUnigrams": False, "tokenSeparator": "+"},
        "a b c",
        [("a+b", 0), ("a+b+c", 0), ("b+c", 1)],
    ),
    (
        "ShingleTokenFilter",
        {"outputUnigrams": False, "outputUnigramsIfNoShingles": True},
        "a",
        [("a", 0)],
    ),
    (
        "WordDelimiterTokenFilter",
        {"preserveOriginal": True},
        "a-b c",
        [("a-b", 0), ("a", 0), ("b", 1), ("c", 2)],
    ),
    (
        "WordDelimiterTokenFilter",
        {"catenateWords": True, "catenateNumbers": True},
        "wi-fi-40-50",
        [("wi", 0), ("wifi", 0), ("fi", 1), ("40", 2), ("4050", 2), ("50", 3)],
    ),
    (
        "WordDelimiterTokenFilter",
        {"catenateAll": True, "generateNumberParts": False},
        "AzureSearch-1 x",
        [("Azure", 0), ("AzureSearch1", 0), ("Search", 1), ("x", 2)],
    ),
    (
        "WordDelimiterTokenFilter",
        {"catenateWords": True, "catenateAll": True, "generateWordParts": False},
        "wi-fi",
        [("wifi", 0)],
    ),
    (
        "WordDelimiterTokenFilter",
        {"protectedWords": ["a-b"], "splitOnCaseChange": False},
        "a-b aB-c",
        [("a-b", 0), ("aB", 1), ("c", 2)],
    ),
]


@pytest.mark.parametrize(("kind", "options", "text", "expected"), DEFINED)
def test_defined_filter(
    client: Client, kind: str, options: dict[str, Any], text: str, expected: list[tuple[str, int]]
) -> None:
    client.made("/indexes/docs", index_body(tokenFilters=[odata(kind, "mine", **options)]))
    found = analyze(client, text, tokenizer="whitespace", tokenFilters=["mine"])
    assert [(token, position) for token, _, _, position in found] == expected
