"""A run never fails by what a definition lacks: what was accepted can be run, or says why not."""

from __future__ import annotations

import copy
import json
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.emulator.conftest import Client
from tests.indexing.conftest import KEYLESS

Body = dict[str, Any]
Path_ = tuple[Any, ...]
VERSION = "2026-08-01-preview"
FAULT = "this is a fault of the emulator"
PATIENCE = 60
"""Seconds; a run takes two of them at most."""


def skill(kind: str, inputs: list[Body], output: str, **more: Any) -> Body:
    return {
        "@odata.type": f"#Microsoft.Skills.{kind}",
        "name": kind,
        "context": "/document",
        "inputs": inputs,
        "outputs": [{"name": output, "targetName": kind.rsplit(".", 1)[1].lower()}],
        **more,
    }


def given(name: str, source: str) -> Body:
    return {"name": name, "source": source}


TEXT = given("text", "/document/content")
FILE = given("file_data", "/document/file_data")
SKILLS = [
    skill("Text.SplitSkill", [TEXT], "textItems", textSplitMode="pages", maximumPageLength=300),
    skill("Text.MergeSkill", [TEXT, given("itemsToInsert", "=['a']")], "mergedText"),
    skill("Util.ShaperSkill", [TEXT, given("x", "/document/none")], "output"),
    skill(
        "Util.ConditionalSkill",
        [given("condition", "= 1 == 1"), given("whenTrue", "='a'"), given("whenFalse", "='b'")],
        "output",
    ),
    skill("Util.DocumentExtractionSkill", [FILE], "content", configuration={"imageAction": "none"}),
    skill(
        "Util.DocumentIntelligenceLayoutSkill",
        [FILE],
        "text_sections",
        outputFormat="text",
        chunkingProperties={"unit": "characters", "maximumLength": 500, "overlapLength": 10},
    ),
    skill("Text.LanguageDetectionSkill", [TEXT], "languageCode", defaultCountryHint="US"),
    skill(
        "Text.AzureOpenAIEmbeddingSkill",
        [TEXT],
        "embedding",
        resourceUri="https://x.openai.azure.com",
        deploymentId="text-embedding-3-small",
        modelName="text-embedding-3-small",
        dimensions=8,
        apiKey="key",
    ),
    skill("Vision.VectorizeSkill", [TEXT], "vector", modelVersion="2023-04-15"),
    skill(
        "Custom.WebApiSkill",
        [TEXT],
        "b",
        uri="https://127.0.0.1:1/x",
        timeout="PT1S",
        batchSize=1,
        degreeOfParallelism=1,
        httpHeaders={"a": "b"},
    ),
]
MAPPING = {"name": "extractTokenAtPosition", "parameters": {"delimiter": " ", "position": 0}}
SELECTOR = {
    "targetIndexName": "docs",
    "parentKeyFieldName": "parent",
    "sourceContext": "/document",
    "mappings": [
        {"name": "chunk", "source": "/document/content"},
        {"name": "works", "sourceContext": "/document", "inputs": [given("ID", "='1'")]},
    ],
}
POLICY = "#Microsoft.Azure.Search.SoftDeleteColumnDeletionDetectionPolicy"
DEFINITIONS: dict[str, Body] = {
    "datasources": {
        "name": "source",
        "type": "azureblob",
        "credentials": {"connectionString": KEYLESS},
        "container": {"name": "files", "query": ""},
        "dataDeletionDetectionPolicy": {
            "@odata.type": POLICY,
            "softDeleteColumnName": "gone",
            "softDeleteMarkerValue": "yes",
        },
        "indexerPermissionOptions": ["userIds"],
    },
    "indexes": {
        "name": "docs",
        "fields": [
            {"name": "id", "type": "Edm.String", "key": True, "analyzer": "keyword"},
            {"name": "content", "type": "Edm.String"},
            {"name": "parent", "type": "Edm.String", "filterable": True},
            {"name": "chunk", "type": "Edm.String"},
            {
                "name": "works",
                "type": "Collection(Edm.ComplexType)",
                "fields": [{"name": "ID", "type": "Edm.String"}],
            },
        ],
    },
    "skillsets": {
        "name": "skills",
        "skills": SKILLS[:1],
        "cognitiveServices": {
            "@odata.type": "#Microsoft.Azure.Search.AIServicesByKey",
            "key": "key",
            "subdomainUrl": "https://x.cognitiveservices.azure.com",
        },
        "indexProjections": {
            "selectors": [SELECTOR],
            "parameters": {"projectionMode": "includeIndexingParentDocuments"},
        },
    },
    "indexers": {
        "name": "indexer",
        "dataSourceName": "source",
        "targetIndexName": "docs",
        "skillsetName": "skills",
        "schedule": {"interval": "PT5M", "startTime": "2020-01-01T00:00:00Z"},
        "parameters": {
            "batchSize": 1,
            "maxFailedItems": -1,
            "maxFailedItemsPerBatch": -1,
            "configuration": {
                "parsingMode": "default",
                "allowSkillsetToReadFileData": True,
                "indexedFileNameExtensions": ".txt",
                "dataToExtract": "contentAndMetadata",
            },
        },
        "fieldMappings": [
            {
                "sourceFieldName": "metadata_storage_name",
                "targetFieldName": "chunk",
                "mappingFunction": MAPPING,
            }
        ],
        "outputFieldMappings": [
            {"sourceFieldName": "/document/content", "targetFieldName": "content"}
        ],
    },
}


def places(value: Any, path: Path_ = ()) -> Iterator[Path_]:
    items: list[tuple[Any, Any]] = []
    if isinstance(value, dict):
        items = list(value.items())
    elif isinstance(value, list):
        items = list(enumerate(value))
    for key, item in items:
        yield (*path, key)
        yield from places(item, (*path, key))


def lacking(value: Body) -> Iterator[tuple[str, Body]]:
    """The definition without each of its parts in turn, with null there, and with nothing in it."""
    for *outer, last in places(value):
        for how in ("dropped", "null", "empty"):
            changed = copy.deepcopy(value)
            holder: Any = changed
            for key in outer:
                holder = holder[key]
            if how == "dropped":
                del holder[last]
            elif how == "null":
                holder[last] = None
            elif isinstance(holder[last], str | list | dict):
                holder[last] = type(holder[last])()
            else:
                continue
            yield f"{'/'.join(map(str, (*outer, last)))} {how}", changed


@pytest.fixture
def service(connect: Callable[..., Client], tmp_path: Path) -> Client:
    files = tmp_path / "acme" / "files"
    files.mkdir(parents=True)
    (files / "a.txt").write_text("Some text here. More text.")
    return connect(storage={"acme": str(files.parent)})


def check(service: Client, definitions: dict[str, Body]) -> str | None:
    """How the run ended; None when a definition was refused."""
    service.call("DELETE", "/emulator/state", version=None)
    for collection, body in definitions.items():
        name = DEFINITIONS[collection]["name"]
        reply = service.put(f"/{collection}/{name}", body, version=VERSION)
        assert reply.status_code < 500, reply.text
        if reply.status_code >= 400:
            return None
    ends = time.monotonic() + PATIENCE
    while time.monotonic() < ends:
        status = service.get("/indexers/indexer/status", version=VERSION).json()
        last = status["lastResult"]
        if last is None or last["status"] != "inProgress":
            assert FAULT not in json.dumps(status)
            return last and str(last["status"])
        time.sleep(0.002)
    raise AssertionError("the run went on")


@pytest.mark.parametrize("collection", DEFINITIONS)
def test_a_definition_that_lacks_something(collection: str, service: Client) -> None:
    assert check(service, DEFINITIONS) == "success"
    for what, changed in lacking(DEFINITIONS[collection]):
        try:
            check(service, DEFINITIONS | {collection: changed})
        except AssertionError as error:
            raise AssertionError(f"{what}: {error}") from None


@pytest.mark.parametrize("tried", SKILLS, ids=lambda body: str(body["name"]))
def test_a_skill_that_lacks_something(tried: Body, service: Client) -> None:
    def definitions(changed: Body) -> dict[str, Body]:
        return DEFINITIONS | {"skillsets": {"name": "skills", "skills": [changed]}}

    assert check(service, definitions(tried)) == "success"
    for what, changed in lacking(tried):
        try:
            check(service, definitions(changed))
        except AssertionError as error:
            raise AssertionError(f"{what}: {error}") from None
