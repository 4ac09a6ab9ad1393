"""Requests for the tokens of a text: a recorded one, and what is refused."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from .analyzed import odata, words
from .conftest import Client, index_body


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


def microsoft(client: Client) -> None:
    """An index whose `title` is English to Microsoft's analyzer, with one document."""
    body = index_body()
    body["fields"][1]["analyzer"] = "en.microsoft"
    client.made("/indexes/docs", body)
    document = {"id": "1", "title": "The hotel's rooms"}
    assert client.post("/indexes/docs/docs/index", {"value": [document]}).status_code == 200


def test_a_query_through_a_language_analyzer_is_refused(client: Client) -> None:
    microsoft(client)
    reply = client.post("/indexes/docs/docs/search", {"search": "room"})
    assert reply.status_code == 501
    message = reply.json()["error"]["message"]
    assert "en.microsoft" in message
    assert "--language-analyzers approximated" in message
    everything = client.post("/indexes/docs/docs/search", {"search": "*"})
    assert len(everything.json()["value"]) == 1


def test_a_query_through_a_stand_in(connect: Callable[..., Client]) -> None:
    client = connect(language_analyzers="approximated")
    microsoft(client)
    for search in ("room", "Hotels", '"hotel room"'):
        found = client.post("/indexes/docs/docs/search", {"search": search}).json()["value"]
        assert [document["id"] for document in found] == ["1"], search


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


def test_not_through_an_alias(docs: Client) -> None:
    """FACTS g."""
    docs.made("/aliases/current", {"name": "current", "indexes": ["docs"]})
    asked = {"text": "One", "analyzer": "simple"}
    assert docs.post("/indexes/current/analyze", asked).status_code == 404


def test_normalizers_came_later(docs: Client) -> None:
    """The swagger of 2024-07-01 has none in an AnalyzeRequest."""
    asked = {"text": "One", "normalizer": "lowercase"}
    assert docs.post("/indexes/docs/analyze", asked, version="2024-07-01").status_code == 400
