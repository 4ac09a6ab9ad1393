"""What tokenizers and char filters make of texts; every table has its source."""

from __future__ import annotations

from typing import Any

import pytest

from .analyzed import Spans, analyze, odata, words
from .conftest import Client, index_body

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
