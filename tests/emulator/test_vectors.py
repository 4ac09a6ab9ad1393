"""Vector and hybrid queries: order, scores, filters, and vectors that a model makes."""

from __future__ import annotations

import base64
import io
import math
from typing import Any

import pytest

from .conftest import Client

BARE = {"Accept": "application/json;odata.metadata=none"}
POINTS = {"1": [1.0, 0.0], "2": [1.0, 1.0], "3": [0.0, 1.0], "4": [-1.0, 0.0]}


def vector_field(name: str, profile: str, dimensions: int = 2, **more: Any) -> dict[str, Any]:
    return {
        "name": name,
        "type": "Collection(Edm.Single)",
        "searchable": True,
        "dimensions": dimensions,
        "vectorSearchProfile": profile,
        **more,
    }


def algorithm(metric: str) -> dict[str, Any]:
    return {"name": metric, "kind": "hnsw", "hnswParameters": {"metric": metric}}


def index(**more: Any) -> dict[str, Any]:
    return {
        "name": "points",
        "fields": [
            {"name": "id", "type": "Edm.String", "key": True},
            {"name": "word", "type": "Edm.String"},
            {"name": "even", "type": "Edm.Boolean"},
            vector_field("a", "cosine"),
            vector_field("b", "euclidean"),
            vector_field("c", "dotProduct"),
        ],
        "vectorSearch": {
            "algorithms": [algorithm(name) for name in ("cosine", "euclidean", "dotProduct")],
            "profiles": [
                {"name": name, "algorithm": name} for name in ("cosine", "euclidean", "dotProduct")
            ],
        },
        **more,
    }


@pytest.fixture
def points(client: Client) -> Client:
    client.made("/indexes/points", index())
    words = ["one apple", "two", "three apple apple", "four"]
    documents = [
        {"id": key, "word": word, "even": key in "24", "a": point, "b": point, "c": point}
        for (key, point), word in zip(POINTS.items(), words, strict=True)
    ]
    batch = {"value": [*documents, {"id": "5", "word": "no vector"}]}
    assert client.post("/indexes/points/docs/search.index", batch).status_code == 200
    return client


def near(fields: str, vector: list[float] | None = None, **more: Any) -> dict[str, Any]:
    return {"kind": "vector", "fields": fields, "vector": vector or [1.0, 0.0], **more}


def hits(client: Client, *queries: dict[str, Any], **more: Any) -> list[tuple[str, float]]:
    body = {"vectorQueries": list(queries)} | more
    reply = client.post("/indexes('points')/docs/search.post.search", body, headers=BARE)
    assert reply.status_code == 200, reply.text
    return [(hit["id"], hit["@search.score"]) for hit in reply.json()["value"]]


def test_cosine(points: Client) -> None:
    expected = [("1", 1.0), ("2", 1 / (2 - math.sqrt(0.5))), ("3", 0.5), ("4", 1 / 3)]
    assert hits(points, near("a")) == [(key, pytest.approx(score)) for key, score in expected]
    assert hits(points, near("a", [0.0, 9.0]))[0] == ("3", 1.0)


def test_the_other_metrics(points: Client) -> None:
    distances = [("1", 0), ("2", 1), ("3", math.sqrt(2)), ("4", 2)]
    assert hits(points, near("b")) == [
        (key, pytest.approx(1 / (1 + distance))) for key, distance in distances
    ]
    products = [("1", 1.0), ("2", 1.0), ("3", 0.5), ("4", 1 / 3)]
    assert hits(points, near("c")) == [(key, pytest.approx(score)) for key, score in products]


def test_packed_bits_are_compared_by_hamming(client: Client) -> None:
    body = index()
    body["fields"].append(
        {
            "name": "bits",
            "type": "Collection(Edm.Byte)",
            "searchable": True,
            "retrievable": True,
            "dimensions": 16,
            "vectorEncoding": "packedBit",
            "vectorSearchProfile": "hamming",
        }
    )
    body["vectorSearch"]["algorithms"].append(algorithm("hamming"))
    body["vectorSearch"]["profiles"].append({"name": "hamming", "algorithm": "hamming"})
    client.made("/indexes/points", body)
    documents = [{"id": "1", "bits": [255, 0]}, {"id": "2", "bits": [254, 1]}]
    client.post("/indexes/points/docs/search.index", {"value": documents})
    assert hits(client, near("bits", [255, 0])) == [("1", 1.0), ("2", pytest.approx(1 / 3))]
    assert client.get("/indexes/points/docs/2").json()["bits"] == [254, 1]


@pytest.mark.parametrize(
    ("kind", "given", "kept", "wrong"),
    [
        ("Half", [0.1, 2], [0.09997559, 2], ["a", 1]),
        ("Int16", [-5, 300], [-5, 300], [40000, 1]),
        ("SByte", [-128, 127], [-128, 127], [1.5, 1]),
    ],
)
def test_smaller_numbers(
    kind: str, given: list[Any], kept: list[Any], wrong: list[Any], client: Client
) -> None:
    body = index()
    small = vector_field("small", "cosine", type=f"Collection(Edm.{kind})", retrievable=True)
    body["fields"].append(small)
    client.made("/indexes/points", body)
    path = "/indexes/points/docs/search.index"
    assert client.post(path, {"value": [{"id": "1", "small": given}]}).status_code == 200
    assert client.get("/indexes/points/docs/1").json()["small"] == pytest.approx(kept)
    assert hits(client, near("small", given)) == [("1", pytest.approx(1.0))]
    refused = client.post(path, {"value": [{"id": "1", "small": wrong}]})
    assert refused.status_code == 400
    assert f"type 'Edm.{kind}'" in refused.json()["error"]["message"]


def test_k_limits_the_matches(points: Client) -> None:
    assert [key for key, _ in hits(points, near("a", k=2))] == ["1", "2"]
    assert hits(points, near("a", k=1), skip=1) == []
    body = {"vectorQueries": [near("a", k=3)], "count": True, "top": 1}
    reply = points.post("/indexes/points/docs/search", body).json()
    assert reply["@odata.count"] == 3
    assert len(reply["value"]) == 1


def test_filters_come_first_or_last(points: Client) -> None:
    query = near("a", k=2)
    assert [key for key, _ in hits(points, query, filter="even")] == ["2", "4"]
    for mode in ("postFilter", "strictPostFilter"):
        after = hits(points, query, filter="even", vectorFilterMode=mode)
        assert [key for key, _ in after] == ["2"]
    override = near("a", k=2, filterOverride="not even")
    assert [key for key, _ in hits(points, override, filter="even")] == ["1", "3"]
    assert hits(points, query, filter="id eq 'x'") == []


def test_thresholds(points: Client) -> None:
    def kept(field: str, kind: str, value: float) -> list[str]:
        query = near(field, threshold={"kind": kind, "value": value})
        return [key for key, _ in hits(points, query)]

    assert kept("a", "searchScore", 0.6) == ["1", "2"]
    assert kept("a", "vectorSimilarity", 0.0) == ["1", "2", "3"]
    assert kept("b", "vectorSimilarity", 1.0) == ["1", "2"]


def test_one_list_a_field_is_fused(points: Client) -> None:
    """Ranks from 0, as recorded in 2025: best of both lists is 2/60, printed as a widened float."""
    fused = hits(points, near("a,b"))
    assert fused[0] == ("1", 0.03333333507180214)
    assert fused[1] == ("2", pytest.approx(2 / 61))


def test_hybrid_search_fuses_text_and_vectors(points: Client) -> None:
    found = hits(points, near("a", k=2), search="apple")
    expected = {"1": 1 / 60 + 1 / 61, "3": 1 / 60, "2": 1 / 61}
    assert [key for key, _ in found] == ["1", "3", "2"]
    assert dict(found) == {key: pytest.approx(score) for key, score in expected.items()}
    weighted = dict(hits(points, near("a", k=2, weight=2), search="apple"))
    assert weighted["2"] == pytest.approx(2 / 61)
    assert len(hits(points, near("a", k=1), search="*")) == 5


def test_a_hybrid_search_counts_every_match(client: Client) -> None:
    """The text side gives its best 1000 to the fusion; the count has them all."""
    client.made("/indexes/points", index())
    for start in (0, 600):
        documents = [{"id": str(key), "word": "same"} for key in range(start, start + 600)]
        documents += [{"id": f"v{start}", "word": "other", "a": [1.0, 0.0]}]
        client.post("/indexes/points/docs/search.index", {"value": documents})
    body = {"search": "same", "vectorQueries": [near("a")], "count": True, "skip": 1000}
    reply = client.post("/indexes/points/docs/search", body).json()
    assert reply["@odata.count"] == 1202
    assert len(reply["value"]) == 2


def test_a_continuation_has_every_property_of_a_vector_query(client: Client) -> None:
    client.made("/indexes/points", index())
    documents = [{"id": str(key), "a": [1.0, float(key)]} for key in range(80)]
    client.post("/indexes/points/docs/search.index", {"value": documents})
    query = near("a", k=70)
    reply = client.post("/indexes/points/docs/search", {"vectorQueries": [query]}).json()
    following = reply["@search.nextPageParameters"]
    assert following["skip"] == 50
    assert following["vectorQueries"][0]["threshold"] is None
    rest = client.post("/indexes/points/docs/search", following).json()
    assert [hit["id"] for hit in rest["value"]] == [str(key) for key in range(50, 70)]


def test_replaced_and_deleted_vectors_are_not_found(points: Client) -> None:
    batch = [
        {"@search.action": "delete", "id": "1"},
        {"@search.action": "merge", "id": "4", "a": [1, 0.0]},
        {"@search.action": "merge", "id": "3", "word": "other"},
        {"@search.action": "upload", "id": "2"},
    ]
    points.post("/indexes/points/docs/search.index", {"value": batch})
    assert [key for key, _ in hits(points, near("a"))] == ["4", "3"]
    assert [key for key, _ in hits(points, near("b"))] == ["3", "4"]


@pytest.mark.parametrize(
    ("query", "status", "message"),
    [
        (near("nothing"), 400, "Unknown field 'nothing' in vector field list."),
        (near("word"), 400, "The field 'word' in the vector field list is not a vector field."),
        (near("a", [1.0]), 400, "Query vector length must match the dimensionality of the field"),
        (near(""), 400, "it names no fields"),
        (near("a", k=0), 400, "k is a whole number"),
        (near("a", weight=0), 400, "weight is more than 0"),
        (near("a", speed=1), 400, "vectorQueries/speed"),
        ({"kind": "vector", "fields": "a"}, 400, "needs 'vector'"),
        ({"kind": "sound", "fields": "a"}, 400, "'sound' is no kind"),
        ({"kind": "text", "text": "x", "fields": "a"}, 400, "'a' has no vectorizer"),
        ({"kind": "imageUrl", "url": "http://x", "fields": "a"}, 501, "kind imageUrl"),
        (near("a", perDocumentVectorLimit=1), 501, "perDocumentVectorLimit"),
    ],
)
def test_a_vector_query_that_is_refused(
    query: dict[str, Any], status: int, message: str, points: Client
) -> None:
    reply = points.post("/indexes/points/docs/search", {"vectorQueries": [query]})
    assert reply.status_code == status, reply.text
    assert message in reply.json()["error"]["message"]


def test_an_old_version_has_no_vector_queries(points: Client) -> None:
    body = {"vectorQueries": [near("a")]}
    reply = points.post("/indexes/points/docs/search", body, version="2020-06-30")
    assert "'vectorQueries' in the request payload is not a valid" in reply.text


def with_vectorizer(vectorizer: dict[str, Any], dimensions: int) -> dict[str, Any]:
    body = index()
    body["fields"].append(vector_field("made", "made", dimensions))
    section = body["vectorSearch"]
    section["vectorizers"] = [{"name": "model"} | vectorizer]
    section["profiles"].append({"name": "made", "algorithm": "cosine", "vectorizer": "model"})
    return body


OPENAI: dict[str, Any] = {
    "kind": "azureOpenAI",
    "azureOpenAIParameters": {
        "resourceUri": "https://models.openai.azure.com",
        "deploymentId": "text-embedding-3-small",
        "modelName": "text-embedding-3-small",
        "apiKey": "a-key",
    },
}


def test_a_model_makes_the_vector_of_a_text(client: Client) -> None:
    client.made("/indexes/points", with_vectorizer(OPENAI, 1536))
    texts = {"1": "how to bake bread", "2": "the engine of a car", "3": "rain and snow"}
    path = "https://models.openai.azure.com/openai/deployments/text-embedding-3-small/embeddings"
    made = client.post(path, {"input": list(texts.values())}, version="2024-06-01").json()
    documents = [
        {"id": key, "made": entry["embedding"]}
        for key, entry in zip(texts, made["data"], strict=True)
    ]
    client.post("/indexes/points/docs/search.index", {"value": documents})
    query = {"kind": "text", "text": "repairing the motor of my car", "fields": "made"}
    assert hits(client, query)[0][0] == "2"


def test_a_vectorizer_that_fails_is_said(client: Client) -> None:
    broken = {
        "kind": "customWebApi",
        "customWebApiParameters": {"uri": "https://127.0.0.1:9/", "httpMethod": "POST"},
    }
    client.made("/indexes/points", with_vectorizer(broken, 8))
    query = {"kind": "text", "text": "x", "fields": "made"}
    reply = client.post("/indexes/points/docs/search", {"vectorQueries": [query]})
    assert reply.status_code == 400
    assert "Could not vectorize the query" in reply.json()["error"]["message"]


def test_a_model_that_has_one_length_only(client: Client) -> None:
    """SKILLS P35: what the endpoint says of the field's length is said of the query."""
    name = "text-embedding-ada-002"
    parameters = OPENAI["azureOpenAIParameters"] | {"deploymentId": name, "modelName": name}
    vectorizer = {"kind": "azureOpenAI", "azureOpenAIParameters": parameters}
    query = {"kind": "text", "text": "x", "fields": "made"}
    client.made("/indexes/points", with_vectorizer(vectorizer, 512))
    reply = client.post("/indexes/points/docs/search", {"vectorQueries": [query]})
    assert reply.status_code == 400
    assert "does not support specifying dimensions" in reply.json()["error"]["message"]
    client.delete("/indexes/points")
    client.made("/indexes/points", with_vectorizer(vectorizer, 1536))
    assert hits(client, query) == []


def test_a_model_makes_the_vector_of_an_image(client: Client) -> None:
    image = pytest.importorskip("PIL.Image")
    vision = {
        "kind": "aiServicesVision",
        "aiServicesVisionParameters": {
            "resourceUri": "https://vision.cognitiveservices.azure.com",
            "modelVersion": "2023-04-15",
            "apiKey": "a-key",
        },
    }
    client.made("/indexes/points", with_vectorizer(vision, 1024), version="2025-11-01-preview")
    client.post("/indexes/points/docs/search.index", {"value": [{"id": "1", "made": [1.0] * 1024}]})
    content = io.BytesIO()
    image.new("RGB", (32, 32), "red").save(content, "PNG")
    encoded = base64.b64encode(content.getvalue()).decode()
    query = {"kind": "imageBinary", "base64Image": encoded, "fields": "made"}
    assert [key for key, _ in hits(client, query)] == ["1"]
    assert (
        "not base64"
        in client.post(
            "/indexes/points/docs/search", {"vectorQueries": [query | {"base64Image": "?"}]}
        ).text
    )
