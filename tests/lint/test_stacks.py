"""Rules about several objects together: limits of a service, knowledge, texts that are too long."""

from __future__ import annotations

from typing import Any

import pytest

from tests.lint.fragments import document, hold, index, said
from tests.world import World

ARM = "azure-resource-manager"
TEXT = "fields: [{name: content, type: Edm.String}]"
NEVER = "filterable: false, sortable: false, facetable: false"


def service(**spec: Any) -> str:
    return document("SearchService", "docs-search", spec, ARM)


def synonyms(text: str = "a, b", name: str = "words") -> str:
    return document("SynonymMap", name, {"format": "solr", "synonyms": text})


def many(kind: str, count: int) -> list[str]:
    """Objects of a kind; those that refer to others refer to what is not there."""
    specs: dict[str, dict[str, Any]] = {
        "SynonymMap": {"format": "solr", "synonyms": "a, b"},
        "Alias": {"indexes": ["docs"]},
        "Indexer": {"dataSourceName": "files", "targetIndexName": "docs"},
    }
    return [document(kind, f"object-{number}", specs[kind]) for number in range(count)]


COUNTS = {
    "as many as there may be": ({"sku": {"name": "basic"}}, many("SynonymMap", 3), ()),
    "one more": (
        {"sku": {"name": "Basic"}},
        many("SynonymMap", 4),
        ("the tier basic takes 3 synonym maps, and 4",),
    ),
    "indexers of the free tier": (
        {"sku": {"name": "free"}},
        many("Indexer", 4),
        ("the tier free takes 3 indexers, and 4",),
    ),
    "twice as many aliases": ({"sku": {"name": "free"}}, many("Alias", 6), ()),
    "a tier that is not known": ({"sku": {"name": "gigantic"}}, many("SynonymMap", 30), ()),
    "high density": (
        {"sku": {"name": "standard3"}, "properties": {"hostingMode": "highDensity"}},
        many("SynonymMap", 30),
        (),
    ),
}


@pytest.mark.parametrize(("spec", "others", "expected"), COUNTS.values(), ids=COUNTS)
def test_how_many_a_tier_takes(
    spec: dict[str, Any], others: list[str], expected: tuple[str, ...], offline: World
) -> None:
    hold(said(offline, "service-limit", service(**spec), *others), expected)


def test_of_two_services_nobody_knows_which_it_is(offline: World) -> None:
    other = document("SearchService", "other-search", {"sku": {"name": "free"}}, ARM)
    both = [service(sku={"name": "free"}), other]
    assert said(offline, "service-limit", *both, *many("SynonymMap", 9)) == []


def terms(count: int) -> str:
    return ", ".join(f"t{number}" for number in range(count))


SYNONYMS = {
    "twenty terms": (terms(20), ()),
    "one more": (f"a, b\n{terms(21)}", ("a rule of synonyms has at most 20 terms, and rule 2",)),
    "twenty on each side": (f"{terms(20)} => {terms(20)}", ()),
    "commas within terms": ("\\,".join("abcdefghijklmnopqrstuvwxyz"), ()),
    "a comment": (f"# {terms(30)}\na, b", ()),
    "rules": ("a, b\n" * 20_001, ("a synonym map has at most 20000 rules",)),
}


@pytest.mark.parametrize(("text", "expected"), SYNONYMS.values(), ids=SYNONYMS)
def test_how_long_a_synonym_map_is(text: str, expected: tuple[str, ...], offline: World) -> None:
    hold(said(offline, "service-limit", synonyms(text)), expected)


def nested(depth: int) -> dict[str, Any]:
    """A field of complex fields, so many deep."""
    inner: dict[str, Any] = {"name": "leaf", "type": "Edm.String"}
    for _ in range(depth):
        inner = {"name": "part", "type": "Edm.ComplexType", "fields": [inner]}
    return inner


def collections(count: int) -> list[dict[str, Any]]:
    leaf = [{"name": "leaf", "type": "Edm.String"}]
    kind = "Collection(Edm.ComplexType)"
    return [{"name": f"part{n}", "type": kind, "fields": leaf} for n in range(count)]


def simple(count: int) -> list[dict[str, Any]]:
    return [{"name": f"field{number}", "type": "Edm.Int32"} for number in range(count)]


SIZES = {
    "ten deep": ([nested(10)], ()),
    "eleven deep": ([nested(11)], ("complex fields lie at most 10 deep",)),
    "forty collections": (collections(40), ()),
    "one more": (collections(41), ("an index has at most 40 complex collections",)),
    "a thousand fields": (simple(999), ()),
    "a field more": (simple(1_000), ("most services take 1000 fields",)),
}


@pytest.mark.parametrize(("fields", "expected"), SIZES.values(), ids=SIZES)
def test_how_large_an_index_is(
    fields: list[dict[str, Any]], expected: tuple[str, ...], offline: World
) -> None:
    key = {"name": "id", "type": "Edm.String", "key": True}
    hold(
        said(offline, "service-limit", document("Index", "docs", {"fields": [key, *fields]})),
        expected,
    )


@pytest.mark.parametrize("kind", ["None", "none"])
def test_no_identity_is_none(kind: str, offline: World) -> None:
    free = service(sku={"name": "Free"}, identity={"type": kind})
    assert said(offline, "free-tier-identity", free) == []


@pytest.mark.parametrize("kind", ["SystemAssigned", "UserAssigned"])
def test_the_free_tier_has_no_identity(kind: str, offline: World) -> None:
    free = service(sku={"name": "Free"}, identity={"type": kind})
    told = said(offline, "free-tier-identity", free)
    hold(told, ("the free tier has no managed identities",))


HOSTS = {
    "https://a.openai.azure.com/": 0,
    "https://a.services.ai.azure.com": 0,
    "http://127.0.0.1:8081": 0,
    "https://azure-api.net.example.com": 0,
    "https://a.azure-api.net": 1,
    "https://a.Azure-API.net/openai": 1,
    "https://a.azure-api.cn:443": 1,
}


@pytest.mark.parametrize(("host", "count"), HOSTS.items())
def test_the_model_of_a_knowledge_base(host: str, count: int, offline: World) -> None:
    parameters = {"resourceUri": host, "deploymentId": "d", "modelName": "gpt-5-mini"}
    model = {"kind": "azureOpenAI", "azureOpenAIParameters": parameters}
    base = document("KnowledgeBase", "handbook", {"knowledgeSources": [], "models": [model]})
    hold(said(offline, "knowledge-model", base), ("the model of a knowledge base",) * count)


def source(name: str) -> str:
    spec = {"kind": "searchIndex", "searchIndexParameters": {"searchIndexName": name}}
    return document("KnowledgeSource", "docs-source", spec)


def test_a_source_of_an_index_that_is_elsewhere(offline: World) -> None:
    assert said(offline, "unranked-source", index(TEXT), source("elsewhere")) == []


def test_a_source_of_an_index_whose_configurations_are_no_list(offline: World) -> None:
    strange = index(f"{TEXT}\nsemantic: {{configurations: 7}}")
    assert said(offline, "unranked-source", strange, source("docs")) == []


def files(kind: str = "azureblob") -> str:
    spec = {
        "type": kind,
        "credentials": {"connectionString": "ResourceId=/subscriptions/0/x;"},
        "container": {"name": "files"},
    }
    return document("DataSource", "files", spec)


def indexer(**more: Any) -> str:
    return document(
        "Indexer", "docs", {"dataSourceName": "files", "targetIndexName": "docs", **more}
    )


def mapping(origin: str, target: str | None = None) -> list[dict[str, str]]:
    return [{"sourceFieldName": origin} | ({"targetFieldName": target} if target else {})]


SKILLS: dict[str, Any] = {
    "skills": [
        {
            "@odata.type": "#Microsoft.Skills.Text.SplitSkill",
            "textSplitMode": "pages",
            "inputs": [{"name": "text", "source": "/document/content"}],
            "outputs": [{"name": "textItems", "targetName": "pages"}],
        }
    ]
}
PROJECTIONS = {
    "selectors": [
        {
            "targetIndexName": "docs",
            "parentKeyFieldName": "parent",
            "sourceContext": "/document/pages/*",
            "mappings": [{"name": "content", "source": "/document/pages/*"}],
        }
    ]
}
SKIPPED = {"parameters": {"projectionMode": "skipIndexingParentDocuments"}}
TOLD = ("`content` takes the whole text of documents, and is filterable and sortable and",)
SHORT = "fields: [{name: content, type: Edm.String, filterable: false, facetable: false}]"
BODY = "fields: [{name: body, type: Edm.String}]"
TEXTS = {
    "by its name": ([index(TEXT), files(), indexer()], TOLD),
    "sorted by alone": (
        [index(SHORT), files(), indexer()],
        ("`content` takes the whole text of documents, and is sortable",),
    ),
    "never": (
        [index(f"fields: [{{name: content, type: Edm.String, {NEVER}}}]"), files(), indexer()],
        (),
    ),
    "of two indexers, told once": (
        [
            index(TEXT),
            files(),
            indexer(),
            document("Indexer", "two", {"dataSourceName": "files", "targetIndexName": "docs"}),
        ],
        TOLD,
    ),
    "by a mapping": (
        [index(BODY), files(), indexer(fieldMappings=mapping("content", "body"))],
        ("`body` takes the whole text",),
    ),
    "by an output mapping": (
        [index(BODY), files(), indexer(outputFieldMappings=mapping("/document/content", "body"))],
        ("`body` takes the whole text",),
    ),
    "mapped to another field": (
        [index(TEXT), files(), indexer(fieldMappings=mapping("content", "body"))],
        (),
    ),
    "a field that takes something else": (
        [index(TEXT), files(), indexer(outputFieldMappings=mapping("/document/x", "content"))],
        (),
    ),
    "rows of a table": ([index(TEXT), files("azuresql"), indexer()], ()),
    "files of JSON": (
        [
            index(TEXT),
            files(),
            indexer(parameters={"configuration": {"parsingMode": "json"}}),
        ],
        (),
    ),
    "metadata alone": (
        [
            index(TEXT),
            files(),
            indexer(parameters={"configuration": {"dataToExtract": "allMetadata"}}),
        ],
        (),
    ),
    "with skills": (
        [index(TEXT), files(), indexer(skillsetName="s"), document("Skillset", "s", SKILLS)],
        TOLD,
    ),
    "parts of it alone": (
        [
            index(TEXT),
            files(),
            indexer(skillsetName="s"),
            document("Skillset", "s", SKILLS | {"indexProjections": PROJECTIONS | SKIPPED}),
        ],
        (),
    ),
    "parts of it, and all of it": (
        [
            index(TEXT),
            files(),
            indexer(skillsetName="s"),
            document("Skillset", "s", SKILLS | {"indexProjections": PROJECTIONS}),
        ],
        TOLD,
    ),
    "skills that are elsewhere": ([index(TEXT), files(), indexer(skillsetName="gone")], ()),
    "a source that is elsewhere": ([index(TEXT), indexer()], ()),
}


@pytest.mark.parametrize(("documents", "expected"), TEXTS.values(), ids=TEXTS)
def test_texts_that_are_too_long(
    documents: list[str], expected: tuple[str, ...], offline: World
) -> None:
    hold(said(offline, "filterable-text", *documents), expected)


def test_an_alias_is_no_index(offline: World) -> None:
    alias = document("Alias", "current", {"indexes": ["docs"]})
    through = [index(TEXT), files(), alias, indexer(targetIndexName="current")]
    hold(said(offline, "missing-reference", *through), ("Index/current is not declared",))
    assert "name the index that the alias of this name stands for" in offline.cli("validate").err
