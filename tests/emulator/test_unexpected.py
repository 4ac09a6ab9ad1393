"""Requests that nobody would send on purpose: each has an answer, and the service goes on."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.world import emulator

from .conftest import Client, index_body, indexer_body, pipeline, vector_index

VECTOR = {"kind": "vector", "vector": [1] * 1536, "fields": "vector"}
QUERIES: list[dict[str, Any]] = [
    {"facets": [5]},
    {"facets": ["title,count:²"]},
    {"vectorQueries": [5]},
    {"vectorQueries": [VECTOR | {"fields": 5}]},
    {"vectorQueries": [VECTOR | {"kind": ["vector"]}]},
    {"vectorQueries": [VECTOR | {"threshold": 5}]},
    {"vectorQueries": [VECTOR | {"filterOverride": 5}]},
    {"vectorQueries": [VECTOR | {"vector": [10**400] * 1536}]},
    {"vectorQueries": [VECTOR | {"vector": [1e39] * 1536}]},
    {"vectorQueries": [VECTOR | {"weight": 1e308}]},
]


@pytest.mark.parametrize("query", QUERIES, ids=lambda query: json.dumps(query)[:60])
def test_a_query_of_wrong_types(query: dict[str, Any], client: Client) -> None:
    client.made("/indexes/docs", vector_index())
    reply = client.post("/indexes/docs/docs/search", query)
    assert reply.status_code == 400
    assert reply.json()["error"]["message"]


def test_vectors_of_the_largest_numbers(client: Client) -> None:
    """What is stored can be asked for: no score and no number that JSON does not have."""
    client.made("/indexes/docs", vector_index())
    batch = [{"id": "1", "vector": [3e38] * 1536}]
    assert client.post("/indexes/docs/docs/index", {"value": batch}).status_code == 200
    batch = [{"id": "2", "vector": [1e39] * 1536}]
    assert client.post("/indexes/docs/docs/index", {"value": batch}).status_code == 400
    reply = client.post("/indexes/docs/docs/search", {"vectorQueries": [VECTOR]})
    assert "NaN" not in reply.text
    assert "Infinity" not in reply.text
    assert [found["id"] for found in reply.json()["value"]] == ["1"]


def test_half_a_surrogate_pair(client: Client) -> None:
    client.made("/indexes/docs", index_body())
    batch = '{"value": [{"id": "1", "title": "a \\ud800 b"}]}'
    headers = {"content-type": "application/json", "api-key": "any"}
    path = "/indexes/docs/docs/index"
    assert client.post(path, content=batch.encode(), headers=headers).status_code == 200
    reply = client.get("/indexes/docs/docs", params={"search": "b"})
    assert [found["title"] for found in reply.json()["value"]] == ["a ? b"]


def test_a_definition_that_is_nested_too_deeply(client: Client) -> None:
    entry: dict[str, Any] = {"name": "i", "source": "/document/content"}
    for _ in range(300):
        entry = {"name": "i", "sourceContext": "/document", "inputs": [entry]}
    shaper = {
        "@odata.type": "#Microsoft.Skills.Util.ShaperSkill",
        "inputs": [entry],
        "outputs": [{"name": "output"}],
    }
    reply = client.put("/skillsets/skills", {"name": "skills", "skills": [shaper]})
    assert reply.status_code == 400
    assert "nested deeper" in reply.json()["error"]["message"]
    assert client.get("/skillsets").json()["value"] == []


def test_a_number_that_json_does_not_have(client: Client) -> None:
    weights = {"name": "p", "text": {"weights": {"title": 5}}}
    body = json.dumps(index_body(scoringProfiles=[weights])).replace("5}", "1e999}")
    headers = {"content-type": "application/json", "api-key": "any"}
    assert client.call("PUT", "/indexes/docs", content=body, headers=headers).status_code == 400


DOORS = [
    ("POST", "/emulator/clock", [1]),
    ("POST", "/emulator/clock", {"seconds": 1e300}),
    ("PUT", "/emulator/indexers/indexer/state", [1]),
    ("PUT", "/emulator/indexes/docs/numbers", [1]),
    ("PUT", "/emulator/faults", [{"fault": ["x"]}]),
    ("PUT", "/emulator/faults", [{"fault": "hang", "path": 5}]),
    ("PUT", "/emulator/faults", [{"fault": "hang", "after": [1]}]),
]


@pytest.mark.parametrize(("method", "path", "body"), DOORS)
def test_a_door_that_is_misused(method: str, path: str, body: Any, client: Client) -> None:
    pipeline(client)
    assert client.call(method, path, body).status_code == 400


def test_a_schedule_that_starts_in_thousands_of_years(client: Client) -> None:
    """The thread that keeps the time waits for it in steps; pytest would tell if it ended."""
    pipeline(client)
    schedule = {"interval": "PT5M", "startTime": "9999-01-01T00:00:00Z"}
    client.made("/indexers/late", indexer_body("late", disabled=False, schedule=schedule))
    assert client.post("/emulator/clock", {"seconds": 1}).status_code == 204


def test_a_failure_of_the_emulator_itself(
    connect: Callable[..., Client], tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    """Its folder cannot be written: a 500 in the service's shape, told on stderr, and no secret."""
    state = tmp_path / "state"
    state.write_text("a file")
    client = connect(state_dir=str(state))
    source = {
        "name": "source",
        "type": "azureblob",
        "credentials": {"connectionString": "AccountKey=c2VjcmV0"},
        "container": {"name": "files"},
    }
    for _ in range(2):
        reply = client.put("/datasources/source", source)
        assert reply.status_code == 500
        error = reply.json()["error"]
        assert error["code"] == ""
        assert "failed unexpectedly (NotADirectoryError)" in error["message"]
    told = capfd.readouterr().err
    assert told.count("The emulator failed: PUT /datasources/source: NotADirectoryError") == 2
    assert "c2VjcmV0" not in told
    assert client.get("/indexes").status_code == 200


def test_a_served_emulator_goes_on(tmp_path: Path) -> None:
    state = tmp_path / "state"
    with emulator(tmp_path / "access.log", "--state", str(state)) as service:
        (state).mkdir(exist_ok=True)
        (state / "synonymmaps").write_text("a file where a folder should be")
        body = {"name": "s", "format": "solr", "synonyms": "a, b"}
        assert service.http.put("/synonymmaps/s", json=body).status_code == 500
        service.put("Index/docs", {"fields": index_body()["fields"]})
        assert service.http.get("/indexes/docs/docs", params={"search": "*"}).status_code == 200
        statuses = [call.status for call in service.calls() if call.path == "/synonymmaps/s"]
        assert statuses == [500]
