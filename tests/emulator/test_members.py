"""Which members a type has in which api-version, and what an older one keeps of a newer object."""

from __future__ import annotations

from typing import Any

import pytest

from .conftest import PREVIEW, STABLE, Client, index_body, indexer_body, pipeline, vector_index
from .test_index import field

Json = dict[str, Any]
NEWEST = "2026-08-01-preview"


def skillset(kind: str, **more: Any) -> Json:
    skill = {"@odata.type": f"#Microsoft.Skills.{kind}", "name": "one", "inputs": [], "outputs": []}
    return {"name": "s", "skills": [skill | more]}


@pytest.mark.parametrize(
    "version", ["2020-06-30", "2023-10-01-Preview", "2024-07-01", "2025-09-01", PREVIEW, STABLE]
)
def test_a_deprecated_member_of_ocr_is_taken_in_every_version(version: str, client: Client) -> None:
    body = skillset("Vision.OcrSkill", textExtractionAlgorithm="printed")
    shown = client.made("/skillsets/s", body, version=version)["skills"][0]
    assert shown["textExtractionAlgorithm"] == "printed"
    shown = client.made("/skillsets/s", skillset("Vision.OcrSkill"), version=version)["skills"][0]
    assert shown["textExtractionAlgorithm"] is None


@pytest.mark.parametrize("version", ["2023-07-01-Preview", "2024-05-01-Preview", PREVIEW, NEWEST])
def test_azure_files_are_a_source_in_previews(version: str, client: Client) -> None:
    """search-file-storage-integration: a preview, in no schema."""
    share = {"name": "share", "query": "folder"}
    body = {"type": "azurefile", "credentials": {"connectionString": "a"}, "container": share}
    assert client.made("/datasources/d", {"name": "d", **body}, version=version)["type"] == (
        "azurefile"
    )
    pipeline(client)
    configured = {"configuration": {"parsingMode": "json", "imageAction": "none"}}
    indexer = indexer_body(dataSourceName="d", parameters=configured)
    client.made("/indexers/indexer", indexer, version=version)
    reply = client.put("/datasources/e", {"name": "e", **body}, version=STABLE)
    assert reply.status_code == 400
    assert "Cannot convert the literal 'azurefile'" in reply.text


@pytest.mark.parametrize("code", ["no", "pt-BR", "pt-PT", "zh-Hans", "nb", "zh"])
def test_a_split_skill_takes_the_codes_of_its_page_and_of_the_schema(
    code: str, client: Client
) -> None:
    body = skillset("Text.SplitSkill", defaultLanguageCode=code)
    for version in ("2020-06-30", "2024-07-01", STABLE, NEWEST):
        assert client.made("/skillsets/s", body, version=version)["skills"][0][
            "defaultLanguageCode"
        ] == (code)


@pytest.mark.parametrize("version", ["2023-07-01-Preview", PREVIEW, STABLE, NEWEST])
def test_the_parameters_of_a_knowledge_store_can_be_sent_as_they_are_shown(
    version: str, client: Client
) -> None:
    """FACTS c: null at the write and filled in on reading, in 2026-04-01 too."""
    store = {"storageConnectionString": "a", "projections": []}
    body = skillset("Text.SplitSkill") | {"knowledgeStore": store}
    assert client.made("/skillsets/s", body, version=version)["knowledgeStore"]["parameters"] is (
        None
    )
    shown = client.get("/skillsets/s", version=version).json()["knowledgeStore"]["parameters"]
    assert shown == {"synthesizeGeneratedKeyName": True}
    store["parameters"] = {"synthesizeGeneratedKeyName": False}
    client.made("/skillsets/s", body, version=version)
    again = client.get("/skillsets/s", version=version).json()["knowledgeStore"]["parameters"]
    assert again == {"synthesizeGeneratedKeyName": False}
    assert client.put("/skillsets/s", body, version="2025-09-01").status_code == 400


WEB_API = {
    "timeout": "PT1M",
    "httpHeaders": {"a": "b"},
    "httpMethod": "POST",
    "batchSize": 1,
    "degreeOfParallelism": 2,
    "authResourceId": "api://one",
}


@pytest.mark.parametrize(("name", "value"), WEB_API.items())
def test_the_web_api_members_of_a_chat_skill(name: str, value: Any, client: Client) -> None:
    chat, uri = "Custom.ChatCompletionSkill", "https://one.openai.azure.com/chat/completions"
    body = skillset(chat, uri=uri, **{name: value})
    assert client.made("/skillsets/s", body, version=PREVIEW)["skills"][0][name] == value
    bare = client.made("/skillsets/s", skillset(chat, uri=uri), version=PREVIEW)["skills"][0]
    assert bare.keys() >= WEB_API.keys()
    for version in (STABLE, NEWEST):
        reply = client.put("/skillsets/s", body, version=version)
        assert reply.status_code == 400
        assert "Unexpected properties found on Skill" in reply.text
        shown = client.made("/skillsets/s", skillset(chat, uri=uri), version=version)["skills"][0]
        assert not shown.keys() & WEB_API.keys()


@pytest.mark.parametrize(
    ("version", "shown"),
    [("2020-06-30", False), ("2023-10-01-Preview", True), (PREVIEW, True), (STABLE, True)],
)
def test_an_index_shows_its_normalizers(version: str, shown: bool, client: Client) -> None:
    made = client.made("/indexes/docs", index_body(), version=version)
    assert ("normalizers" in made) is shown
    assert made.get("normalizers", []) == []


def test_normalizers_can_be_defined_in_the_first_version_that_shows_them(client: Client) -> None:
    own = {"@odata.type": "#Microsoft.Azure.Search.CustomNormalizer", "name": "own"}
    body = index_body(normalizers=[own | {"tokenFilters": ["lowercase"]}])
    body["fields"][1]["normalizer"] = "own"
    made = client.made("/indexes/docs", body, version="2023-10-01-Preview")
    assert made["fields"][1]["normalizer"] == "own"


@pytest.mark.parametrize(
    ("path", "body"),
    [
        ("/datasources/d", {"type": "azureblob", "container": {"name": "c"}, "identity": None}),
        ("/indexes/i", {"fields": [field("id", key=True)], "purviewEnabled": None}),
        ("/indexes/i", {"fields": [field("id", key=True, permissionFilter=None)]}),
        ("/skillsets/s", skillset("Text.SplitSkill", unit=None)),
    ],
)
def test_a_null_that_a_version_does_not_know_is_refused(
    path: str, body: Json, client: Client
) -> None:
    name = path.rpartition("/")[2]
    if "container" in body:
        body = body | {"credentials": {"connectionString": "a"}}
    assert client.put(path, body | {"name": name}, version="2025-09-01").status_code == 400


def newer_index() -> Json:
    """An index of which 2023-11-01 does not know a vectorizer, an encoding or a compression."""
    body = vector_index()
    search = body["vectorSearch"]
    parameters = {
        "resourceUri": "https://one.openai.azure.com",
        "deploymentId": "d",
        "modelName": "text-embedding-3-small",
    }
    vectorizer = {"name": "z", "kind": "azureOpenAI", "azureOpenAIParameters": parameters}
    search["vectorizers"] = [vectorizer]
    search["compressions"] = [{"name": "c", "kind": "scalarQuantization"}]
    search["profiles"][0] |= {"vectorizer": "z", "compression": "c"}
    body["permissionFilterOption"] = "enabled"
    groups = field("groups", "Collection(Edm.String)", permissionFilter="groupIds")
    body["fields"].append(groups)
    return body


def test_an_older_version_keeps_what_it_does_not_know_at_every_depth(client: Client) -> None:
    before = client.made("/indexes/docs", newer_index(), version=NEWEST)
    older = client.get("/indexes/docs", version="2023-11-01").json()
    assert "vectorizers" not in older["vectorSearch"]
    older["fields"].append(field("added"))
    client.made("/indexes/docs", older, version="2023-11-01")
    after = client.get("/indexes/docs", version=NEWEST).json()
    assert after["fields"].pop()["name"] == "added"
    del before["@odata.etag"], after["@odata.etag"]
    assert after == before


def test_what_an_older_version_takes_away_is_gone_with_all_that_was_in_it(client: Client) -> None:
    body = newer_index()
    body["vectorSearch"]["profiles"].append(
        {"name": "spare", "algorithm": "hnsw", "vectorizer": "z"}
    )
    client.made("/indexes/docs", body, version=NEWEST)
    older = client.get("/indexes/docs", version="2023-11-01").json()
    older["vectorSearch"]["profiles"].pop()
    client.made("/indexes/docs", older, version="2023-11-01")
    after = client.get("/indexes/docs", version=NEWEST).json()["vectorSearch"]
    assert [profile["vectorizer"] for profile in after["profiles"]] == ["z"]


def test_an_older_version_keeps_what_it_does_not_know_in_every_kind(client: Client) -> None:
    pipeline(client)
    split = skillset("Text.SplitSkill", unit="azureOpenAITokens")
    client.made("/skillsets/s", split, version=NEWEST)
    older = client.get("/skillsets/s", version=STABLE).json()
    client.made("/skillsets/s", older | {"description": "new"}, version=STABLE)
    assert client.get("/skillsets/s", version=NEWEST).json()["skills"][0]["unit"] == (
        "azureOpenAITokens"
    )
    source = {"name": "ks", "kind": "searchIndex"}
    source["searchIndexParameters"] = {"searchIndexName": "docs", "baseFilter": "id ne 'x'"}
    client.made("/knowledgesources/ks", source, version=NEWEST)
    client.made("/knowledgesources/ks", client.get("/knowledgesources/ks").json())
    after = client.get("/knowledgesources/ks", version=NEWEST).json()
    assert after["searchIndexParameters"]["baseFilter"] == "id ne 'x'"
    base = {"name": "kb", "knowledgeSources": [{"name": "ks"}], "retrievalInstructions": "brief"}
    client.made("/knowledgebases/kb", base, version=NEWEST)
    client.made("/knowledgebases/kb", client.get("/knowledgebases/kb").json())
    after = client.get("/knowledgebases/kb", version=NEWEST).json()
    assert after["retrievalInstructions"] == "brief"


CONFIGURED = {
    "parsingMode": "jsonArray",
    "documentRoot": "/a",
    "encoding": "UTF-8",
    "normalizedImageMaxWidth": 1000,
    "executionEnvironment": "standard",
    "delimitedTextHeaders": "a,b",
}


@pytest.mark.parametrize(("name", "value"), CONFIGURED.items())
def test_documented_settings_of_an_indexer_are_taken(name: str, value: Any, client: Client) -> None:
    pipeline(client)
    body = indexer_body(parameters={"configuration": {name: value}})
    shown = client.made("/indexers/indexer", body)
    assert shown["parameters"]["configuration"] == {name: value}


@pytest.mark.parametrize("name", ["x", "parsingmode", "maxFailedItems", "queryTimeOut"])
def test_an_unknown_setting_of_an_indexer_is_refused(name: str, client: Client) -> None:
    pipeline(client)
    body = indexer_body(parameters={"configuration": {name: "1"}})
    reply = client.put("/indexers/indexer", body)
    assert reply.status_code == 400
    assert reply.json()["error"] == {
        "code": "",
        "message": f"Configuration property '{name}' is not supported.",
    }


@pytest.mark.parametrize("name", ["Host", "content-type", "Cookie", "Via"])
def test_a_web_skill_cannot_have_every_header(name: str, client: Client) -> None:
    body = skillset("Custom.WebApiSkill", uri="https://f.example", httpHeaders={name: "x"})
    reply = client.put("/skillsets/s", body)
    assert reply.status_code == 400
    assert f"the header '{name}' cannot be set" in reply.text
    body["skills"][0]["httpHeaders"] = {f"x-{name}": "x"}
    client.made("/skillsets/s", body)
