"""What the real service accepted, `judge` accepts; and what it says of mistakes."""

from __future__ import annotations

from typing import Any

import pytest

from reconciler.model.problem import Severity
from reconciler.model.versions import knows
from reconciler.providers import kind
from reconciler.providers.search.versions import VERSIONS
from reconciler.schema.validation import judge

from .material import Exchange, examples, exchanges, needs_material

DEPRECATED = "#Microsoft.Skills.Text.EntityRecognitionSkill"
"""The service refuses it since 2021 (SKILLS 1.4), and so do we: the official examples still have
it, and are judged without such skills."""


def accepted() -> list[Exchange]:
    """Distinct bodies that were sent and not refused for what they say."""
    found: dict[str, Exchange] = {}
    for exchange in (*exchanges(), *examples()):
        body = exchange.sent
        if isinstance(body, dict) and exchange.status in (200, 201, 412) and "_note" not in body:
            found.setdefault(repr((exchange.kind, exchange.version, body)), exchange)
    return list(found.values())


def cleaned(body: dict[str, Any]) -> dict[str, Any]:
    """Without the skills that the service has withdrawn."""
    if "skills" in body:
        body = {**body, "skills": [s for s in body["skills"] if s["@odata.type"] != DEPRECATED]}
    return body


@needs_material
@pytest.mark.parametrize("exchange", accepted(), ids=str)
def test_accepted_by_the_service(exchange: Exchange) -> None:
    declared = kind(exchange.kind)
    version = exchange.version if knows(exchange.version, declared.since) else "2026-04-01"
    body = exchange.sent if version < "2021" else cleaned(exchange.sent)
    assert judge(declared, body, version, allow_unknown=False) == []


def test_fields_as_the_portal_shows_them() -> None:
    """A simple field with an empty list of subfields, a complex one with null attributes."""
    city: dict[str, Any] = {"name": "city", "type": "Edm.String", "analyzer": None, "fields": []}
    address = {"name": "a", "type": "Edm.ComplexType", "searchable": None, "fields": [city]}
    assert judge(kind("Index"), _index(fields=[address]), "2026-04-01", allow_unknown=False) == []


@needs_material
def test_there_is_something_to_judge() -> None:
    assert len(accepted()) > 30


def _index(**more: Any) -> dict[str, Any]:
    return {"name": "docs", "fields": [{"name": "id", "type": "Edm.String", "key": True}], **more}


def _skillset(*skills: dict[str, Any]) -> dict[str, Any]:
    ends = {"inputs": [{"name": "text", "source": "/document/content"}], "outputs": []}
    return {"name": "skills", "skills": [{**ends, **skill} for skill in skills]}


SPLIT = "#Microsoft.Skills.Text.SplitSkill"
VISION = "#Microsoft.Skills.Vision.VectorizeSkill"

MISTAKES = [
    (
        "Index",
        {"name": "docs", "fields": [{"name": "id", "type": "Edm.String", "serachable": True}]},
        "2026-04-01",
        ("unknown-property", ("fields", 0, "serachable"), "did you mean `searchable`?"),
    ),
    (
        "Index",
        {"name": "docs", "fields": [{"name": "v", "type": "Edm.Single"}]},
        "2026-04-01",
        ("unknown-type", ("fields", 0, "type"), None),
    ),
    (
        "Index",
        {
            "name": "docs",
            "fields": [
                {
                    "name": "address",
                    "type": "Edm.ComplexType",
                    "searchable": True,
                    "fields": [{"name": "city", "type": "Edm.String"}],
                }
            ],
        },
        "2026-04-01",
        ("wrong-value", ("fields", 0, "searchable"), None),
    ),
    (
        "Index",
        _index(description="x"),
        "2024-07-01",
        ("unknown-in-version", ("description",), None),
    ),
    ("Index", {"name": "Docs", "fields": []}, "2026-04-01", ("wrong-value", ("name",), None)),
    (
        "Index",
        _index(analyzers=[{"name": "a", "@odata.type": "#Microsoft.Azure.Search.CustomAnalyser"}]),
        "2026-04-01",
        (
            "unknown-type",
            ("analyzers", 0, "@odata.type"),
            "did you mean `#Microsoft.Azure.Search.CustomAnalyzer`?",
        ),
    ),
    (
        "Skillset",
        _skillset({"@odata.type": SPLIT, "textSplitMode": "page"}),
        "2026-04-01",
        ("wrong-value", ("skills", 0, "textSplitMode"), "did you mean `pages`?"),
    ),
    (
        "Skillset",
        _skillset({"@odata.type": SPLIT, "unit": "characters"}),
        "2026-04-01",
        ("unknown-in-version", ("skills", 0, "unit"), None),
    ),
    (
        "Skillset",
        _skillset({"@odata.type": VISION, "modelVersion": "2023-04-15"}),
        "2026-04-01",
        ("unknown-in-version", ("skills", 0, "@odata.type"), None),
    ),
    (
        "Skillset",
        _skillset({"@odata.type": DEPRECATED}),
        "2026-04-01",
        (
            "unknown-in-version",
            ("skills", 0, "@odata.type"),
            "use `#Microsoft.Skills.Text.V3.EntityRecognitionSkill`",
        ),
    ),
    (
        "Index",
        {
            "name": "docs",
            "fields": [{"name": "id", "type": "Edm.String", "key": True}],
            "vectorSearch": {
                "compressions": [
                    {
                        "name": "sq",
                        "kind": "scalarQuantization",
                        "rerankWithOriginalVectors": True,
                    }
                ]
            },
        },
        "2025-09-01",
        (
            "unknown-in-version",
            ("vectorSearch", "compressions", 0, "rerankWithOriginalVectors"),
            "use `rescoringOptions`",
        ),
    ),
    (
        "Indexer",
        {
            "name": "i",
            "dataSourceName": "d",
            "targetIndexName": "t",
            "schedule": {"interval": "PT1M"},
        },
        "2026-04-01",
        ("wrong-value", ("schedule", "interval"), None),
    ),
    (
        "Alias",
        {"name": "docs", "indexes": ["docs-1"]},
        "2025-09-01",
        ("unknown-kind", (), "use 2026-04-01 or later"),
    ),
]


@pytest.mark.parametrize(("name", "body", "version", "expected"), MISTAKES)
def test_mistakes(name: str, body: Any, version: str, expected: Any) -> None:
    [finding] = judge(kind(name), body, version, allow_unknown=False)
    code, position, fix = expected
    assert (finding.code, finding.position) == (code, position)
    if fix is not None:
        assert finding.fix == fix


@pytest.mark.parametrize("category", ["Datetime", "LOCATION", "ipaddress", "personType"])
def test_the_case_of_a_category_does_not_count(category: str) -> None:
    typed = {"@odata.type": "#Microsoft.Skills.Text.V3.EntityRecognitionSkill"}
    body = _skillset({**typed, "categories": [category]})
    assert judge(kind("Skillset"), body, "2026-04-01", allow_unknown=False) == []


@pytest.mark.parametrize(
    "spelling", ["systemassigned", "SystemAssigned,UserAssigned", "userAssigned, systemAssigned"]
)
def test_nor_does_that_of_an_identity_or_the_order_of_two(spelling: str) -> None:
    body = {"name": "docs", "sku": {"name": "basic"}, "identity": {"type": spelling}}
    assert judge(kind("SearchService"), body, "2025-05-01", allow_unknown=False) == []


PREVIEWS = [
    ("Skillset", _skillset({"@odata.type": SPLIT, "unit": "azureOpenAITokens"})),
    ("Skillset", _skillset({"@odata.type": VISION, "modelVersion": "2023-04-15"})),
    ("Skillset", _skillset({"@odata.type": "#Microsoft.Skills.Custom.AmlSkill"})),
    ("Index", _index(permissionFilterOption="enabled", purviewEnabled=True)),
    (
        "Index",
        _index(
            vectorSearch={
                "vectorizers": [
                    {
                        "name": "v",
                        "kind": "aiServicesVision",
                        "aiServicesVisionParameters": {"modelVersion": "1", "resourceUri": "u"},
                    }
                ]
            }
        ),
    ),
    (
        "Indexer",
        {"name": "i", "dataSourceName": "d", "targetIndexName": "t", "cache": {"id": "x"}},
    ),
    (
        "DataSource",
        {
            "name": "d",
            "type": "azureblob",
            "credentials": {"connectionString": "x"},
            "container": {"name": "c"},
            "indexerPermissionOptions": ["userIds"],
        },
    ),
]


@pytest.mark.parametrize(("name", "body"), PREVIEWS)
def test_preview_parts_need_a_preview_version(name: str, body: Any) -> None:
    assert judge(kind(name), body, "2025-11-01-preview", allow_unknown=False) == []
    stable = judge(kind(name), body, "2026-04-01", allow_unknown=False)
    assert {finding.code for finding in stable} == {"unknown-in-version"}


CHAT: dict[str, Any] = {
    "@odata.type": "#Microsoft.Skills.Custom.ChatCompletionSkill",
    "uri": "https://x.openai.azure.com/openai/deployments/d/chat/completions",
}
OF_WEB_API: dict[str, Any] = {
    "httpHeaders": {"h": "v"},
    "httpMethod": "POST",
    "timeout": "PT1M",
    "batchSize": 1,
    "degreeOfParallelism": 2,
    "authResourceId": "api://x",
}


@pytest.mark.parametrize("version", [v for v in VERSIONS if v >= "2025-05"])
@pytest.mark.parametrize("member", OF_WEB_API)
def test_a_chat_skill_was_a_web_api_skill_while_in_previews(version: str, member: str) -> None:
    if not knows(version, "2025-05-01-preview|2026-04-01"):
        return
    body = _skillset({**CHAT, member: OF_WEB_API[member]})
    found = judge(kind("Skillset"), body, version, allow_unknown=False)
    assert [f.code for f in found] == ([] if version < "2026" else ["unknown-in-version"])


VECTOR = {
    "name": "e",
    "type": "Collection(Edm.Single)",
    "dimensions": 3,
    "vectorSearchProfile": "p",
}


@pytest.mark.parametrize("version", VERSIONS)
def test_a_vector_in_a_complex_collection_needs_a_preview(version: str) -> None:
    many = {"name": "i", "type": "Collection(Edm.ComplexType)", "fields": [VECTOR]}
    found = judge(kind("Index"), _index(fields=[many]), version, allow_unknown=False)
    nests = version.endswith("preview") and version >= "2025-05"
    assert [f.code for f in found] == ([] if nests else ["unknown-in-version"])


@pytest.mark.parametrize("version", VERSIONS)
def test_a_vector_need_not_say_that_it_is_searchable(version: str) -> None:
    for said in ({}, {"searchable": True}, {"searchable": None}):
        body = _index(fields=[VECTOR | said])
        assert judge(kind("Index"), body, version, allow_unknown=False) == []
    [found] = judge(
        kind("Index"), _index(fields=[VECTOR | {"searchable": False}]), version, allow_unknown=False
    )
    assert found.position == ("fields", 0, "searchable")


def test_what_is_withdrawn_may_stand_and_not_be_written() -> None:
    for skill in ("Sentiment", "EntityRecognition", "NamedEntityRecognition"):
        body = _skillset({"@odata.type": f"#Microsoft.Skills.Text.{skill}Skill"})
        [found] = judge(kind("Skillset"), body, "2026-04-01", allow_unknown=False)
        assert (found.severity, found.on_write) == (Severity.WARNING, True)
