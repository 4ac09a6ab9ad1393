"""Knowledge sources that ingest: what they create, what follows them, what stays as it is."""

from __future__ import annotations

import copy
from collections.abc import Callable
from typing import Any

import pytest

from .conftest import Client, index_body

NEWEST = "2026-08-01-preview"
MODEL: dict[str, Any] = {
    "kind": "azureOpenAI",
    "azureOpenAIParameters": {
        "resourceUri": "https://one.openai.azure.com",
        "deploymentId": "embed",
        "modelName": "text-embedding-3-large",
        "apiKey": "the-model-key",
    },
}
CHAT = copy.deepcopy(MODEL)
CHAT["azureOpenAIParameters"] |= {"modelName": "gpt-5-mini"}
CREATED = {
    "datasource": "ks-datasource",
    "index": "ks-index",
    "skillset": "ks-skillset",
    "indexer": "ks-indexer",
}
PATHS = (
    "/datasources/ks-datasource",
    "/indexes/ks-index",
    "/skillsets/ks-skillset",
    "/indexers/ks-indexer",
)
PARAMETERS: dict[str, dict[str, Any]] = {
    "azureBlob": {"connectionString": "the-secret", "containerName": "files", "folderPath": "in"},
    "indexedOneLake": {"fabricWorkspaceId": "w", "lakehouseId": "l", "targetPath": "in"},
    "indexedSharePoint": {"connectionString": "the-secret", "containerName": "useQuery"},
    "indexedSql": {"connectionString": "the-secret", "tableOrView": "files"},
}


def source(kind: str = "azureBlob", ingestion: Any = None, **more: Any) -> dict[str, Any]:
    parameters = {**PARAMETERS[kind], **more, "ingestionParameters": ingestion}
    return {"name": "ks", "kind": kind, f"{kind}Parameters": parameters}


def objects(client: Client) -> list[str]:
    collections = ("datasources", "indexes", "skillsets", "indexers", "knowledgesources")
    return [
        f"/{collection}/{found['name']}"
        for collection in collections
        for found in client.get(f"/{collection}").json()["value"]
    ]


@pytest.mark.parametrize(
    ("kind", "type_"),
    [
        ("azureBlob", "azureblob"),
        ("indexedOneLake", "onelake"),
        ("indexedSharePoint", "sharepoint"),
        ("indexedSql", "azuresql"),
    ],
)
def test_a_source_creates_its_pipeline(kind: str, type_: str, client: Client) -> None:
    client.made("/knowledgesources/ks", source(kind), version=NEWEST)
    shown = client.get("/knowledgesources/ks", version=NEWEST)
    assert shown.json()[f"{kind}Parameters"]["createdResources"] == CREATED
    assert objects(client) == [*PATHS, "/knowledgesources/ks"]
    assert client.get("/datasources/ks-datasource").json()["type"] == type_
    assert "the-secret" not in shown.text
    assert client.get("/indexers/ks-indexer/status").json()["executionHistory"]
    assert client.delete("/knowledgesources/ks").status_code == 204
    assert objects(client) == []


@pytest.mark.parametrize("mode", ["minimal", "standard"])
def test_what_is_created_can_be_sent_back(mode: str, client: Client) -> None:
    ingestion = {
        "embeddingModel": MODEL,
        "chatCompletionModel": CHAT,
        "contentExtractionMode": mode,
    }
    if mode == "standard":
        ingestion["aiServices"] = {"uri": "https://one.services.ai.azure.com"}
    client.made("/knowledgesources/ks", source(ingestion=ingestion))
    for path in PATHS:
        shown = client.get(path).json()
        if "credentials" in shown:
            shown["credentials"] = {"connectionString": "<unchanged>"}
        again = client.made(path, shown)
        assert again["name"] == shown["name"]
    index = client.get("/indexes/ks-index").json()
    vector = next(field for field in index["fields"] if field["name"] == "snippet_vector")
    assert vector["dimensions"] == 3072
    projections = client.get("/skillsets/ks-skillset").json()["indexProjections"]
    fields = {field["name"] for field in index["fields"]}
    for selector in projections["selectors"]:
        assert selector["targetIndexName"] == "ks-index"
        assert {selector["parentKeyFieldName"], *(m["name"] for m in selector["mappings"])} < fields


def test_without_a_model_there_are_no_vectors(client: Client) -> None:
    client.made("/knowledgesources/ks", source())
    assert client.get("/indexes/ks-index").json()["vectorSearch"] is None
    [skill] = client.get("/skillsets/ks-skillset").json()["skills"]
    assert skill["@odata.type"] == "#Microsoft.Skills.Text.SplitSkill"


def test_where_it_reads_and_when(client: Client) -> None:
    schedule = {"interval": "PT1H", "startTime": "2026-01-01T00:00:00Z"}
    more = {"ingestionSchedule": schedule, "ingestionPermissionOptions": ["groupIds"]}
    client.made("/knowledgesources/ks", source(ingestion=more, isADLSGen2=True), version=NEWEST)
    data_source = client.get("/datasources/ks-datasource", version=NEWEST).json()
    assert data_source["type"] == "adlsgen2"
    assert data_source["container"] == {"name": "files", "query": "in"}
    assert data_source["indexerPermissionOptions"] == ["groupIds"]
    assert client.get("/indexers/ks-indexer").json()["schedule"] == schedule
    fields = client.get("/indexes/ks-index", version=NEWEST).json()["fields"]
    assert [f["name"] for f in fields if f["permissionFilter"] == "groupIds"] == ["GroupIds"]
    status = client.get("/knowledgesources/ks/status").json()
    assert status["synchronizationInterval"] == "PT1H"
    assert status["lastSynchronizationState"]["itemsUpdatesProcessed"] == 0


def test_what_a_request_says_of_created_resources_does_not_count(client: Client) -> None:
    said = source(createdResources={"index": "another"})
    shown = client.made("/knowledgesources/ks", said)
    assert shown["azureBlobParameters"]["createdResources"] == CREATED


def refusal(client: Client, body: dict[str, Any], version: str = NEWEST) -> str:
    reply = client.put("/knowledgesources/ks", body, version=version)
    assert reply.status_code == 400, reply.text
    assert "the-secret" not in reply.text
    return str(reply.json()["error"]["message"])


@pytest.mark.parametrize(
    ("kind", "changed", "ingestion", "said"),
    [
        ("azureBlob", {"containerName": "others"}, {}, "containerName"),
        ("azureBlob", {"connectionString": "another"}, {}, "connectionString"),
        ("azureBlob", {"folderPath": None}, {}, "folderPath"),
        ("azureBlob", {"isADLSGen2": True}, {}, "isADLSGen2"),
        ("indexedOneLake", {"lakehouseId": "m"}, {}, "lakehouseId"),
        ("indexedSql", {"tableOrView": "others"}, {}, "tableOrView"),
        ("azureBlob", {}, {"contentExtractionMode": "standard"}, "ingestionParameters/content"),
        ("azureBlob", {}, {"embeddingModel": MODEL}, "ingestionParameters/embeddingModel"),
    ],
)
def test_what_cannot_change(
    kind: str, changed: Any, ingestion: Any, said: str, client: Client
) -> None:
    client.made("/knowledgesources/ks", source(kind), version=NEWEST)
    before = [client.get(path).json() for path in PATHS]
    message = refusal(client, source(kind, ingestion, **changed))
    assert message.startswith(f"The property '{said}")
    assert [client.get(path).json() for path in PATHS] == before


def test_what_can_change_reaches_the_parts(client: Client) -> None:
    client.made("/knowledgesources/ks", source(ingestion={"embeddingModel": MODEL}))
    etags = {path: client.get(path).json()["@odata.etag"] for path in PATHS}
    model = copy.deepcopy(MODEL)
    model["azureOpenAIParameters"]["deploymentId"] = "embed-2"
    client.made("/knowledgesources/ks", source(ingestion={"embeddingModel": model}))
    skill = client.get("/skillsets/ks-skillset").json()["skills"][1]
    assert skill["deploymentId"] == "embed-2"
    [vectorizer] = client.get("/indexes/ks-index").json()["vectorSearch"]["vectorizers"]
    assert vectorizer["azureOpenAIParameters"]["deploymentId"] == "embed-2"
    moved = [path for path in PATHS if client.get(path).json()["@odata.etag"] != etags[path]]
    assert moved == ["/indexes/ks-index", "/skillsets/ks-skillset"]


def test_a_description_leaves_the_parts_alone(client: Client) -> None:
    """Edited by hand, they stay so."""
    client.made("/knowledgesources/ks", source())
    indexer = client.get("/indexers/ks-indexer").json()
    client.made("/indexers/ks-indexer", indexer | {"disabled": True})
    client.made("/knowledgesources/ks", source() | {"description": "New."})
    assert client.get("/indexers/ks-indexer").json()["disabled"] is True


def test_an_identity_is_cleared_in_the_parts_too(client: Client) -> None:
    identity = {
        "@odata.type": "#Microsoft.Azure.Search.DataUserAssignedIdentity",
        "userAssignedIdentity": "/subscriptions/one",
    }
    client.made("/knowledgesources/ks", source(ingestion={"identity": identity}))
    assert client.get("/datasources/ks-datasource").json()["identity"] == identity
    none = {"@odata.type": "#Microsoft.Azure.Search.DataNoneIdentity"}
    client.made("/knowledgesources/ks", source(ingestion={"identity": none}))
    assert client.get("/datasources/ks-datasource").json()["identity"] is None


def test_nothing_is_created_by_halves(client: Client) -> None:
    client.made("/indexes/ks-index", index_body("ks-index"))
    assert "there is already the index 'ks-index'" in refusal(client, source())
    assert objects(client) == ["/indexes/ks-index"]
    client.delete("/indexes/ks-index")
    often = {"ingestionSchedule": {"interval": "PT1M"}}
    assert "schedule interval" in refusal(client, source(ingestion=often))
    assert objects(client) == []
    other = copy.deepcopy(MODEL)
    other["azureOpenAIParameters"]["modelName"] = "gpt-5-mini"
    said = refusal(client, source(ingestion={"embeddingModel": other}))
    assert "text-embedding-3-small" in said
    assert objects(client) == []


def test_parts_count_against_the_quota(connect: Callable[..., Client]) -> None:
    client = connect(tier="free")
    for name in ("one", "two", "three"):
        client.made(f"/indexes/{name}", index_body(name))
    assert client.put("/knowledgesources/ks", source()).status_code == 429
    assert client.get("/datasources").json()["value"] == []


def test_a_source_is_kept_by_who_refers_to_it_or_its_index(client: Client) -> None:
    client.made("/knowledgesources/ks", source())
    client.made("/aliases/live", {"name": "live", "indexes": ["ks-index"]})
    assert client.delete("/knowledgesources/ks").status_code == 400
    assert objects(client) == [*PATHS, "/knowledgesources/ks"]
    client.delete("/aliases/live")
    client.made("/knowledgebases/kb", {"name": "kb", "knowledgeSources": [{"name": "ks"}]})
    assert client.delete("/knowledgesources/ks").status_code == 400
    client.delete("/knowledgebases/kb")
    assert client.delete("/indexers/ks-indexer").status_code == 204  # by hand
    assert client.delete("/knowledgesources/ks").status_code == 204
    assert objects(client) == []


@pytest.mark.parametrize(
    ("kind", "parameters"),
    [
        ("file", {}),
        ("mcpServer", {"serverURL": "https://m", "tools": [{"name": "search"}]}),
    ],
)
def test_kinds_that_are_refused_by_name(kind: str, parameters: Any, client: Client) -> None:
    body = {"name": "ks", "kind": kind, f"{kind}Parameters": parameters}
    reply = client.put("/knowledgesources/ks", body, version=NEWEST)
    assert reply.status_code == 501
    assert f"knowledge source of kind {kind}" in reply.text


SITE = source("indexedSharePoint")


def test_a_preview_object_in_a_stable_list_is_shown(client: Client) -> None:
    client.made("/knowledgesources/ks", SITE, version=NEWEST)
    assert "/knowledgesources/ks" in objects(client)
    assert client.get("/knowledgesources/ks").status_code == 200


def test_a_preview_object_in_a_stable_list_is_hidden(connect: Callable[..., Client]) -> None:
    client = connect(preview_objects="hides")
    client.made("/knowledgesources/ks", SITE, version=NEWEST)
    assert objects(client) == [*PATHS]
    assert client.get("/knowledgesources/ks").status_code == 404
    assert client.get("/knowledgesources/ks", version=NEWEST).status_code == 200


def test_a_preview_object_in_a_stable_list_is_refused(connect: Callable[..., Client]) -> None:
    client = connect(preview_objects="refuses")
    client.made("/knowledgesources/ks", SITE, version=NEWEST)
    for path in ("/knowledgesources", "/knowledgesources/ks"):
        reply = client.get(path)
        assert reply.status_code == 400
        assert "'ks' is of a kind that api-version '2026-04-01' does not know" in reply.text
        assert client.get(path, version=NEWEST).status_code == 200
    assert client.get("/datasources").status_code == 200


def test_a_source_that_is_read_and_written_back(connect: Callable[..., Client]) -> None:
    """As SDKs do it: GET, change, PUT; the connection string that was read is a mask."""
    client = connect(redacted_key_on_write="keeps")
    client.made("/knowledgesources/ks", source(), version=NEWEST)
    before = client.get("/emulator/secrets").json()
    read = client.get("/knowledgesources/ks", version=NEWEST).json()
    assert read["azureBlobParameters"]["connectionString"] == "<redacted>"
    client.made("/knowledgesources/ks", read | {"description": "new"}, version=NEWEST)
    assert client.get("/emulator/secrets").json() == before
    assert set(before) >= {"datasources", "knowledgesources"}
