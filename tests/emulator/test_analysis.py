"""What texts become, asked of `search.analyze`; each table says where its expectations are from."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from .conftest import Client, index_body

Spans = list[tuple[str, int, int, int]]


def analyze(client: Client, text: str, **request: Any) -> Spans:
    """Tokens with start, end and position."""
    reply = client.post("/indexes('docs')/search.analyze", {"text": text, **request})
    assert reply.status_code == 200, reply.text
    return [
        (token["token"], token["startOffset"], token["endOffset"], token["position"])
        for token in reply.json()["tokens"]
    ]


def words(client: Client, text: str, **request: Any) -> list[str]:
    return [token for token, *_ in analyze(client, text, **request)]


@pytest.fixture
def docs(client: Client) -> Client:
    """A client of a service with a plain index."""
    client.made("/indexes/docs", index_body())
    return client


def test_recorded(shared: Path, client: Client) -> None:
    path = shared / "recordings-2020" / "test_search_index_client_live.test_analyze_text.json"
    entry = json.loads(path.read_text(encoding="utf-8"))[0]
    client.made("/indexes/drgqefsg", index_body("drgqefsg"), version="2020-06-30")
    reply = client.post(entry["uri"].split("?")[0], entry["request_body"], version="2020-06-30")
    assert reply.status_code == entry["status"]
    ours, recorded = reply.json(), entry["response_body"]
    assert ours["tokens"] == recorded["tokens"]
    kind = "#Microsoft.Azure.Search.V2020_06_30.AnalyzeResult"
    assert ours["@odata.context"].endswith("/$metadata" + kind)
    assert recorded["@odata.context"].endswith("/$metadata" + kind)


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


def test_long_tokens_are_split(docs: Client) -> None:
    found = analyze(docs, "x" * 300, analyzer="standard.lucene")
    assert found == [("x" * 255, 0, 255, 0), ("x" * 45, 255, 300, 1)]


def test_removed_words_leave_gaps(docs: Client) -> None:
    found = analyze(docs, "the cat in the hat", analyzer="en.lucene")
    assert found == [("cat", 4, 7, 1), ("hat", 15, 18, 4)]


def test_offsets_count_utf16_units(docs: Client) -> None:
    assert analyze(docs, "😀 two", analyzer="standard.lucene") == [("two", 3, 6, 0)]


# QUERIES 6, recorded for `One two`.
TOKENIZERS = [
    ("standard_v2", ["One", "two"]),
    ("letter", ["One", "two"]),
    ("pattern", ["One", "two"]),
    ("whitespace", ["One", "two"]),
    ("lowercase", ["one", "two"]),
    ("keyword_v2", ["One two"]),
    ("edgeNGram", ["O"]),
    ("path_hierarchy_v2", []),
]
TWO_GRAMS = ["O", "On", "n", "ne", "e", "e ", " ", " t", "t", "tw", "w", "wo", "o"]


@pytest.mark.parametrize(("name", "expected"), [*TOKENIZERS, ("nGram", TWO_GRAMS)])
def test_tokenizer(docs: Client, name: str, expected: list[str]) -> None:
    assert words(docs, "One two", tokenizer=name) == expected


def test_recorded_filters(docs: Client) -> None:
    """QUERIES 6: CustomAnalyzerTests/CanAnalyze."""
    asked = {"tokenFilters": ["apostrophe"], "charFilters": ["html_strip"]}
    assert analyze(docs, "One's <two/>", tokenizer="whitespace", **asked) == [("One", 0, 5, 0)]


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


def odata(kind: str, name: str, **options: Any) -> dict[str, Any]:
    return {"@odata.type": f"#Microsoft.Azure.Search.{kind}", "name": name, **options}


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


TOKENIZING: list[tuple[str, dict[str, Any], str, list[str]]] = [
    ("StandardTokenizerV2", {"maxTokenLength": 3}, "abcde f", ["abc", "de", "f"]),
    ("KeywordTokenizerV2", {"maxTokenLength": 4}, "One two", ["One ", "two"]),
    ("PatternTokenizer", {"pattern": ",\\s*"}, "a, b,c", ["a", "b", "c"]),
    ("PatternTokenizer", {"pattern": "'(.*?)'", "group": 1}, "x 'a' 'b c'", ["a", "b c"]),
    ("PatternTokenizer", {"pattern": "x", "flags": "CASE_INSENSITIVE"}, "aXb", ["a", "b"]),
    (
        "NGramTokenizer",
        {"minGram": 2, "maxGram": 2, "tokenChars": ["letter"]},
        "ab1cde",
        ["ab", "cd", "de"],
    ),
    ("EdgeNGramTokenizer", {"tokenChars": ["letter", "digit"]}, "ab-c1", ["a", "ab", "c", "c1"]),
    ("PathHierarchyTokenizerV2", {}, "/a/b", ["/a", "/a/b"]),
    (
        "PathHierarchyTokenizerV2",
        {"delimiter": "-", "replacement": "/", "skip": 1},
        "a-b-c",
        ["/b", "/b/c"],
    ),
    (
        "PathHierarchyTokenizerV2",
        {"delimiter": ".", "replacement": ".", "reverse": True},
        "www.a.com",
        ["www.a.com", "a.com", "com"],
    ),
]


@pytest.mark.parametrize(("kind", "options", "text", "expected"), TOKENIZING)
def test_defined_tokenizer(
    client: Client, kind: str, options: dict[str, Any], text: str, expected: list[str]
) -> None:
    client.made("/indexes/docs", index_body(tokenizers=[odata(kind, "mine", **options)]))
    assert words(client, text, tokenizer="mine") == expected


# The offsets are those of the original text.
CHARACTERS: list[tuple[str, dict[str, Any], str, Spans]] = [
    (
        "MappingCharFilter",
        {"mappings": ["-=>_", "ph=>f"]},
        "a-b phone",
        [("a_b", 0, 3, 0), ("fone", 4, 9, 1)],
    ),
    ("MappingCharFilter", {"mappings": [r"ß=>ss", r"\u0020=>"]}, "ß a", [("ssa", 0, 3, 0)]),
    (
        "PatternReplaceCharFilter",
        {"pattern": r"(\d+)-(\d+)", "replacement": "$1"},
        "10-20 b",
        [("10", 0, 5, 0), ("b", 6, 7, 1)],
    ),
]


@pytest.mark.parametrize(("kind", "options", "text", "expected"), CHARACTERS)
def test_char_filter(
    client: Client, kind: str, options: dict[str, Any], text: str, expected: Spans
) -> None:
    client.made("/indexes/docs", index_body(charFilters=[odata(kind, "mine", **options)]))
    assert analyze(client, text, tokenizer="whitespace", charFilters=["mine"]) == expected


def test_html_strip(docs: Client) -> None:
    text = "<p>a<b>b</b></p>c<!-- d --> &amp; <script>e < f</script> &#101; &eacute; 1 < 2"
    found = words(docs, text, tokenizer="whitespace", charFilters=["html_strip"])
    assert found == ["ab", "c", "&", "e", "é", "1", "<", "2"]


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


NOT_EMULATED: list[tuple[dict[str, Any], str]] = [
    ({"analyzer": "en.microsoft"}, "analyzer 'en.microsoft'"),
    ({"analyzer": "ja.lucene"}, "analyzer 'ja.lucene'"),
    ({"tokenizer": "microsoft_language_tokenizer"}, "tokenizer 'microsoft_language_tokenizer'"),
    ({"tokenizer": "letter", "tokenFilters": ["kstem"]}, "token filter 'kstem'"),
    ({"tokenizer": "letter", "tokenFilters": ["phonetic"]}, "token filter 'phonetic'"),
]


@pytest.mark.parametrize(("request_", "named"), NOT_EMULATED)
def test_not_emulated(docs: Client, request_: dict[str, Any], named: str) -> None:
    reply = docs.post("/indexes/docs/analyze", {"text": "One", **request_})
    assert reply.status_code == 501
    assert named in reply.json()["error"]["message"]


def test_approximated(connect: Callable[..., Client]) -> None:
    """Chosen by whoever starts the emulator (rule analyzer-approximated)."""
    client = connect(language_analyzers="approximated")
    client.made("/indexes/docs", index_body())
    assert words(client, "The Hotel's rooms", analyzer="en.microsoft") == ["the", "hotel", "room"]
    assert words(client, "Die Häuser", analyzer="de.lucene") == ["die", "häuser"]
    assert words(client, "The possibly hotels", analyzer="en.lucene") == ["possibl", "hotel"]
    assert client.post("/indexes/docs/analyze", {"text": "a", "analyzer": "x"}).status_code == 400


NOT_EMULATED_OPTIONS: list[tuple[str, dict[str, Any], str]] = [
    ("StemmerTokenFilter", {"language": "german"}, "stemmer (german)"),
    ("SnowballTokenFilter", {"language": "swedish"}, "snowball (swedish)"),
    ("StopwordsTokenFilter", {"stopwordsList": "french"}, "stopwords (french)"),
    ("SynonymTokenFilter", {"synonyms": ["wi fi, wifi"]}, "wi fi"),
    ("PhoneticTokenFilter", {}, "PhoneticTokenFilter"),
]


@pytest.mark.parametrize(("kind", "options", "named"), NOT_EMULATED_OPTIONS)
def test_option_not_emulated(
    client: Client, kind: str, options: dict[str, Any], named: str
) -> None:
    client.made("/indexes/docs", index_body(tokenFilters=[odata(kind, "mine", **options)]))
    asked = {"text": "One", "tokenizer": "letter", "tokenFilters": ["mine"]}
    reply = client.post("/indexes/docs/analyze", asked)
    assert reply.status_code == 501
    assert named in reply.json()["error"]["message"]


REFUSED: list[tuple[dict[str, Any], str]] = [
    ({"analyzer": "nobody"}, "no analyzer named 'nobody'"),
    ({"normalizer": "nobody"}, "no normalizer named 'nobody'"),
    ({"tokenizer": "nobody"}, "no tokenizer named 'nobody'"),
    ({"tokenizer": "letter", "tokenFilters": ["nobody"]}, "no token filter named 'nobody'"),
    ({"tokenizer": "letter", "charFilters": ["nobody"]}, "no char filter named 'nobody'"),
    ({}, "must be set"),
    ({"analyzer": "simple", "tokenFilters": ["lowercase"]}, "'tokenFilters'"),
    ({"tokenizer": "bad"}, "not a regular expression"),
    ({"tokenizer": "letter", "charFilters": ["bad"]}, "not of the form 'a=>b'"),
    ({"analyzer": "simple", "colour": "red"}, "'colour' does not exist"),
]


@pytest.mark.parametrize(("request_", "says"), REFUSED)
def test_refused(client: Client, request_: dict[str, Any], says: str) -> None:
    bad = odata("PatternTokenizer", "bad", pattern="(")
    worse = odata("MappingCharFilter", "bad", mappings=["a-b"])
    client.made("/indexes/docs", index_body(tokenizers=[bad], charFilters=[worse]))
    reply = client.post("/indexes/docs/analyze", {"text": "One", **request_})
    assert reply.status_code == 400
    assert says in reply.json()["error"]["message"]


OUT_OF_RANGE: list[tuple[str, dict[str, Any]]] = [
    ("tokenizers", odata("StandardTokenizerV2", "mine", maxTokenLength=0)),
    ("tokenizers", odata("StandardTokenizerV2", "mine", maxTokenLength=301)),
    ("tokenFilters", odata("ShingleTokenFilter", "mine", maxShingleSize=1)),
    ("tokenFilters", odata("NGramTokenFilterV2", "mine", minGram=3, maxGram=2)),
]


@pytest.mark.parametrize(("part", "definition"), OUT_OF_RANGE)
def test_out_of_range(client: Client, part: str, definition: dict[str, Any]) -> None:
    reply = client.put("/indexes/docs", index_body(**{part: [definition]}))
    assert reply.status_code == 400
    assert "'mine'" in reply.json()["error"]["message"]


def test_two_at_once(docs: Client) -> None:
    """Seen: github Azure/azure-sdk-for-net#23690."""
    asked = {"text": "One", "normalizer": "lowercase", "tokenizer": "letter"}
    error = docs.post("/indexes/docs/analyze", asked).json()["error"]
    assert error["code"] == "InvalidRequestParameter"
    said = "The 'normalizer' and the 'tokenizer' properties can't be set at the same time."
    detail = {"code": "InvalidAnalyzeRequest", "message": said + " Parameters: analyzeRequest"}
    assert error["details"] == [detail]


def test_text_is_required_and_so_is_an_index(client: Client) -> None:
    asked = {"text": "One", "analyzer": "simple"}
    assert client.post("/indexes/docs/analyze", asked).status_code == 404
    client.made("/indexes/docs", index_body())
    assert client.get("/indexes/docs/analyze").status_code == 405
    assert client.post("/indexes/docs/analyze", {"analyzer": "simple"}).status_code == 400


def test_normalizers_came_later(docs: Client) -> None:
    """The swagger of 2024-07-01 has none in an AnalyzeRequest."""
    asked = {"text": "One", "normalizer": "lowercase"}
    assert docs.post("/indexes/docs/analyze", asked, version="2024-07-01").status_code == 400
