"""Every api-version with which an official client was released, in its own form."""

from __future__ import annotations

from typing import Any

import pytest

from .conftest import Client, index_body, source_body, split_skill, vector_index

# The default of each release of azure-search-documents since 11.4.0, by its changelog.
RELEASED = (
    "2023-11-01",
    "2024-03-01-Preview",
    "2024-05-01-Preview",
    "2024-07-01",
    "2024-09-01-preview",
    "2024-11-01-preview",
    "2025-03-01-preview",
    "2025-05-01-preview",
    "2025-08-01-preview",
    "2025-09-01",
    "2025-11-01-preview",
    "2026-04-01",
    "2026-05-01-preview",
    "2026-08-01-preview",
)
OLDER = ("2020-06-30", "2023-07-01-Preview", "2023-10-01-Preview")
CHAT = "#Microsoft.Skills.Custom.ChatCompletionSkill"


def test_the_list_of_versions(client: Client) -> None:
    listed = client.get("/emulator", version=None).json()["apiVersions"]
    assert listed == sorted((*OLDER, *RELEASED))


@pytest.mark.parametrize("version", [*OLDER, *RELEASED])
def test_a_pipeline_in_every_version(version: str, client: Client) -> None:
    index = index_body() if version == "2020-06-30" else vector_index()
    objects = {
        "indexes": index,
        "datasources": source_body(),
        "skillsets": {"name": "skills", "skills": [split_skill()]},
        "indexers": {"name": "indexer", "dataSourceName": "source", "targetIndexName": "docs"},
        "synonymmaps": {"name": "map", "format": "solr", "synonyms": "a, b"},
    }
    for spelling in (version, version.upper(), version.lower()):
        for collection, body in objects.items():
            path = f"/{collection}/{body['name']}"
            client.made(path, body, version=spelling)
            shown = client.get(path, version=spelling).json()
            assert shown["name"] == body["name"]
            if collection != "datasources":  # its secret does not come back
                assert client.put(path, shown, version=spelling).status_code == 200
        assert client.get("/servicestats", version=spelling).status_code == 200
        assert client.get("/indexers/indexer/status", version=spelling).status_code == 200


@pytest.mark.parametrize(
    ("collection", "versions"),
    [
        ("aliases", [v for v in RELEASED if "review" in v or v >= "2026"]),
        ("knowledgesources", [v for v in RELEASED if v >= "2025-08" and v != "2025-09-01"]),
        ("knowledgebases", [v for v in RELEASED if v >= "2025-11"]),
    ],
)
def test_collections_by_version(collection: str, versions: list[str], client: Client) -> None:
    for version in RELEASED:
        status = client.get(f"/{collection}", version=version).status_code
        assert status == (200 if version in versions else 404), version


def chat(**more: Any) -> dict[str, Any]:
    skill = {
        "@odata.type": CHAT,
        "uri": "https://x.openai.azure.com/openai/deployments/d/chat/completions",
        "inputs": [{"name": "userMessage", "source": "='hello'"}],
        "outputs": [{"name": "response"}],
    }
    return {"name": "skills", "skills": [skill | more]}


@pytest.mark.parametrize(
    ("path", "body", "first"),
    [
        ("/indexes/docs", index_body(description="text"), "2025-05-01-preview"),
        ("/indexes/docs", index_body(permissionFilterOption="enabled"), "2025-05-01-preview"),
        ("/indexes/docs", index_body(purviewEnabled=False), "2025-11-01-preview"),
        (
            "/skillsets/skills",
            {"name": "skills", "skills": [split_skill(unit="characters")]},
            "2024-09-01-preview",
        ),
        ("/skillsets/skills", chat(), "2025-05-01-preview"),
    ],
)
def test_a_member_is_known_from_its_preview_on(
    path: str, body: dict[str, Any], first: str, client: Client
) -> None:
    for version in (one for one in RELEASED if one.lower().endswith("preview")):
        status = client.put(path, body, version=version).status_code
        assert (status < 300) == (version >= first), version


def test_a_chat_skill_was_a_web_api_skill_once(client: Client) -> None:
    for version in RELEASED:
        status = client.put("/skillsets/skills", chat(timeout="PT1M"), version=version).status_code
        once = "2025-05" <= version < "2026-08" and version.endswith("preview")
        assert (status < 300) == once, version


def test_a_blob_source_as_it_was_first_written(client: Client) -> None:
    """2025-08-01-preview: what is done with the files stood beside the container's name."""
    model = {"resourceUri": "https://x.openai.azure.com", "deploymentId": "d"}
    model["modelName"] = "text-embedding-3-small"
    parameters = {
        "connectionString": "secret",
        "containerName": "files",
        "embeddingModel": {"name": "m", "kind": "azureOpenAI", "azureOpenAIParameters": model},
    }
    body = {"name": "files", "kind": "azureBlob", "azureBlobParameters": parameters}
    client.made("/knowledgesources/files", body, version="2025-08-01-preview")
    fields = client.get("/indexes/files-index").json()["fields"]
    assert [field["dimensions"] for field in fields if field["dimensions"]] == [1536]
