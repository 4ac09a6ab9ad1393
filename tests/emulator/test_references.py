"""What an index refers to, and what its suggesters, profiles and configurations may be made of."""

from __future__ import annotations

from typing import Any

import pytest

from .conftest import Client, index_body, vector_index
from .test_index import field, refused, with_fields

Json = dict[str, Any]


def scored(*functions: Json, **profile: Json) -> Json:
    """An index with a field of each type that functions take, and one scoring profile."""
    return with_fields(
        field("text"),
        field("tags", "Collection(Edm.String)"),
        field("number", "Edm.Double"),
        field("made", "Edm.DateTimeOffset"),
        field("place", "Edm.GeographyPoint"),
        field("hidden", "Edm.Double", filterable=False),
        scoringProfiles=[{"name": "p", "functions": list(functions), **profile}],
    )


def function(kind: str, of: str, **more: Any) -> Json:
    parameters = {
        "magnitude": {"boostingRangeStart": 1, "boostingRangeEnd": 4},
        "freshness": {"boostingDuration": "P1D"},
        "distance": {"referencePointParameter": "here", "boostingDistance": 5},
        "tag": {"tagsParameter": "mine"},
    }
    return {"type": kind, "fieldName": of, "boost": 2, kind: parameters[kind], **more}


def suggested(text: Json, of: str = "t") -> Json:
    suggester = {"name": "sg", "searchMode": "analyzingInfixMatching", "sourceFields": [of]}
    return with_fields(text, suggesters=[suggester])


def ranked(*fields: Json, **prioritized: Any) -> Json:
    configuration = {"name": "s", "prioritizedFields": prioritized}
    return with_fields(*fields, semantic={"configurations": [configuration]})


def analyzed(**parts: list[Json]) -> Json:
    return with_fields(field("t"), **parts)


NORMALIZER = {"@odata.type": "#Microsoft.Azure.Search.CustomNormalizer", "name": "n"}
CUSTOM = {"@odata.type": "#Microsoft.Azure.Search.CustomAnalyzer", "tokenizer": "whitespace"}
PHONETIC = {"@odata.type": "#Microsoft.Azure.Search.PhoneticTokenFilter", "name": "phonetic"}
ROOMS = field("rooms", "Collection(Edm.ComplexType)", fields=[field("name")])
HOUSE = field("house", "Edm.ComplexType", fields=[field("name")])


@pytest.mark.parametrize(
    ("body", "text"),
    [
        (with_fields(field("t", synonymMaps=["m"])), "The synonym map 'm' specified in the field"),
        (with_fields(field("t", searchable=False, synonymMaps=["m"])), "not a searchable text"),
        (with_fields(field("n", "Edm.Int32", normalizer="lowercase")), "cannot have a normalizer"),
        (suggested(field("t", analyzer="keyword")), "suggester 'sg' cannot use the field 't'"),
        (suggested(field("t", analyzer="simple")), "suggester 'sg' cannot use the field 't'"),
        (
            suggested(field("t", analyzer="standardasciifolding.lucene")),
            "suggester 'sg' cannot use the field 't'",
        ),
        (
            suggested(field("t", indexAnalyzer="keyword", searchAnalyzer="en.lucene")),
            "suggester 'sg' cannot use the field 't'",
        ),
        (suggested(field("t", analyzer="own")) | {"analyzers": [CUSTOM | {"name": "own"}]}, "'sg'"),
        (suggested(field("t"), of="none"), "searchable field 'none' which is not defined"),
        (scored(function("magnitude", "hidden")), "cannot use the field 'hidden'"),
        (scored(function("magnitude", "text")), "cannot use the field 'text'"),
        (scored(function("freshness", "number")), "cannot use the field 'number'"),
        (scored(function("distance", "text")), "cannot use the field 'text'"),
        (scored(function("tag", "number")), "cannot use the field 'number'"),
        (scored(function("tag", "text", interpolation="quadratic")), "linear and constant"),
        (scored(function("magnitude", "number", boost=1)), "other than 1.0"),
        (scored(function("magnitude", "number", boost=-2)), "positive"),
        (scored(*[function("magnitude", "number")] * 9), "at most 8"),
        (scored(text={"weights": {"number": 2}}), "searchable field 'number'"),
        (scored(text={"weights": {"text": -1}}), "a positive weight"),
        (ranked(ROOMS, titleField={"fieldName": "rooms/name"}), "subfields of Collection(Edm.Comp"),
        (ranked(field("n", "Edm.Int32"), titleField={"fieldName": "n"}), "support fields of type"),
        (
            ranked(field("t", retrievable=False), titleField={"fieldName": "t"}),
            "must be searchable and retrievable",
        ),
        (
            ranked(field("t", searchable=False), prioritizedContentFields=[{"fieldName": "t"}]),
            "must be searchable and retrievable",
        ),
        (ranked(field("t")), "names no field"),
        (index_body(scoringProfiles=[{"name": "a-b"}]), "Invalid scoringProfiles name: 'a-b'"),
        (
            suggested(field("t"))
            | {
                "suggesters": [
                    {"name": "a-b", "searchMode": "analyzingInfixMatching", "sourceFields": ["t"]}
                ]
            },
            "Invalid suggesters name: 'a-b'",
        ),
        (analyzed(analyzers=[CUSTOM | {"name": "standard"}]), "name of a built-in one"),
        (analyzed(analyzers=[CUSTOM | {"name": "en.lucene"}]), "name of a built-in one"),
        (
            analyzed(normalizers=[NORMALIZER | {"tokenFilters": ["nGram_v2"]}]),
            "cannot use 'nGram_v2'",
        ),
        (
            analyzed(normalizers=[NORMALIZER | {"charFilters": ["html_strip"]}]),
            "cannot use 'html_strip'",
        ),
    ],
)
def test_what_an_index_cannot_refer_to(body: Json, text: str, client: Client) -> None:
    if "'m'" not in text or "specified" not in text:
        client.made("/synonymmaps/m", {"name": "m", "format": "solr", "synonyms": "a, b"})
    assert text in refused(client, body)


@pytest.mark.parametrize(
    "body",
    [
        with_fields(field("t", synonymMaps=["m"])),
        with_fields(field("t", normalizer="lowercase")),
        suggested(field("t")),
        suggested(field("t", analyzer="standard")),
        suggested(field("t", analyzer="fr.microsoft")),
        suggested(field("t", "Collection(Edm.String)", analyzer="standard.lucene")),
        suggested(field("t", indexAnalyzer="en.lucene", searchAnalyzer="keyword")),
        scored(function("magnitude", "number"), function("freshness", "made")),
        scored(function("distance", "place"), function("tag", "tags", interpolation="constant")),
        scored(text={"weights": {"text": 2.5}}),
        ranked(HOUSE, titleField={"fieldName": "house/name"}),
        ranked(
            field("t", "Collection(Edm.String)"), prioritizedKeywordsFields=[{"fieldName": "t"}]
        ),
        analyzed(normalizers=[NORMALIZER | {"tokenFilters": ["lowercase", "asciifolding"]}]),
        analyzed(tokenFilters=[PHONETIC]),
    ],
)
def test_what_an_index_can_refer_to(body: Json, client: Client) -> None:
    client.made("/synonymmaps/m", {"name": "m", "format": "solr", "synonyms": "a, b"})
    client.made("/indexes/docs", body)
    client.made("/indexes/docs", client.get("/indexes/docs").json())


@pytest.mark.parametrize(
    ("count", "code"), [(0, "MissingKeyField"), (2, "CompoundKeysNotSupported")]
)
def test_an_index_has_one_key(count: int, code: str, client: Client) -> None:
    body = index_body(fields=[field(f"f{number}", key=number < count) for number in range(3)])
    error = client.put("/indexes/docs", body).json()["error"]
    said = f"Found {count} key fields in index 'docs'. Each index must have exactly one key field."
    assert error["code"] == "OperationNotAllowed"
    assert error["message"] == f"The request is invalid. Details: index : {said}"
    assert error["details"] == [{"code": code, "message": f"{said} Parameters: index"}]


@pytest.mark.parametrize(
    "empty",
    [
        {"defaultScoringProfile": ""},
        {"semantic": {"defaultConfiguration": "", "configurations": []}},
        {
            "vectorSearch": {
                "profiles": [{"name": "p", "algorithm": "a", "vectorizer": "", "compression": ""}],
                "algorithms": [{"name": "a", "kind": "hnsw"}],
            }
        },
        {"fields": [field("id", key=True, analyzer="", searchAnalyzer="", normalizer="")]},
    ],
)
def test_a_name_that_may_be_left_out_may_be_empty(empty: Json, client: Client) -> None:
    client.made("/indexes/docs", index_body() | empty)
    shown = client.get("/indexes/docs").json()
    assert contained(empty, shown)
    client.made("/indexes/docs", shown)


def contained(part: Any, whole: Any) -> bool:
    if isinstance(part, dict):
        return all(contained(item, whole[key]) for key, item in part.items())
    if isinstance(part, list):
        return all(map(contained, part, whole))
    return bool(part == whole)


def test_an_empty_name_and_none_are_no_change_of_a_field(client: Client) -> None:
    client.made("/indexes/docs", with_fields(field("t", analyzer="", normalizer="")))
    client.made("/indexes/docs", with_fields(field("t")))


@pytest.mark.parametrize(("one", "other"), [("standard", "standard.lucene")])
def test_two_names_of_one_analyzer(one: str, other: str, client: Client) -> None:
    shown = client.made("/indexes/docs", with_fields(field("t", analyzer=one)))
    assert shown["fields"][1]["analyzer"] == one
    client.made("/indexes/docs", with_fields(field("t", analyzer=other)))
    client.made("/indexes/docs", with_fields(field("t", analyzer=one)))
    assert "cannot be changed" in refused(client, with_fields(field("t", analyzer="simple")))


@pytest.mark.parametrize("kind", ["Collection(Edm.Single)", "Collection(Edm.Byte)"])
def test_a_vector_is_searchable_unless_it_is_said_not_to_be(kind: str, client: Client) -> None:
    body = vector_index()
    vector = body["fields"][2] | {"type": kind}
    del vector["searchable"]
    body["fields"][2] = vector
    assert client.made("/indexes/docs", body)["fields"][2]["searchable"] is True
    assert client.get("/indexes/docs").json()["fields"][2]["searchable"] is True
    body["fields"][2] = vector | {"searchable": None}
    client.made("/indexes/docs", body)
    body["fields"][2] = vector | {"searchable": False}
    assert "must be searchable" in refused(client, body | {"name": "other"})


def nested(*kinds: str) -> Json:
    """An index with a vector beneath complex fields of these kinds."""
    body = vector_index()
    inner = body["fields"].pop()
    del inner["searchable"]
    for depth, kind in enumerate(kinds):
        inner = field(f"c{depth}", kind, fields=[inner, field(f"t{depth}")])
    body["fields"].append(inner)
    return body


ONE, MANY = "Edm.ComplexType", "Collection(Edm.ComplexType)"


@pytest.mark.parametrize(
    ("kinds", "version", "taken"),
    [
        ((MANY,), "2025-11-01-preview", True),
        ((MANY,), "2026-08-01-preview", True),
        ((MANY,), "2026-04-01", False),
        ((MANY,), "2025-09-01", False),
        ((MANY,), "2023-10-01-Preview", False),
        ((ONE,), "2026-08-01-preview", False),
        ((MANY, ONE), "2026-08-01-preview", False),
        ((MANY, MANY), "2026-08-01-preview", False),
        ((ONE, MANY), "2026-08-01-preview", False),
    ],
)
def test_vectors_within_complex_collections(
    kinds: tuple[str, ...], version: str, taken: bool, client: Client
) -> None:
    if taken:
        shown = client.made("/indexes/docs", nested(*kinds), version=version)
        assert shown["fields"][-1]["fields"][0]["searchable"] is True
    else:
        message = refused(client, nested(*kinds), version=version)
        assert "Only a top-level field of the index can be a vector field" in message
