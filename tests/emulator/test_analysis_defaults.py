"""Every part of analysis as plainly as it can be defined: with its required properties only."""

from __future__ import annotations

from typing import Any

import pytest

from .analyzed import odata
from .conftest import Client, index_body

# What the schema requires besides a name.
FILTERS: dict[str, dict[str, Any]] = {
    "AsciiFoldingTokenFilter": {},
    "CjkBigramTokenFilter": {},
    "CommonGramTokenFilter": {"commonWords": ["the"]},
    "DictionaryDecompounderTokenFilter": {"wordList": ["ho"]},
    "EdgeNGramTokenFilter": {},
    "EdgeNGramTokenFilterV2": {},
    "ElisionTokenFilter": {},
    "KeepTokenFilter": {"keepWords": ["hotel"]},
    "KeywordMarkerTokenFilter": {"keywords": ["hotel"]},
    "LengthTokenFilter": {},
    "LimitTokenFilter": {},
    "NGramTokenFilter": {},
    "NGramTokenFilterV2": {},
    "PatternCaptureTokenFilter": {"patterns": ["h(o)tel"]},
    "PatternReplaceTokenFilter": {"pattern": "x", "replacement": "y"},
    "PhoneticTokenFilter": {},
    "ShingleTokenFilter": {},
    "SnowballTokenFilter": {"language": "english"},
    "StemmerOverrideTokenFilter": {"rules": ["hotels=>hotel"]},
    "StemmerTokenFilter": {"language": "english"},
    "StopwordsTokenFilter": {},
    "SynonymTokenFilter": {"synonyms": ["inn, pub"]},
    "TruncateTokenFilter": {},
    "UniqueTokenFilter": {},
    "WordDelimiterTokenFilter": {},
}
TOKENIZERS = (
    "ClassicTokenizer",
    "EdgeNGramTokenizer",
    "KeywordTokenizer",
    "KeywordTokenizerV2",
    "MicrosoftLanguageStemmingTokenizer",
    "MicrosoftLanguageTokenizer",
    "NGramTokenizer",
    "PathHierarchyTokenizerV2",
    "PatternTokenizer",
    "StandardTokenizer",
    "StandardTokenizerV2",
    "UaxUrlEmailTokenizer",
)
CHAR_FILTERS: dict[str, dict[str, Any]] = {
    "MappingCharFilter": {"mappings": ["x=>y"]},
    "PatternReplaceCharFilter": {"pattern": "x", "replacement": "y"},
}
ANALYZERS = ("PatternAnalyzer", "StandardAnalyzer", "StopAnalyzer")
NOT_EMULATED = {
    "CjkBigramTokenFilter",
    "ClassicTokenizer",
    "EdgeNGramTokenFilter",
    "MicrosoftLanguageStemmingTokenizer",
    "MicrosoftLanguageTokenizer",
    "NGramTokenFilter",
    "PhoneticTokenFilter",
    "UaxUrlEmailTokenizer",
}


def searched(client: Client, kind: str, **parts: Any) -> None:
    """A document and a query through the analyzer `mine`: found, or refused by the part's name."""
    body = index_body(**parts)
    body["fields"][1]["analyzer"] = "mine"
    client.made("/indexes/docs", body)
    client.post("/indexes/docs/docs/index", {"value": [{"id": "1", "title": "/the hotel"}]})
    reply = client.get("/indexes/docs/docs", params={"search": '"/the hotel"'})
    if kind in NOT_EMULATED:
        assert reply.status_code == 501
        assert kind in reply.json()["error"]["message"]
    else:
        assert reply.status_code == 200, reply.text
        assert [found["id"] for found in reply.json()["value"]] == ["1"]


def custom(tokenizer: str = "whitespace", **filters: Any) -> dict[str, Any]:
    return odata("CustomAnalyzer", "mine", tokenizer=tokenizer, **filters)


@pytest.mark.parametrize("kind", FILTERS)
def test_token_filter(kind: str, client: Client) -> None:
    part = odata(kind, "part", **FILTERS[kind])
    searched(client, kind, analyzers=[custom(tokenFilters=["part"])], tokenFilters=[part])


@pytest.mark.parametrize("kind", TOKENIZERS)
def test_tokenizer(kind: str, client: Client) -> None:
    searched(client, kind, analyzers=[custom("part")], tokenizers=[odata(kind, "part")])


@pytest.mark.parametrize("kind", CHAR_FILTERS)
def test_char_filter(kind: str, client: Client) -> None:
    part = odata(kind, "part", **CHAR_FILTERS[kind])
    searched(client, kind, analyzers=[custom(charFilters=["part"])], charFilters=[part])


@pytest.mark.parametrize("kind", ANALYZERS)
def test_analyzer(kind: str, client: Client) -> None:
    searched(client, kind, analyzers=[odata(kind, "mine")])


def test_stopwords_without_a_case(client: Client) -> None:
    """`stopwords` alone, as the documentation's examples have it."""
    part = odata("StopwordsTokenFilter", "part", stopwords=["the"])
    kind = "StopwordsTokenFilter"
    searched(client, kind, analyzers=[custom(tokenFilters=["part"])], tokenFilters=[part])


def test_no_mappings_at_all(client: Client) -> None:
    part = odata("MappingCharFilter", "part", mappings=[])
    searched(client, "", analyzers=[custom(charFilters=["part"])], charFilters=[part])


REPLACED = {"pattern": "(x)", "replacement": "$2"}
WITHOUT_GROUP: list[tuple[str, dict[str, Any], dict[str, Any]]] = [
    ("tokenizers", odata("PatternTokenizer", "part", pattern="x", group=1), {"tokenizer": "part"}),
    (
        "tokenFilters",
        odata("PatternReplaceTokenFilter", "part", **REPLACED),
        {"tokenizer": "keyword_v2", "tokenFilters": ["part"]},
    ),
    (
        "charFilters",
        odata("PatternReplaceCharFilter", "part", **REPLACED | {"replacement": "${name}"}),
        {"tokenizer": "keyword_v2", "charFilters": ["part"]},
    ),
]


@pytest.mark.parametrize(("section", "part", "request_body"), WITHOUT_GROUP)
def test_a_group_that_the_pattern_lacks(
    section: str, part: dict[str, Any], request_body: dict[str, Any], client: Client
) -> None:
    client.made("/indexes/docs", index_body() | {section: [part]})
    reply = client.post("/indexes/docs/search.analyze", {"text": "x", **request_body})
    assert reply.status_code == 400
    assert "which the pattern does not have" in reply.json()["error"]["message"]
