"""Knowledge sources and bases: parameters by kind, previews, what can change, what was created."""

from __future__ import annotations

from typing import Any

import pytest

from reconciler.model.effect import Effect
from reconciler.model.resource_id import ResourceId
from reconciler.providers import kind
from reconciler.providers.search.kinds.knowledgesource import PARAMETERS
from reconciler.schema.normalize import normal_form
from reconciler.schema.validation import judge

from .material import needs_material, schema
from .test_effects import effect_of

IN_PLACE, RECREATE = Effect.IN_PLACE, Effect.RECREATE


@needs_material
@pytest.mark.parametrize("version", ["2026-04-01", "2026-08-01-preview"])
def test_a_knowledge_source_has_the_parameters_of_its_kind(version: str) -> None:
    models, of = schema(version)["models"], kind("KnowledgeSource")
    sources = [m for m in models.values() if "KnowledgeSource" in m["bases"]]
    assert len(sources) >= 4
    for model in sources:
        body = {"name": "s", "kind": model["discriminator"]}
        required = {f["name"] for f in model["fields"] if not f["type"].startswith("Optional[")}
        found = [finding.message for finding in judge(of, body, version, allow_unknown=False)]
        said = f"is required for kind `{model['discriminator']}`"
        assert found == [f"`{name}` {said}" for name in required - {"kind"}]


BLOB: dict[str, Any] = {"connectionString": "x", "containerName": "c"}


def test_parameters_of_another_kind() -> None:
    body = {"name": "s", "kind": "web", "azureBlobParameters": BLOB}
    [finding] = judge(kind("KnowledgeSource"), body, "2026-04-01", allow_unknown=False)
    assert finding.message == "`azureBlobParameters` does not go with kind `web`"


PREVIEWS = {
    "indexedSharePoint": {"connectionString": "x", "containerName": "useQuery"},
    "remoteSharePoint": {"containerTypeId": "site"},
    "indexedSql": {"connectionString": "x", "tableOrView": "t"},
    "file": {},
    "mcpServer": {"serverURL": "https://m", "tools": [{"name": "search"}]},
    "fabricDataAgent": {"workspaceId": "w", "dataAgentId": "a"},
    "fabricOntology": {"workspaceId": "w", "ontologyId": "o"},
    "workIQ": {"entraAppAuthentication": {"applicationId": "a", "federatedCredentialId": "f"}},
}


@pytest.mark.parametrize("of", PREVIEWS)
def test_a_kind_of_previews(of: str) -> None:
    body = {"name": "s", "kind": of, PARAMETERS[of]: PREVIEWS[of]}
    declared = kind("KnowledgeSource")
    assert judge(declared, body, "2026-08-01-preview", allow_unknown=False) == []
    found = judge(declared, body, "2026-04-01", allow_unknown=False)
    assert {finding.position for finding in found} == {("kind",), (PARAMETERS[of],)}
    for finding in found:
        assert finding.code == "unknown-in-version"
        assert "is not in api-version 2026-04-01: it appeared with the preview" in finding.message


SOURCE = {"name": "s", "kind": "azureBlob", "azureBlobParameters": BLOB}
BASE: dict[str, Any] = {
    "name": "b",
    "knowledgeSources": [{"name": "s"}],
    "models": [{"kind": "azureOpenAI", "azureOpenAIParameters": {"modelName": "gpt-5-mini"}}],
}


def _ingesting(**parameters: Any) -> dict[str, Any]:
    return {**SOURCE, "azureBlobParameters": {**BLOB, "ingestionParameters": parameters}}


def _asking(model: str) -> dict[str, Any]:
    return {
        **BASE,
        "models": [{"kind": "azureOpenAI", "azureOpenAIParameters": {"modelName": model}}],
    }


@pytest.mark.parametrize(
    ("name", "body"),
    [
        ("KnowledgeSource", _ingesting(ingestionPermissionOptions=["userIds"])),
        ("KnowledgeSource", _ingesting(networkAccessMode="private")),
        ("KnowledgeSource", {**SOURCE, "resultsProcessing": "none"}),
        ("KnowledgeBase", {**BASE, "outputMode": "answerSynthesis"}),
        ("KnowledgeBase", {**BASE, "retrievalReasoningEffort": {"kind": "low"}}),
        ("KnowledgeBase", {**BASE, "answerInstructions": "Be short."}),
        ("KnowledgeBase", {**BASE, "knowledgeSources": [{"name": "s", "enableFreshness": True}]}),
        ("KnowledgeBase", _asking("gpt-4.1")),
    ],
)
def test_a_property_or_value_of_previews(name: str, body: Any) -> None:
    assert judge(kind(name), body, "2026-08-01-preview", allow_unknown=False) == []
    [finding] = judge(kind(name), body, "2026-04-01", allow_unknown=False)
    assert finding.code == "unknown-in-version"


def test_a_value_younger_than_its_preview() -> None:
    body = {**BASE, "retrievalReasoningEffort": {"kind": "auto"}}
    [finding] = judge(kind("KnowledgeBase"), body, "2025-11-01-preview", allow_unknown=False)
    assert finding.position == ("retrievalReasoningEffort", "kind")


MODEL = {"kind": "azureOpenAI", "azureOpenAIParameters": {"deploymentId": "d", "resourceUri": "u"}}
BLOBS = _ingesting(embeddingModel=MODEL, aiServices={"uri": "u"}, contentExtractionMode="standard")
INDEX = {"name": "s", "kind": "searchIndex", "searchIndexParameters": {"searchIndexName": "i"}}
_MODEL = "/azureBlobParameters/ingestionParameters/embeddingModel/azureOpenAIParameters"

TABLE = [
    ("KnowledgeSource", BLOBS, "/kind", "web", RECREATE),
    ("KnowledgeSource", BLOBS, "/description", "x", IN_PLACE),
    ("KnowledgeSource", BLOBS, "/azureBlobParameters/containerName", "other", RECREATE),
    ("KnowledgeSource", BLOBS, "/azureBlobParameters/folderPath", "other", RECREATE),
    ("KnowledgeSource", BLOBS, "/azureBlobParameters/connectionString", "other", RECREATE),
    ("KnowledgeSource", BLOBS, f"{_MODEL}/deploymentId", "other", IN_PLACE),
    ("KnowledgeSource", BLOBS, f"{_MODEL}/apiKey", "other", IN_PLACE),
    ("KnowledgeSource", BLOBS, f"{_MODEL}/resourceUri", "other", RECREATE),
    ("KnowledgeSource", BLOBS, f"{_MODEL}/authIdentity", {"x": "y"}, RECREATE),
    (
        "KnowledgeSource",
        BLOBS,
        "/azureBlobParameters/ingestionParameters/ingestionSchedule",
        {"interval": "P1D"},
        IN_PLACE,
    ),
    (
        "KnowledgeSource",
        BLOBS,
        "/azureBlobParameters/ingestionParameters/contentExtractionMode",
        "minimal",
        RECREATE,
    ),
    ("KnowledgeSource", INDEX, "/searchIndexParameters/searchIndexName", "other", IN_PLACE),
    ("KnowledgeBase", BASE, "/knowledgeSources/other", {"name": "other"}, IN_PLACE),
    ("KnowledgeBase", BASE, "/models", [], IN_PLACE),
    ("KnowledgeBase", BASE, "/outputMode", "answerSynthesis", IN_PLACE),
    ("SynonymMap", {"name": "m", "synonyms": "a, b"}, "/synonyms", "a, c", IN_PLACE),
]


@pytest.mark.parametrize(("name", "body", "path", "new", "expected"), TABLE)
def test_edits(name: str, body: Any, path: str, new: Any, expected: Effect) -> None:
    shape = kind(name).shape
    assert effect_of(shape, normal_form(shape, body), path, new) == expected


def test_what_a_source_created() -> None:
    """The GET in the documentation; a source that asks an index of yours created nothing."""
    made = {"datasource": "s-datasource", "indexer": "s-indexer", "index": "s-index"}
    made |= {"skillset": "s-skillset", "somethingNew": "s-new"}
    parameters = {**BLOB, "createdResources": made}
    creates = kind("KnowledgeSource").creates
    assert creates is not None
    assert set(creates({**SOURCE, "azureBlobParameters": parameters, "webParameters": None})) == {
        ResourceId("DataSource", "s-datasource"),
        ResourceId("Indexer", "s-indexer"),
        ResourceId("Index", "s-index"),
        ResourceId("Skillset", "s-skillset"),
    }
    assert list(creates(INDEX)) == []


def test_only_a_web_source_is_described_by_the_service() -> None:
    shape = kind("KnowledgeSource").shape
    web = {"name": "s", "kind": "web"}
    assert normal_form(shape, {**web, "description": "By Bing."}, web) == normal_form(shape, web)
    assert normal_form(shape, {**SOURCE, "description": "x"}, SOURCE)["description"] == "x"


@pytest.mark.parametrize("text", ["a, b\nc => d\n", "a, b\r\n\r\nc => d", "  a, b\n c => d "])
def test_spellings_of_the_same_synonyms(text: str) -> None:
    shape = kind("SynonymMap").shape
    assert normal_form(shape, {"synonyms": text}) == {"synonyms": "a, b\nc => d"}
