"""Indexes: defaults, what may change, what a definition must be; aliases."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from .conftest import PREVIEW, Client, index_body, vector_index


def field(name: str, kind: str = "Edm.String", **more: Any) -> dict[str, Any]:
    return {"name": name, "type": kind, **more}


def with_fields(*fields: dict[str, Any], **more: Any) -> dict[str, Any]:
    return index_body(fields=[field("id", key=True), *fields], **more)


def refused(client: Client, body: dict[str, Any], **more: Any) -> str:
    reply = client.put(f"/indexes/{body['name']}", body, **more)
    assert reply.status_code == 400, reply.text
    message: str = reply.json()["error"]["message"]
    return message


@pytest.mark.parametrize(
    ("kind", "searchable", "filterable", "sortable", "facetable", "retrievable"),
    [
        ("Edm.String", True, True, True, True, True),
        ("Edm.Int32", False, True, True, True, True),
        ("Collection(Edm.String)", True, True, False, True, True),
        ("Edm.GeographyPoint", False, True, True, False, True),
        ("Edm.DateTimeOffset", False, True, True, True, True),
    ],
)
def test_field_defaults(
    kind: str,
    searchable: bool,
    filterable: bool,
    sortable: bool,
    facetable: bool,
    retrievable: bool,
    client: Client,
) -> None:
    shown = client.made("/indexes/docs", with_fields(field("f", kind)))["fields"][1]
    assert shown["searchable"] is searchable
    assert shown["filterable"] is filterable
    assert shown["sortable"] is sortable
    assert shown["facetable"] is facetable
    assert shown["retrievable"] is retrievable
    assert shown["stored"] is True
    assert shown["analyzer"] is None
    assert shown["synonymMaps"] == []


def test_vector_and_complex_defaults(client: Client) -> None:
    body = vector_index()
    body["fields"].append(field("address", "Edm.ComplexType", fields=[field("city")]))
    shown = client.made("/indexes/docs", body)
    vector = shown["fields"][2]
    assert [vector[key] for key in ("filterable", "sortable", "facetable")] == [False] * 3
    assert vector["retrievable"] is False
    assert set(shown["fields"][3]) == {"name", "type", "fields"}
    assert shown["vectorSearch"]["algorithms"][0]["hnswParameters"]["efSearch"] == 500
    assert shown["vectorSearch"]["algorithms"][0]["exhaustiveKnnParameters"] is None
    assert shown["similarity"]["@odata.type"].endswith("BM25Similarity")


@pytest.mark.parametrize(
    ("attribute", "value"),
    [
        ("searchable", False),
        ("filterable", False),
        ("sortable", False),
        ("facetable", False),
        ("analyzer", "en.lucene"),
        ("type", "Collection(Edm.String)"),
        ("normalizer", "lowercase"),
    ],
)
def test_field_attributes_cannot_change(attribute: str, value: object, client: Client) -> None:
    client.made("/indexes/docs", index_body())
    body = index_body()
    body["fields"][1][attribute] = value
    if attribute == "type":
        body["fields"][1]["sortable"] = False
    reply = client.put("/indexes/docs", body)
    error = reply.json()["error"]
    assert reply.status_code == 400
    assert error["message"] == "Existing field 'title' cannot be changed."
    assert error["details"][0]["code"] == "CannotChangeExistingField"


def test_in_place_changes(client: Client) -> None:
    client.made("/indexes/docs", index_body())
    body = index_body(description="new", corsOptions={"allowedOrigins": ["*"]})
    client.made("/synonymmaps/words", {"name": "words", "format": "solr", "synonyms": "a, b"})
    body["fields"][1] |= {"retrievable": False, "synonymMaps": ["words"]}
    body["fields"].append(field("added"))
    body["scoringProfiles"] = [{"name": "p", "text": {"weights": {"title": 2}}}]
    body["semantic"] = {
        "configurations": [
            {"name": "s", "prioritizedFields": {"titleField": {"fieldName": "added"}}}
        ]
    }
    shown = client.made("/indexes/docs", body)
    assert len(shown["fields"]) == 3
    assert shown["semantic"]["configurations"][0]["rankingOrder"] == "BoostedRerankerScore"


def test_search_analyzer_changes_beside_an_index_analyzer(client: Client) -> None:
    text = field("t", searchAnalyzer="en.lucene", indexAnalyzer="en.lucene")
    client.made("/indexes/docs", with_fields(text))
    client.made("/indexes/docs", with_fields(text | {"searchAnalyzer": "simple"}))
    assert "cannot be changed" in refused(client, with_fields(text | {"indexAnalyzer": "simple"}))


def test_a_field_cannot_be_deleted(client: Client) -> None:
    client.made("/indexes/docs", with_fields(field("a"), field("b")))
    message = refused(client, with_fields(field("a")))
    assert message == "Existing field(s) 'b' cannot be deleted."


def test_subfields_follow_the_same_rules(client: Client) -> None:
    address = field("address", "Edm.ComplexType", fields=[field("city")])
    client.made("/indexes/docs", with_fields(address))
    grown = address | {"fields": [field("city"), field("zip")]}
    client.made("/indexes/docs", with_fields(grown))
    assert "'address/zip' cannot be deleted" in refused(client, with_fields(address))
    changed = address | {"fields": [field("city", sortable=False), field("zip")]}
    assert "'address/city' cannot be changed" in refused(client, with_fields(changed))


def test_new_analyzers_need_downtime(client: Client) -> None:
    client.made("/indexes/docs", index_body())
    own = {"@odata.type": "#Microsoft.Azure.Search.StopAnalyzer", "name": "mine"}
    body = index_body(analyzers=[own])
    assert "allowIndexDowntime" in refused(client, body)
    client.made("/indexes/docs", body, params={"allowIndexDowntime": "true"})
    changed = index_body(analyzers=[own | {"stopwords": ["a"]}])
    assert "cannot be changed" in refused(client, changed, params={"allowIndexDowntime": "true"})


def test_bm25_parameters_need_downtime_and_the_class_stays(client: Client) -> None:
    client.made("/indexes/docs", index_body())
    bm25 = {"@odata.type": "#Microsoft.Azure.Search.BM25Similarity"}
    tuned = index_body(similarity=bm25 | {"b": 0.5})
    assert "downtime" in refused(client, tuned)
    client.made("/indexes/docs", tuned, params={"allowIndexDowntime": "true"})
    classic = {"@odata.type": "#Microsoft.Azure.Search.ClassicSimilarity"}
    assert "cannot be changed" in refused(client, index_body(similarity=classic))


def test_suggesters_take_new_fields_only(client: Client) -> None:
    client.made("/indexes/docs", index_body())
    suggester = {"name": "sg", "searchMode": "analyzingInfixMatching", "sourceFields": ["title"]}
    message = refused(client, index_body(suggesters=[suggester]))
    assert "(title) cannot be referenced by a new suggester" in message


def test_vector_search_of_a_used_field_stays(client: Client) -> None:
    client.made("/indexes/docs", vector_index())
    written_out = vector_index()
    written_out["vectorSearch"]["algorithms"][0]["hnswParameters"] = {"m": 4}
    client.made("/indexes/docs", written_out)
    changed = vector_index()
    changed["vectorSearch"]["algorithms"][0]["hnswParameters"] = {"m": 8}
    assert "cannot be changed" in refused(client, changed)
    changed = vector_index()
    changed["fields"][2]["dimensions"] = 3072
    assert "'vector' cannot be changed" in refused(client, changed)
    grown = vector_index()
    grown["vectorSearch"]["algorithms"].append({"name": "all", "kind": "exhaustiveKnn"})
    client.made("/indexes/docs", grown)


@pytest.mark.parametrize("kind", ["binaryQuantization", "scalarQuantization"])
def test_of_a_used_compression_only_what_is_stored_stays(kind: str, client: Client) -> None:
    body = vector_index()
    compression: dict[str, Any] = {"name": "small", "kind": kind}
    compression["rescoringOptions"] = {"defaultOversampling": 10}
    body["vectorSearch"]["compressions"] = [compression]
    body["vectorSearch"]["profiles"][0]["compression"] = "small"
    as_read = client.made("/indexes/docs", body)
    client.made("/indexes/docs", as_read)
    compression["rescoringOptions"] = {"enableRescoring": False}
    if kind == "scalarQuantization":
        compression["scalarQuantizationParameters"] = {"quantizedDataType": "int8"}
    client.made("/indexes/docs", body)
    compression["rescoringOptions"] = {"rescoreStorageMethod": "discardOriginals"}
    assert "cannot be changed" in refused(client, body)


def bad_vector(**changes: Any) -> dict[str, Any]:
    body = vector_index()
    body["fields"][2] |= changes
    return body


def bad_vectorizer(kind: str, **parameters: Any) -> dict[str, Any]:
    body = vector_index()
    entry = {"name": "v", "kind": kind, f"{kind}Parameters": parameters}
    body["vectorSearch"]["vectorizers"] = [entry]
    return body


@pytest.mark.parametrize(
    ("body", "text"),
    [
        (with_fields(field("__x")), "Invalid field name: '__x'"),
        (with_fields(field("azureSearchX")), "Invalid field name"),
        (with_fields(field("ID")), "more than once"),
        (with_fields(field("c", "Edm.ComplexType")), "complex field without sub-fields"),
        (
            with_fields(field("c", "Edm.ComplexType", fields=[field("d")], retrievable=True)),
            "The complex field 'c' cannot have the retrievable property set",
        ),
        (with_fields(field("n", "Edm.Int32", searchable=True)), "cannot be searchable"),
        (with_fields(field("n", "Collection(Edm.String)", sortable=True)), "cannot be sortable"),
        (with_fields(field("n", analyzer="nobody")), "analyzer 'nobody' which is not defined"),
        (with_fields(field("n", searchAnalyzer="simple")), "cannot combine"),
        (bad_vector(dimensions=None), "must have the property 'dimensions' set"),
        (bad_vector(dimensions=1), "must be between 2 and 4096"),
        (bad_vector(searchable=False), "must be searchable"),
        (bad_vector(filterable=True), "cannot be filterable"),
        (bad_vector(vectorSearchProfile="none"), "'none' which is not defined"),
        (bad_vector(retrievable=True, stored=False), "must be stored"),
        (bad_vectorizer("azureOpenAI", resourceUri="https://x.openai.azure.com"), "'modelName'"),
        (bad_vectorizer("azureOpenAI", resourceUri="https://x.com/path"), "Invalid resourceUri"),
        (
            bad_vectorizer("azureOpenAI", resourceUri="https://eastus.api.cognitive.microsoft.com"),
            "Invalid resourceUri",
        ),
        (bad_vectorizer("customWebApi"), "'uri' parameter cannot be null"),
        (index_body(defaultScoringProfile="none"), "'none' which is not defined"),
        (index_body(semantic={"defaultConfiguration": "none"}), "'none' which is not defined"),
        (with_fields(*(field(f"f{n}") for n in range(1000))), "at most 1000"),
    ],
)
def test_definitions_that_are_refused(body: dict[str, Any], text: str, client: Client) -> None:
    message = refused(client, body)
    assert text in message
    assert message.startswith("The request is invalid. Details: definition : ")


def test_stored_cannot_be_false_later(client: Client) -> None:
    body = vector_index()
    client.made("/indexes/docs", body)
    body["fields"].append(body["fields"][2] | {"name": "late", "stored": False})
    assert "stored=false" in refused(client, body)


def test_an_older_version_keeps_what_it_does_not_know(client: Client) -> None:
    client.made("/indexes/docs", vector_index(), version=PREVIEW)
    body = index_body()
    body["fields"].append(field("vector", "Collection(Edm.Single)", searchable=True))
    reply = client.put("/indexes/docs", body, version="2020-06-30")
    assert reply.status_code == 200, reply.text
    assert "vectorSearch" not in reply.json()
    assert client.get("/indexes/docs").json()["fields"][2]["dimensions"] == 1536


@pytest.mark.parametrize("name", ["Upper", "a", "-a", "a--b", "a" * 129, "a.b"])
def test_bad_names(name: str, client: Client) -> None:
    assert client.put(f"/indexes('{name}')", index_body(name)).status_code == 400


def test_quota(connect: Callable[..., Client]) -> None:
    free = connect(tier="free", service="small")
    for number in range(3):
        free.made(f"/indexes/docs{number}", index_body(f"docs{number}"))
    reply = free.put("/indexes/docs3", index_body("docs3"))
    assert reply.status_code == 429
    assert "'docs3' in service 'small' could not be created" in reply.text
    counters = free.get("/servicestats").json()["counters"]
    assert counters["indexesCount"] == {"usage": 3, "quota": 3}


def test_an_existing_name_cannot_be_posted(client: Client) -> None:
    client.post("/indexes", index_body())
    again = client.post("/indexes", index_body())
    assert again.status_code == 400
    assert again.json()["error"]["code"] == "ResourceNameAlreadyInUse"


def test_aliases(client: Client) -> None:
    client.made("/indexes/docs-v1", index_body("docs-v1"))
    client.made("/indexes/docs-v2", index_body("docs-v2"))
    missing = client.put("/aliases/docs", {"name": "docs", "indexes": ["none"]})
    assert missing.status_code == 400
    two = client.put("/aliases/docs", {"name": "docs", "indexes": ["docs-v1", "docs-v2"]})
    assert two.status_code == 400
    client.made("/aliases/docs", {"name": "docs", "indexes": ["docs-v1"]})
    assert client.delete("/indexes/docs-v1").status_code == 400
    assert client.delete("/indexes/docs").status_code == 400
    assert client.get("/indexes/docs").json()["name"] == "docs-v1"
    assert client.post("/indexes", index_body("docs")).status_code == 400
    client.made("/aliases/docs", {"name": "docs", "indexes": ["docs-v2"]})
    assert client.delete("/indexes/docs-v1").status_code == 204


def test_statistics(client: Client) -> None:
    client.made("/indexes/docs", index_body())
    for path in ("/indexes/docs/stats", "/indexes('docs')/search.stats"):
        shown = client.get(path).json()
        assert shown["documentCount"] == 0
        assert shown["vectorIndexSize"] == 0
