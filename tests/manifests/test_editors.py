"""`reconciler schema`: what editors show of a property, and what they propose for it."""

from __future__ import annotations

import json
from typing import Any

import pytest

from reconciler.lint.rule import rules
from reconciler.providers import LOCAL_KINDS
from tests.world import World


def schema(world: World, *arguments: str) -> Any:
    """The schema that is printed."""
    return json.loads(world.cli("schema", *arguments).out)


def silent(found: Any, path: str = "") -> list[str]:
    """The properties without a description, but for those of conditions and alternatives."""
    if not isinstance(found, dict):
        return []
    nameless = []
    for name, inner in found.get("properties", {}).items():
        nameless += [f"{path}/{name}"] if not inner.get("description") else []
        nameless += silent(inner, f"{path}/{name}")
    for name, inner in found.get("$defs", {}).items():
        is_family = "allOf" in inner  # its members describe the tag, each its own
        nameless += [] if is_family else silent(inner, name)
    return nameless


def test_every_property_is_described(offline: World) -> None:
    found = schema(offline)
    assert len(found["$defs"]) > 150
    del found["allOf"]
    assert silent(found) == []


@pytest.mark.parametrize("name", [*LOCAL_KINDS, "Project"])
def test_what_is_never_sent_has_no_edits(offline: World, name: str) -> None:
    assert "edit" not in json.dumps(schema(offline, "--kind", name)["$defs"])


@pytest.mark.parametrize(
    ("kind", "model", "name", "said"),
    [
        (
            "Index",
            "Field",
            "retrievable",
            "Whether results may show the value.\n"
            "Left out: by what stands beside it. An edit is in-place.",
        ),
        ("Index", "Field", "key", "Left out: `false`. Edits: A field can be added; nothing else."),
        ("Index", "Semantic", "defaultConfiguration", "An edit is in-place."),
        ("DataSource", "Container", "name", "An edit is reprocess."),
        ("DataSource", "DataSource", "type", "An edit is recreate. `azurefile` since"),
        # The same parts in several kinds: what an edit is depends on where they stand.
        ("Skillset", "SplitSkill", "unit", 'Left out: `"characters"`. An edit is reprocess.'),
        ("Index", "AzureOpenAIParameters", "deploymentId", "An edit is in-place."),
        ("KnowledgeSource", "Schedule", "interval", "by where it stands."),
        ("StorageAccount", "StorageProperties", "primaryLocation", "that copy of the data."),
    ],
    ids=str,
)
def test_what_is_said(offline: World, kind: str, model: str, name: str, said: str) -> None:
    properties = schema(offline, "--kind", kind)["$defs"][model]["properties"]
    assert said in properties[name]["description"]


def proposed(given: Any) -> list[Any]:
    """The values that an editor proposes for a property, or for the elements of its list."""
    options = [given, *given.get("anyOf", ()), *given.get("items", {}).get("anyOf", ())]
    return [value for option in options for value in option.get("enum", ())]


@pytest.mark.parametrize(
    ("kind", "model", "name", "value"),
    [
        ("Index", "Field", "analyzer", "de.microsoft"),
        ("Index", "Field", "indexAnalyzer", "standard.lucene"),
        ("Index", "Field", "searchAnalyzer", "keyword"),
        ("Index", "Field", "normalizer", "lowercase"),
        ("Index", "CustomAnalyzer", "tokenizer", "standard_v2"),
        ("Index", "CustomAnalyzer", "tokenFilters", "asciifolding"),
        ("Index", "CustomAnalyzer", "charFilters", "html_strip"),
        ("Index", "CustomNormalizer", "tokenFilters", "uppercase"),
        ("Index", "AzureOpenAIParameters", "modelName", "text-embedding-3-large"),
        ("Indexer", "MappingFunction", "name", "base64Encode"),
        ("Skillset", "TranslationSkill", "defaultToLanguageCode", "fr"),
        ("Skillset", "EntityLinkingSkill", "defaultLanguageCode", "es"),
        ("Skillset", "VisionVectorizeSkill", "modelVersion", "2023-04-15"),
        ("SearchService", "SearchSku", "name", "basic"),
        ("RoleAssignment", "RoleAssignment", "role", "search index data reader"),
        ("EmbeddingModel", "EmbeddingModel", "model", "text-embedding-3-small"),
        ("Project", "ProjectSpec", "apiVersion", "2026-04-01"),
    ],
    ids=str,
)
def test_known_names_are_proposed(
    offline: World, kind: str, model: str, name: str, value: str
) -> None:
    properties = schema(offline, "--kind", kind)["$defs"][model]["properties"]
    assert value in proposed(properties[name])


def test_api_versions_are_those_that_have_the_kind(offline: World) -> None:
    def versions(kind: str) -> list[str]:
        return proposed(schema(offline, "--kind", kind)["properties"]["apiVersion"])

    assert "azure-ai-search/2023-11-01" in versions("Index")
    assert "azure-ai-search/2023-11-01" not in versions("KnowledgeBase")
    assert "azure-ai-search/2026-08-01-preview" in versions("KnowledgeBase")
    assert versions("ResourceGroup") == [
        "azure-resource-manager",
        "azure-resource-manager/2024-11-01",
    ]


@pytest.mark.parametrize("model", ["Metadata", "OwnMetadata", "ProjectSpec"])
def test_rules_are_proposed_with_what_they_tell(offline: World, model: str) -> None:
    properties = schema(offline)["$defs"][model]["properties"]["lint"]["properties"]
    told = {name: known["description"] for name, known in properties.items()}
    assert told == {
        name: f"{rule.manual.title} ({rule.severity.value})." for name, rule in rules().items()
    }


def test_types_are_proposed_with_what_they_are(offline: World) -> None:
    family = schema(offline, "--kind", "Skillset")["$defs"]["Skillset.skills"]
    [listed, _] = family["properties"]["@odata.type"]["anyOf"]
    told = dict(zip(listed["enum"], listed["enumDescriptions"], strict=True))
    assert (
        told["#Microsoft.Skills.Text.SplitSkill"] == "Chunks: pages of some length, or sentences."
    )
