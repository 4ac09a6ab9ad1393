"""Documents: what a batch does, what is kept of it, and what is refused."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import httpx
import pytest

from .conftest import Client, index_body, vector_index

FIELDS: list[dict[str, Any]] = [
    {"name": "id", "type": "Edm.String", "key": True},
    {"name": "title", "type": "Edm.String"},
    {"name": "secret", "type": "Edm.String", "retrievable": False},
    {"name": "count", "type": "Edm.Int32"},
    {"name": "price", "type": "Edm.Double"},
    {"name": "sold", "type": "Edm.Boolean"},
    {"name": "made", "type": "Edm.DateTimeOffset"},
    {"name": "place", "type": "Edm.GeographyPoint"},
    {"name": "tags", "type": "Collection(Edm.String)"},
    {
        "name": "maker",
        "type": "Edm.ComplexType",
        "fields": [
            {"name": "name", "type": "Edm.String"},
            {"name": "city", "type": "Edm.String"},
        ],
    },
    {
        "name": "parts",
        "type": "Collection(Edm.ComplexType)",
        "fields": [
            {"name": "name", "type": "Edm.String"},
            {"name": "weight", "type": "Edm.Double"},
        ],
    },
]
EMPTY = {
    "title": None,
    "count": None,
    "price": None,
    "sold": None,
    "made": None,
    "place": None,
    "tags": [],
    "maker": None,
    "parts": [],
}


@pytest.fixture
def things(client: Client) -> Client:
    client.made("/indexes/things", {"name": "things", "fields": FIELDS})
    return client


def send(client: Client, *actions: dict[str, Any], index: str = "things") -> httpx.Response:
    return client.post(f"/indexes('{index}')/docs/search.index", {"value": list(actions)})


def look_up(client: Client, key: str, **more: Any) -> Any:
    headers = {"Accept": "application/json;odata.metadata=none"}
    return client.get(f"/indexes('things')/docs('{key}')", headers=headers, **more).json()


def count(client: Client, index: str = "things") -> int:
    return int(client.get(f"/indexes('{index}')/docs/$count").content.decode("utf-8-sig"))


def test_what_is_left_out_is_null_or_empty(things: Client) -> None:
    reply = send(things, {"id": "1", "secret": "hidden"}, {"id": "2", "title": "two"})
    assert reply.status_code == 200
    assert [item["statusCode"] for item in reply.json()["value"]] == [201, 201]
    assert look_up(things, "1") == {"id": "1"} | EMPTY
    assert count(things) == 2


def test_values_are_kept_in_one_form(things: Client) -> None:
    point = {"type": "Point", "coordinates": [9.5, 47]}
    given = {"price": 5, "made": "2024-02-29T23:59:59.1200000+01:00", "place": point}
    send(things, {"id": "1"} | given)
    kept = look_up(things, "1")
    assert kept["price"] == 5.0
    assert kept["made"] == "2024-02-29T22:59:59.12Z"
    assert kept["place"]["crs"] == {"type": "name", "properties": {"name": "EPSG:4326"}}


def test_merge_keeps_what_it_does_not_name(things: Client) -> None:
    parts = [{"name": "wheel", "weight": 2.0}, {"name": "bell"}]
    maker = {"name": "Ada", "city": "Zug"}
    send(things, {"id": "1", "title": "bike", "tags": ["a"], "parts": parts, "maker": maker})
    change = {"title": None, "tags": [], "parts": parts[1:], "maker": {"city": "Bern"}}
    reply = send(things, {"@search.action": "merge", "id": "1", "count": 3} | change)
    assert reply.json()["value"][0]["statusCode"] == 200
    kept = look_up(things, "1")
    assert (kept["title"], kept["tags"], kept["count"]) == (None, [], 3)
    assert kept["parts"] == [{"name": "bell", "weight": None}]
    assert kept["maker"] == {"name": "Ada", "city": "Bern"}
    send(things, {"@search.action": "upload", "id": "1"})
    assert look_up(things, "1") == {"id": "1"} | EMPTY


def test_a_batch_of_which_one_fails(things: Client) -> None:
    reply = send(
        things,
        {"@search.action": "mergeOrUpload", "id": "1"},
        {"@search.action": "merge", "id": "2", "title": "x"},
        {"@search.action": "delete", "id": "3", "nonsense": 1},
        {"id": "4", "title": "long" * 8192},
    )
    assert reply.status_code == 207
    assert [item["statusCode"] for item in reply.json()["value"]] == [201, 404, 200, 400]
    assert reply.json()["value"][1] == {
        "key": "2",
        "status": False,
        "errorMessage": "Document not found.",
        "statusCode": 404,
    }
    assert "term that is too large" in reply.json()["value"][3]["errorMessage"]
    assert count(things) == 1


@pytest.mark.parametrize(
    ("document", "message"),
    [
        ({"title": "x"}, "Details: actions : 1: Document key cannot be missing or empty."),
        ({"id": "a b"}, "Details: actions : 1: Invalid document key: 'a b'. Keys can only"),
        ({"id": "_a"}, "Keys cannot start with a leading underscore."),
        ({"id": 1}, "Details: Cannot convert the literal '1' to the expected type 'Edm.String'."),
        ({"id": "1", "name": 1}, "'name' does not exist on type 'search.documentFields'"),
        ({"id": "1", "count": 1.5}, "literal '1.5' to the expected type 'Edm.Int32'"),
        ({"id": "1", "count": 2**31}, "to the expected type 'Edm.Int32'"),
        ({"id": "1", "count": True}, "to the expected type 'Edm.Int32'"),
        ({"id": "1", "sold": 1}, "to the expected type 'Edm.Boolean'"),
        ({"id": "1", "price": "much"}, "to the expected type 'Edm.Double'"),
        ({"id": "1", "made": "2024-01-01T00:00:00"}, "to the expected type 'Edm.DateTimeOffset'"),
        ({"id": "1", "place": {"type": "Point"}}, "to the expected type 'Edm.GeographyPoint'"),
        ({"id": "1", "tags": None}, "type 'Collection(Edm.String)[Nullable=False]'"),
        ({"id": "1", "tags": "a"}, "a 'StartArray' node was expected"),
        ({"id": "1", "tags": ["a", None]}, "'Edm.String[Nullable=False]'"),
        ({"id": "1", "title": ["a"]}, "a 'PrimitiveValue' node was expected"),
        ({"id": "1", "maker": "Ada"}, "a 'StartObject' node was expected"),
        ({"id": "1", "parts": [{"size": 1}]}, "'size' does not exist"),
        ({"id": "1", "@search.action": "replace"}, "The action 'replace' is not one of"),
    ],
)
def test_a_batch_that_is_refused(document: dict[str, Any], message: str, things: Client) -> None:
    reply = send(things, {"id": "first"}, document)
    assert reply.status_code == 400
    assert message in reply.json()["error"]["message"]
    assert count(things) == 0


def test_the_recorded_error_of_a_missing_key(things: Client) -> None:
    text = "0: Document key cannot be missing or empty."
    assert send(things, {"title": "x"}).json()["error"] == {
        "code": "OperationNotAllowed",
        "message": f"The request is invalid. Details: actions : {text}",
        "details": [{"code": "MissingKeyField", "message": f"{text} Parameters: actions"}],
    }


def test_a_batch_has_a_size(things: Client) -> None:
    assert send(things).status_code == 400
    assert send(things, *({"id": str(number)} for number in range(1000))).status_code == 200
    assert send(things, *({"id": str(number)} for number in range(1001))).status_code == 400
    assert things.post("/indexes/things/docs/index", {"value": 1}).status_code == 400


def test_look_up_of_some_fields(things: Client) -> None:
    send(things, {"id": "1", "maker": {"name": "Ada"}, "parts": [{"name": "a"}, {"weight": 1}]})
    select = {"$select": "parts/weight,maker,id"}
    assert look_up(things, "1", params=select) == {
        "id": "1",
        "maker": {"name": "Ada", "city": None},
        "parts": [{"weight": None}, {"weight": 1.0}],
    }
    reply = things.get("/indexes/things/docs/1", params={"$select": "secret"})
    assert "'secret' is not a retrievable field." in reply.json()["error"]["message"]
    reply = things.get("/indexes/things/docs/1", params={"$select": "nothing"})
    assert "Could not find a property named 'nothing'" in reply.json()["error"]["message"]
    missing = things.get("/indexes/things/docs/2")
    assert (missing.status_code, missing.content) == (404, b"")


def test_contexts_are_minimal(things: Client) -> None:
    send(things, {"id": "1"})
    context = things.get("/indexes('things')/docs('1')").json()["@odata.context"]
    assert context.endswith("/indexes('things')/$metadata#docs(*)/$entity")


def test_keys_with_strange_letters(things: Client) -> None:
    path = "/indexes('things')/docs/search.index"
    body = {"value": [{"id": "it's a key"}]}
    assert things.post(path, body, params={"allowUnsafeKeys": "true"}).status_code == 200
    assert look_up(things, "it''s%20a%20key")["id"] == "it's a key"


def test_vectors_are_kept_beside_the_documents(client: Client) -> None:
    body = vector_index()
    body["fields"][-1] |= {"dimensions": 3, "retrievable": True}
    client.made("/indexes/docs", body)
    send(client, {"id": "1", "vector": [0.1, 2, -3.5]}, {"id": "2"}, index="docs")
    send(client, {"@search.action": "merge", "id": "1", "title": "one"}, index="docs")
    assert client.get("/indexes/docs/docs/1").json()["vector"] == [0.1, 2, -3.5]
    assert client.get("/indexes/docs/docs/2").json()["vector"] == []
    reply = send(client, {"id": "3", "vector": [1.0]}, index="docs")
    assert "Details: actions : 0: There's a mismatch in vector dimensions." in reply.text
    assert send(client, {"id": "3", "vector": None}, index="docs").status_code == 400
    assert send(client, {"id": "3", "vector": ["a", 1, 2]}, index="docs").status_code == 400
    send(client, {"id": "1", "vector": []}, index="docs")
    assert client.get("/indexes/docs/docs/1").json()["vector"] == []


def test_statistics_count_documents(client: Client) -> None:
    client.made("/indexes/docs", vector_index())
    send(client, {"id": "1", "title": "one", "vector": [1.0] * 1536}, {"id": "2"}, index="docs")
    stats = client.get("/indexes('docs')/search.stats").json()
    assert stats["documentCount"] == 2
    assert stats["storageSize"] > 1536 * 4
    assert stats["vectorIndexSize"] > 0
    counters = client.get("/servicestats").json()["counters"]
    assert counters["documentCount"]["usage"] == 2
    client.put("/emulator/indexes/docs/numbers", {"documentCount": 7})
    assert client.get("/indexes('docs')/search.stats").json()["documentCount"] == 7


def test_a_deleted_index_forgets_its_documents(things: Client) -> None:
    send(things, {"id": "1"})
    things.delete("/indexes/things")
    things.made("/indexes/things", {"name": "things", "fields": FIELDS})
    assert count(things) == 0
    send(things, {"id": "1"})
    things.call("DELETE", "/emulator/state")
    things.made("/indexes/things", {"name": "things", "fields": FIELDS})
    assert count(things) == 0


def test_documents_survive_a_restart(connect: Callable[..., Client], tmp_path: Path) -> None:
    before = connect(state_dir=tmp_path)
    body = vector_index()
    body["fields"][-1] |= {"dimensions": 2, "retrievable": True}
    before.made("/indexes/docs", body)
    send(before, {"id": "1", "title": "old"}, {"id": "2", "vector": [1, 0.5]}, index="docs")
    send(before, {"id": "1", "title": "new"}, {"id": "3"}, index="docs")
    send(before, {"@search.action": "delete", "id": "3"}, index="docs")
    after = connect(state_dir=tmp_path)
    assert count(after, "docs") == 2
    assert after.get("/indexes/docs/docs/1").json()["title"] == "new"
    assert after.get("/indexes/docs/docs/2").json()["vector"] == [1, 0.5]
    after.delete("/indexes/docs")
    assert not list(tmp_path.rglob("*.sqlite"))


def test_a_field_that_was_added_later_is_null(client: Client) -> None:
    client.made("/indexes/docs", index_body())
    send(client, {"id": "1", "title": "one"}, index="docs")
    body = index_body()
    body["fields"].append({"name": "more", "type": "Edm.String"})
    client.made("/indexes/docs", body)
    kept = client.get("/indexes/docs/docs/1").json()
    assert (kept["title"], kept["more"]) == ("one", None)


def test_many_rewrites_of_one_document(client: Client) -> None:
    client.made("/indexes/docs", index_body())
    send(client, {"id": "first", "title": "first"}, index="docs")
    for number in range(3):
        batch = [{"id": "1", "title": f"round{number} word{step}"} for step in range(999)]
        send(client, *batch, index="docs")
    assert count(client, "docs") == 2
    assert client.get("/indexes/docs/docs/1").json()["title"] == "round2 word998"
    found = client.post("/indexes/docs/docs/search", {"search": "first word998 word997"}).json()
    assert sorted(hit["id"] for hit in found["value"]) == ["1", "first"]


@pytest.mark.parametrize(
    ("given", "shown"),
    [
        ("NaN", "NaN"),
        ("INF", "INF"),
        ("-INF", "-INF"),
        ("Infinity", "INF"),
        ("-Infinity", "-INF"),
        (199, 199.0),
        (1.7976931348623157e308, 1.7976931348623157e308),
        (5e-324, 5e-324),
        (None, None),
    ],
)
def test_doubles_both_ways(given: object, shown: object, client: Client) -> None:
    """Recorded: IndexingTests.canRoundtripBoundaryValuesSync."""
    client.made("/indexes/rates", RATES)
    document = {"id": "1", "rate": given, "rooms": [{"rate": given}]}
    assert client.post("/indexes/rates/docs/index", {"value": [document]}).status_code == 200
    found = client.get("/indexes/rates/docs/1").json()
    assert (found["rate"], found["rooms"]) == (shown, [{"rate": shown}])
    body = {"filter": "rate eq null or rate ne 1", "orderby": "rate", "facets": ["rate"]}
    hits = client.post("/indexes/rates/docs/search", body)
    assert hits.status_code == 200, hits.text
    assert [hit["rate"] for hit in hits.json()["value"]] == [shown]


@pytest.mark.parametrize("given", ["inf", "nan", "+INF", "+Infinity", "-NaN", "1", "", True, [1]])
def test_what_is_no_double(given: object, client: Client) -> None:
    client.made("/indexes/rates", RATES)
    document = {"id": "1", "rate": given}
    assert client.post("/indexes/rates/docs/index", {"value": [document]}).status_code == 400


def test_special_doubles_are_compared_as_numbers(client: Client) -> None:
    client.made("/indexes/rates", RATES)
    given = {"1": "Infinity", "2": "-Infinity", "3": "NaN", "4": 5}
    documents = [{"id": key, "rate": rate} for key, rate in given.items()]
    client.post("/indexes/rates/docs/index", {"value": documents})
    for text, ids in {
        "rate gt 5": "1",
        "rate lt 5": "2",
        "rate eq INF": "1",
        "rate eq -INF": "2",
        "rate eq NaN": "",
        "rate ne NaN": "1234",
    }.items():
        body = {"filter": text, "orderby": "id"}
        hits = client.post("/indexes/rates/docs/search", body).json()["value"]
        assert "".join(hit["id"] for hit in hits) == ids, text


RATES = {
    "name": "rates",
    "fields": [
        {"name": "id", "type": "Edm.String", "key": True},
        {"name": "rate", "type": "Edm.Double"},
        {
            "name": "rooms",
            "type": "Collection(Edm.ComplexType)",
            "fields": [{"name": "rate", "type": "Edm.Double"}],
        },
    ],
}
