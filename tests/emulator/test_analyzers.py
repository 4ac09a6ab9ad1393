"""What analyzers and normalizers make of texts; every table has its source."""

from __future__ import annotations

from typing import Any

import pytest

from .analyzed import analyze, odata, words
from .conftest import Client, index_body

# QUERIES 6: the recorded `One's <two/>` and `One two`, and what it says of each analyzer.
BUILT_IN = [
    ("standard.lucene", "One's <two/>", ["one's", "two"]),
    ("standard.lucene", "24/7 24-hour", ["24", "7", "24", "hour"]),
    ("standard.lucene", "The one and the other", ["the", "one", "and", "the", "other"]),
    ("standard", "One two", ["one", "two"]),
    ("standardasciifolding.lucene", "Crème brûlée", ["creme", "brulee"]),
    ("keyword", "One two", ["One two"]),
    ("whitespace", "One <two/>", ["One", "<two/>"]),
    ("simple", "One's 2 two", ["one", "s", "two"]),
    ("stop", "The One and two", ["one", "two"]),
    ("pattern", "One-two, THREE_4", ["one", "two", "three_4"]),
    ("en.lucene", "One two", ["on", "two"]),
    ("en.lucene", "The hotel's hotels are very luxurious", ["hotel", "hotel", "veri", "luxuri"]),
]

# UAX #29 (its rules WB6 to WB13b) and the documentation of Lucene's StandardTokenizer.
STANDARD = [
    ("can't 'quoted' l'avion", ["can't", "quoted", "l'avion"]),
    ("U.S.A. example.com me@example.com", ["u.s.a", "example.com", "me", "example.com"]),
    ("3.14 1,000.5 $5 50%", ["3.14", "1,000.5", "5", "50"]),
    ("snake_case _x __", ["snake_case", "_x"]),
    ("naïve ÉTÉ e\u0301te\u0301", ["naïve", "été", "e\u0301te\u0301"]),
    ("日本 ひら カタカナ 한국어", ["日", "本", "ひ", "ら", "カタカナ", "한국어"]),
    ("ΣΊΣΥΦΟΣ İstanbul", ["σίσυφοσ", "istanbul"]),
    ("... --- !", []),
    ("", []),
]

# The paper's own examples (https://tartarus.org/martin/PorterStemmer/), then the two departures.
PORTER = {
    "caresses": "caress",
    "ponies": "poni",
    "agreed": "agre",
    "plastered": "plaster",
    "motoring": "motor",
    "sing": "sing",
    "conflated": "conflat",
    "hopping": "hop",
    "falling": "fall",
    "filing": "file",
    "happy": "happi",
    "sky": "sky",
    "relational": "relat",
    "vietnamization": "vietnam",
    "hopefulness": "hope",
    "electrical": "electr",
    "adjustable": "adjust",
    "adoption": "adopt",
    "probate": "probat",
    "rate": "rate",
    "controll": "control",
    "roll": "roll",
    "possibly": "possibl",
    "technology": "technolog",
    "is": "is",
}


@pytest.mark.parametrize(("name", "text", "expected"), BUILT_IN)
def test_built_in(docs: Client, name: str, text: str, expected: list[str]) -> None:
    assert words(docs, text, analyzer=name) == expected


@pytest.mark.parametrize(("text", "expected"), STANDARD)
def test_standard(docs: Client, text: str, expected: list[str]) -> None:
    assert words(docs, text, analyzer="standard.lucene") == expected


def test_porter(docs: Client) -> None:
    text = " ".join(PORTER)
    stems = words(docs, text, tokenizer="whitespace", tokenFilters=["porter_stem"])
    assert stems == list(PORTER.values())


@pytest.mark.parametrize(
    "text", ["a.b c:d 1:2", "1,2;3 a,b _1_a_", "x'1 'y' 1'2 a1.b2", "__ _a__b_"]
)
def test_ascii_is_nothing_special(docs: Client, text: str) -> None:
    found = words(docs, text, analyzer="standard.lucene")
    assert found == words(docs, text + " é", analyzer="standard.lucene")[:-1]


def test_long_tokens_are_split(docs: Client) -> None:
    found = analyze(docs, "x" * 300, analyzer="standard.lucene")
    assert found == [("x" * 255, 0, 255, 0), ("x" * 45, 255, 300, 1)]


def test_removed_words_leave_gaps(docs: Client) -> None:
    found = analyze(docs, "the cat in the hat", analyzer="en.lucene")
    assert found == [("cat", 4, 7, 1), ("hat", 15, 18, 4)]


def test_offsets_count_utf16_units(docs: Client) -> None:
    assert analyze(docs, "😀 two", analyzer="standard.lucene") == [("two", 3, 6, 0)]


def test_custom_analyzer(client: Client) -> None:
    body = index_body(
        analyzers=[
            odata(
                "CustomAnalyzer",
                "mine",
                tokenizer="words",
                tokenFilters=["lowercase", "kept", "porter_stem", "stems"],
                charFilters=["html_strip", "signs"],
            )
        ],
        tokenizers=[odata("StandardTokenizerV2", "words")],
        tokenFilters=[
            odata("KeywordMarkerTokenFilter", "kept", keywords=["hotels"]),
            odata("StemmerOverrideTokenFilter", "stems", rules=["room => chamber"]),
        ],
        charFilters=[odata("MappingCharFilter", "signs", mappings=["&=> and "])],
    )
    client.made("/indexes/docs", body)
    found = words(client, "<b>Hotels</b> &amp; Rooms", analyzer="mine")
    assert found == ["hotels", "and", "chamber"]


# A list of its own is what a StopAnalyzer has instead of the English one.
ANALYZERS: list[tuple[str, dict[str, Any], list[str]]] = [
    ("StandardAnalyzer", {"stopwords": ["one"]}, ["the", "two"]),
    ("StandardAnalyzer", {"maxTokenLength": 2}, ["th", "e", "on", "e", "tw", "o"]),
    ("StopAnalyzer", {"stopwords": ["one"]}, ["the", "two"]),
    ("StopAnalyzer", {}, ["one", "two"]),
    ("PatternAnalyzer", {"pattern": "o", "lowercase": False}, ["The One tw"]),
    ("PatternAnalyzer", {"stopwords": ["the"]}, ["one", "two"]),
]


@pytest.mark.parametrize(("kind", "options", "expected"), ANALYZERS)
def test_defined_analyzer(
    client: Client, kind: str, options: dict[str, Any], expected: list[str]
) -> None:
    client.made("/indexes/docs", index_body(analyzers=[odata(kind, "mine", **options)]))
    assert words(client, "The One two", analyzer="mine") == expected


# QUERIES 6.
NORMALIZERS = [
    ("standard", "grand hotel"),
    ("lowercase", "grand hôtel"),
    ("uppercase", "GRAND HÔTEL"),
    ("asciifolding", "Grand Hotel"),
    ("elision", "Grand Hôtel"),
    ("mine", "grand_hôtel"),
]


@pytest.mark.parametrize(("name", "expected"), NORMALIZERS)
def test_normalizer(client: Client, name: str, expected: str) -> None:
    mine = odata("CustomNormalizer", "mine", charFilters=["blanks"], tokenFilters=["lowercase"])
    blanks = odata("MappingCharFilter", "blanks", mappings=[r"\u0020=>_"])
    client.made("/indexes/docs", index_body(normalizers=[mine], charFilters=[blanks]))
    assert analyze(client, "Grand Hôtel", normalizer=name) == [(expected, 0, 11, 0)]
