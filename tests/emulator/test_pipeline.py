"""Data sources, skillsets, indexers: secrets, references, runs."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from typing import Any

import pytest

from .conftest import (
    PREVIEW,
    STABLE,
    Client,
    index_body,
    indexer_body,
    pipeline,
    source_body,
    split_skill,
    vector_index,
)


def stored(client: Client, collection: str, name: str) -> dict[str, str]:
    found: dict[str, str] = client.get("/emulator/secrets").json().get(collection, {}).get(name, {})
    return found


def sha(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


CONNECTION = "/credentials/connectionString"


def test_a_connection_string_is_never_returned(client: Client) -> None:
    replies = [
        client.put("/datasources/source", source_body()),
        client.get("/datasources/source"),
        client.get("/datasources"),
    ]
    assert not any("the-secret" in reply.text for reply in replies)
    assert replies[1].json()["credentials"] == {"connectionString": None}
    assert stored(client, "datasources", "source") == {CONNECTION: sha("the-secret")}


@pytest.mark.parametrize(
    ("sent", "left"),
    [
        ("<unchanged>", {CONNECTION: sha("the-secret")}),
        ("<redacted>", {}),
        (None, {}),
        ("another", {CONNECTION: sha("another")}),
    ],
)
def test_what_a_put_does_to_a_connection_string(
    sent: str | None, left: dict[str, str], client: Client
) -> None:
    client.made("/datasources/source", source_body())
    client.made("/datasources/source", source_body(secret=sent))
    assert stored(client, "datasources", "source") == left


def test_credentials_are_required(client: Client) -> None:
    body = source_body()
    del body["credentials"]
    assert client.put("/datasources/source", body).status_code == 400


def test_identities_are_kept_until_cleared(client: Client) -> None:
    own = {
        "@odata.type": "#Microsoft.Azure.Search.DataUserAssignedIdentity",
        "userAssignedIdentity": "/subscriptions/x",
    }
    client.made("/datasources/source", source_body() | {"identity": own})
    kept = client.made("/datasources/source", source_body())
    assert kept["identity"] == own
    none = {"@odata.type": "#Microsoft.Azure.Search.DataNoneIdentity"}
    cleared = client.made("/datasources/source", source_body() | {"identity": none})
    assert cleared["identity"] is None


def embedding_skill(**more: Any) -> dict[str, Any]:
    return {
        "@odata.type": "#Microsoft.Skills.Text.AzureOpenAIEmbeddingSkill",
        "name": "embed",
        "resourceUri": "https://x.openai.azure.com",
        "deploymentId": "d",
        "modelName": "text-embedding-3-large",
        "inputs": [{"name": "text", "source": "/document/pages/*"}],
        "outputs": [{"name": "embedding"}],
        **more,
    }


def skills(*entries: dict[str, Any]) -> dict[str, Any]:
    return {"name": "skills", "skills": list(entries)}


def test_a_skills_key_is_echoed_by_writes_and_masked_by_reads(client: Client) -> None:
    written = client.made("/skillsets/skills", skills(embedding_skill(apiKey="k1")))
    assert written["skills"][0]["apiKey"] == "k1"
    assert client.get("/skillsets/skills").json()["skills"][0]["apiKey"] == "<redacted>"
    place = "/skills/embed/apiKey"
    moved = skills(split_skill(), embedding_skill(apiKey="<unchanged>"))
    client.made("/skillsets/skills", moved)
    assert stored(client, "skillsets", "skills") == {place: sha("k1")}
    client.made("/skillsets/skills", skills(embedding_skill(apiKey="<redacted>")))
    assert stored(client, "skillsets", "skills") == {}


def test_what_is_unknown_of_keys_can_be_chosen(connect: Callable[..., Client]) -> None:
    client = connect(keys_on_read="clear", redacted_key_on_write="keeps")
    client.made("/skillsets/skills", skills(embedding_skill(apiKey="k1")))
    assert client.get("/skillsets/skills").json()["skills"][0]["apiKey"] == "k1"
    client.made("/skillsets/skills", skills(embedding_skill(apiKey="<redacted>")))
    assert stored(client, "skillsets", "skills") == {"/skills/embed/apiKey": sha("k1")}


def test_a_vectorizers_key(client: Client) -> None:
    body = vector_index()
    parameters = {
        "resourceUri": "https://x.openai.azure.com",
        "deploymentId": "d",
        "modelName": "text-embedding-3-large",
        "apiKey": "k1",
    }
    entry = {"name": "v", "kind": "azureOpenAI", "azureOpenAIParameters": parameters}
    body["vectorSearch"]["vectorizers"] = [entry]
    client.made("/indexes/docs", body)
    shown = client.get("/indexes/docs").json()["vectorSearch"]["vectorizers"][0]
    assert shown["azureOpenAIParameters"]["apiKey"] == "<redacted>"
    assert shown["customWebApiParameters"] is None
    place = "/vectorSearch/vectorizers/v/azureOpenAIParameters/apiKey"
    assert stored(client, "indexes", "docs") == {place: sha("k1")}


def test_a_knowledge_stores_connection_string(client: Client) -> None:
    store = {"storageConnectionString": "the-secret", "projections": []}
    client.made("/skillsets/skills", skills(split_skill()) | {"knowledgeStore": store})
    shown = client.get("/skillsets/skills", version=PREVIEW).json()["knowledgeStore"]
    assert shown["storageConnectionString"] == "<redacted>"
    assert shown["parameters"] == {"synthesizeGeneratedKeyName": True}


def test_a_skillset_is_read_otherwise_than_written(client: Client) -> None:
    written = client.made("/skillsets/skills", skills(split_skill()))
    read = client.get("/skillsets/skills").json()
    assert written["@odata.etag"] == read["@odata.etag"]
    assert (written["skills"][0]["name"], read["skills"][0]["name"]) == (None, "#1")
    assert read["skills"][0]["context"] == "/document"
    assert written["skills"][0]["pageOverlapLength"] is None
    assert read["skills"][0]["pageOverlapLength"] == 0
    assert "unit" not in read["skills"][0]
    assert client.get("/skillsets/skills", version=PREVIEW).json()["skills"][0]["unit"]


@pytest.mark.parametrize(
    ("body", "version", "text"),
    [
        (skills(), STABLE, "has 0 skills"),
        (skills(*[split_skill()] * 31), STABLE, "has 31 skills"),
        (skills(split_skill(name="a"), split_skill(name="a")), STABLE, "more than one skill"),
        (skills(split_skill(unit="characters")), STABLE, "Unexpected properties found on Skill"),
        (skills(split_skill(outputs=[{"name": "chunks"}])), STABLE, "Outputs are not supported"),
        (skills(split_skill(maximumPageLength=10)), STABLE, "between 300 and 50000"),
        (skills(split_skill(textSplitMode="words")), STABLE, "Cannot convert the literal 'words'"),
        (skills({"inputs": [], "outputs": []}), STABLE, "without a type name"),
        (skills(split_skill(inputs=[{"name": "text"}])), STABLE, "either 'source'"),
        (skills(embedding_skill(modelName=None)), STABLE, "'modelName' parameter is required"),
        (skills(embedding_skill()), "2023-11-01", "Incompatible type kinds"),
        (
            skills(split_skill(**{"@odata.type": "#Microsoft.Skills.Text.SentimentSkill"})),
            "2023-07-01-Preview",
            "contains a skill of type 'Microsoft.Skills.Text.SentimentSkill'",
        ),
    ],
)
def test_skillsets_that_are_refused(
    body: dict[str, Any], version: str, text: str, client: Client
) -> None:
    reply = client.put("/skillsets/skills", body, version=version)
    assert reply.status_code == 400
    assert text in reply.json()["error"]["message"]


def test_odd_source_paths_are_accepted(client: Client) -> None:
    odd = split_skill(inputs=[{"name": "text", "source": "/documents/nowhere"}])
    client.made("/skillsets/skills", skills(odd))


@pytest.mark.parametrize(
    ("more", "text"),
    [
        ({"dataSourceName": "no"}, "This indexer refers to a data source 'no' that doesn't exist"),
        ({"targetIndexName": "no"}, "This indexer refers to an index 'no' that doesn't exist"),
        ({"skillsetName": "no"}, "This indexer refers to a skillset 'no' that doesn't exist"),
        ({"fieldMappings": [{"sourceFieldName": "x"}]}, "Field mapping specifies target field 'x'"),
        (
            {"outputFieldMappings": [{"sourceFieldName": "/document/x", "targetFieldName": "a/b"}]},
            "Output field mapping specifies target field 'a/b' that doesn't exist in the index",
        ),
        (
            {"parameters": {"configuration": {"queryTimeout": "00:10:00"}}},
            "Configuration property 'queryTimeout' is not supported for the data source of type",
        ),
        ({"schedule": {"interval": "PT1M"}}, "between 5 minutes and 1 day"),
        ({"schedule": {"interval": "hourly"}}, "Cannot convert the literal 'hourly'"),
    ],
)
def test_indexers_that_are_refused(more: dict[str, Any], text: str, client: Client) -> None:
    pipeline(client)
    reply = client.put("/indexers/other", indexer_body("other") | more)
    assert reply.status_code == 400
    assert text in reply.json()["error"]["message"]


def test_an_indexer_needs_a_connection_string(client: Client) -> None:
    pipeline(client)
    client.made("/datasources/source", source_body(secret="<redacted>"))
    reply = client.put("/indexers/indexer", indexer_body())
    assert "Credentials provided in the connection string" in reply.text


def test_creating_an_indexer_runs_it_and_moves_its_etag(client: Client) -> None:
    made = pipeline(client)
    shown = client.get("/indexers/indexer").json()
    assert shown["@odata.etag"] != made["@odata.etag"]
    assert (shown["disabled"], shown["cache"]) == (None, None)
    status = client.get("/indexers/indexer/status").json()
    assert status["status"] == "running"
    assert status["lastResult"]["status"] == "success"
    assert [entry["itemsProcessed"] for entry in status["executionHistory"]] == [0]


def test_a_disabled_indexer_does_not_run_when_created(client: Client) -> None:
    made = pipeline(client, disabled=True)
    assert client.get("/indexers/indexer").json()["@odata.etag"] == made["@odata.etag"]
    assert client.get("/indexers/indexer/status").json()["lastResult"] is None


def test_reset_and_run(client: Client) -> None:
    pipeline(client, disabled=True)
    assert client.post("/indexers('indexer')/search.reset").status_code == 204
    status = client.get("/indexers/indexer/status", version=PREVIEW).json()
    assert status["lastResult"]["status"] == "reset"
    assert status["limits"] is None
    assert client.post("/indexers/indexer/run").status_code == 202
    status = client.get("/indexers('indexer')/search.status", version=PREVIEW).json()
    assert [entry["status"] for entry in status["executionHistory"]] == ["success", "reset"]
    assert status["currentState"]["mode"] == "indexingAllDocs"


def test_an_indexer_held_in_progress(client: Client) -> None:
    pipeline(client)
    door = "/emulator/indexers/indexer/state"
    assert client.put(door, {"state": "inProgress"}).status_code == 204
    status = client.get("/indexers/indexer/status").json()
    assert status["lastResult"]["status"] == "inProgress"
    busy = client.post("/indexers/indexer/run")
    assert busy.status_code == 409
    assert "concurrent invocations are not allowed" in busy.text
    before = client.get("/indexers/indexer").headers["etag"]
    done = {"state": "idle", "status": "transientFailure", "itemsFailed": 3}
    assert client.put(door, done).status_code == 204
    assert client.get("/indexers/indexer/status").json()["lastResult"]["itemsFailed"] == 3
    assert client.get("/indexers/indexer").headers["etag"] != before


def test_a_scheduled_run_moves_the_etag(client: Client) -> None:
    pipeline(client)
    before = client.get("/indexers/indexer").headers["etag"]
    assert client.post("/emulator/indexers/indexer/run", {"itemsProcessed": 7}).status_code == 204
    assert client.get("/indexers/indexer").headers["etag"] != before
    assert client.get("/indexers/indexer/status").json()["lastResult"]["itemsProcessed"] == 7


def test_what_an_indexer_uses_can_be_deleted(client: Client) -> None:
    pipeline(client)
    for path in ("/indexes/docs", "/datasources/source", "/skillsets/skills"):
        assert client.delete(path).status_code == 204
    assert client.post("/indexers/indexer/run").status_code == 202
    last = client.get("/indexers/indexer/status").json()["lastResult"]
    assert last["status"] == "transientFailure"


def test_a_schedules_start_time_is_filled_in_and_kept(client: Client) -> None:
    first = pipeline(client, schedule={"interval": "PT1H"})["schedule"]["startTime"]
    body = indexer_body(schedule={"interval": "PT2H"})
    assert client.made("/indexers/indexer", body)["schedule"]["startTime"] == first


def test_an_alias_is_no_target(client: Client) -> None:
    pipeline(client)
    client.made("/aliases/now", {"name": "now", "indexes": ["docs"]})
    reply = client.put("/indexers/other", indexer_body("other", targetIndexName="now"))
    assert reply.status_code == 400


def test_state_survives_a_restart(connect: Callable[..., Client], tmp_path: Any) -> None:
    folder = tmp_path / "state"
    first = connect(state_dir=folder)
    pipeline(first)
    first.made("/indexes/more", index_body("more"))
    first.delete("/indexes/more")
    paths = ("/indexes", "/datasources", "/skillsets", "/indexers", "/indexers/indexer/status")
    second = connect(state_dir=str(folder))
    for path in (*paths, "/emulator/secrets"):
        assert second.get(path).json() == first.get(path).json()
    second.delete("/emulator/state")
    assert connect(state_dir=folder).get("/indexes").json()["value"] == []


def test_runs_fill_the_index_once_until_reset(client: Client) -> None:
    client.made("/datasources/source", source_body())
    client.made("/indexes/docs", index_body())
    assert client.put("/emulator/datasources/source/numbers", {"documents": 9}).status_code == 204
    client.made("/indexers/indexer", indexer_body())
    client.post("/indexers/indexer/run")
    client.post("/indexers/indexer/reset")
    client.post("/indexers/indexer/run")
    history = client.get("/indexers/indexer/status").json()["executionHistory"]
    assert [entry["itemsProcessed"] for entry in history] == [9, 0, 0, 9]
    assert client.get("/indexes/docs/stats").json()["documentCount"] == 9
    counters = client.get("/servicestats").json()["counters"]
    assert counters["documentCount"]["usage"] == 9
    client.put("/emulator/indexes/docs/numbers", {"documentCount": 20_000})
    assert client.get("/indexes/docs/stats").json()["documentCount"] == 20_000


def test_knowledge_sources_and_bases(client: Client) -> None:
    source = {
        "name": "ks",
        "kind": "searchIndex",
        "searchIndexParameters": {"searchIndexName": "docs"},
    }
    assert client.put("/knowledgesources/ks", source).status_code == 400
    client.made("/indexes/docs", index_body())
    shown = client.made("/knowledgesources/ks", source)
    assert shown["azureBlobParameters"] is None
    base = {"name": "kb", "knowledgeSources": [{"name": "ks"}]}
    client.made("/knowledgebases/kb", base)
    assert client.get("/knowledgesources/ks/status").json()["synchronizationStatus"] == "active"
    assert client.delete("/knowledgesources/ks").status_code == 400
    assert client.delete("/indexes/docs").status_code == 400
    for path in ("/knowledgebases/kb", "/knowledgesources/ks", "/indexes/docs"):
        assert client.delete(path).status_code == 204


@pytest.mark.parametrize("kind", ["adlsgen2", "azuresql", "cosmosdb"])
def test_the_type_of_a_data_source_stays(kind: str, client: Client) -> None:
    client.made("/datasources/source", source_body())
    reply = client.put("/datasources/source", source_body() | {"type": kind})
    assert reply.status_code == 400
    assert reply.json()["error"] == {
        "code": "",
        "message": "Changing the type of an existing data source is not supported",
    }
    client.made("/datasources/source", source_body() | {"container": {"name": "other"}})
    client.delete("/datasources/source")
    client.made("/datasources/source", source_body() | {"type": kind})


@pytest.mark.parametrize(
    ("host", "taken"),
    [
        ("one.openai.azure.com", True),
        ("one.services.ai.azure.com", True),
        ("one.cognitiveservices.azure.com", True),
        ("gw.azure-api.net", False),
        ("api.openai.com", False),
        ("openai.azure.com.example.org", False),
    ],
)
def test_where_the_model_of_a_knowledge_base_may_be(host: str, taken: bool, client: Client) -> None:
    client.made("/indexes/docs", index_body())
    source = {"name": "ks", "kind": "searchIndex"}
    source["searchIndexParameters"] = {"searchIndexName": "docs"}
    client.made("/knowledgesources/ks", source)
    parameters = {"resourceUri": f"https://{host}", "deploymentId": "d", "modelName": "gpt-5-mini"}
    model = {"kind": "azureOpenAI", "azureOpenAIParameters": parameters}
    body = {"name": "kb", "knowledgeSources": [{"name": "ks"}], "models": [model]}
    reply = client.put("/knowledgebases/kb", body)
    assert reply.status_code == (201 if taken else 400)
    if not taken:
        assert "Only Azure OpenAI and Azure AI Foundry endpoints are supported" in reply.text
