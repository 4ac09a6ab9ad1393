"""Spellings that mean the same are one: at every property that has several, and on the way."""

from __future__ import annotations

import json
from typing import Any

import pytest

from reconciler.model.problem import Severity
from reconciler.providers import SEARCH, kind
from reconciler.schema.body import Body, Property, beneath, shape_of
from reconciler.schema.normalize import normal_form, part_form, without_nulls
from reconciler.schema.validation import judge
from tests.world import World

Json = dict[str, Any]

ALL = {
    f"{model.__name__}.{known.name}": (model, known)
    for name in SEARCH.kinds
    for model in beneath(kind(name).body)
    for known in shape_of(model).properties.values()
}


def like(wanted: Any) -> list[Any]:
    return [pytest.param(*pair, id=where) for where, pair in ALL.items() if wanted(pair[1])]


SPELLINGS: dict[str, tuple[Any, Any, Any]] = {
    "spell_duration": ("PT24H", "P1D", "PT1H"),
    "spell_moment": ("2026-04-01T02:00:00+02:00", "2026-04-01T00:00:00Z", "2026-04-02T00:00:00Z"),
    "spell_endpoint": (
        "https://One.openai.azure.com//",
        "https://one.openai.azure.com",
        "https://two",
    ),
    "spell_analyzer": ("standard", "standard.lucene", "en.lucene"),
    "_lower": ("/Subscriptions/A", "/subscriptions/a", "/subscriptions/b"),
    "_spell_json": ('{"a": {"b": 1}, "c": 2}', '{"c":2,"a":{"b":1}}', '{"a":1}'),
    "_spell_rules": ("a, b\n\n  c => d \n", "a, b\nc => d", "a, b"),
    "_sorted": ("MULTILINE|DOTALL", "DOTALL|MULTILINE", "DOTALL"),
    "_floats": ({"title": 2}, {"title": 2.0}, {"title": 3}),
    "_extensions": (".pdf, .docx", ".docx,.pdf", ".pdf"),
    "_camel": ("json_schema", "jsonSchema", "text"),
    "_lower_first": ("LineFeed", "lineFeed", "space"),
    "lower_and_sorted": (["Person", "Email"], ["email", "person"], ["email"]),
}
"""By the function that spells: two that mean the same, and one that does not."""


@pytest.mark.parametrize(("model", "known"), like(lambda known: known.canonical is not None))
def test_two_spellings_are_one_value(model: type[Body], known: Property) -> None:
    assert known.canonical is not None
    one, same, other = SPELLINGS[known.canonical.spell.__name__]
    shape = shape_of(model)
    form = part_form(shape, {known.name: one}, {known.name: one})
    assert form == part_form(shape, {known.name: same}, {known.name: same})
    assert form != part_form(shape, {known.name: other}, {known.name: other})


ADDRESSES = ("resourceUri", "subdomainUrl", "keyVaultUri")


def test_every_address_of_a_resource_has_one_spelling() -> None:
    """Wherever it stands: in indexes, skills, knowledge bases and knowledge sources."""
    found = {where: pair[1] for where, pair in ALL.items() if pair[1].name in ADDRESSES}
    found["AIServices.uri"] = ALL["AIServices.uri"][1]
    spelled = {where for where, known in found.items() if known.canonical is not None}
    assert spelled == set(found)
    assert len(found) >= 8


@pytest.mark.parametrize(
    ("text", "same"),
    [
        ("https://x.openai.azure.com/", True),
        ("https://x.openai.azure.com///", True),
        ("HTTPS://X.OpenAI.azure.com", True),
        ("https://x.openai.azure.com/openai", False),
        ("https://x.openai.azure.com:8443", False),
        ("https://y.openai.azure.com", False),
        ("${var.endpoint}/", False),
    ],
)
def test_what_of_an_address_counts(text: str, same: bool) -> None:
    canonical = ALL["AzureOpenAIParameters.resourceUri"][1].canonical
    assert canonical is not None
    assert (canonical.spell(text) == canonical.spell("https://x.openai.azure.com")) is same


VALUES_WHEN_EMPTY = {
    "MergeSkill.insertPreTag",
    "MergeSkill.insertPostTag",
    "ShingleTokenFilter.tokenSeparator",
    "ShingleTokenFilter.filterToken",
}
"""Some of the optional texts that have a default: left empty they are not what is left out."""


@pytest.mark.parametrize(("model", "known"), like(lambda known: known.none_when_empty))
def test_an_empty_text_says_none(model: type[Body], known: Property) -> None:
    shape = shape_of(model)
    absent = part_form(shape, {})
    assert part_form(shape, {known.name: ""}) == absent
    assert part_form(shape, {known.name: ""}, {known.name: ""}) == absent
    assert part_form(shape, {known.name: None}, {known.name: ""}) == absent


def test_where_an_empty_text_may_stand_for_none() -> None:
    empty = {where for where, (_, known) in ALL.items() if known.none_when_empty}
    assert empty > {
        "Index.defaultScoringProfile",
        "Semantic.defaultConfiguration",
        "Profile.vectorizer",
        "Profile.compression",
        "Field.analyzer",
        "Field.normalizer",
        "Indexer.skillsetName",
        "SearchIndexParameters.semanticConfigurationName",
        "Output.targetName",
        "FieldMapping.targetFieldName",
        "Container.query",
    }
    assert not empty & VALUES_WHEN_EMPTY
    assert ALL.keys() >= VALUES_WHEN_EMPTY


@pytest.mark.parametrize(("model", "known"), like(lambda known: not known.required))
def test_null_is_absent(model: type[Body], known: Property) -> None:
    shape = shape_of(model)
    assert part_form(shape, {known.name: None}) == part_form(shape, {})


@pytest.mark.parametrize(
    ("model", "known"),
    like(lambda k: k.default is not None and k.default.value is False),
)
def test_null_and_false_are_one_where_false_is_the_default(
    model: type[Body], known: Property
) -> None:
    shape = shape_of(model)
    assert part_form(shape, {known.name: None}) == part_form(shape, {known.name: False})


@pytest.mark.parametrize(("model", "known"), like(lambda known: known.deprecated is not None))
def test_what_is_deprecated_is_taken_with_a_warning_and_not_compared(
    model: type[Body], known: Property
) -> None:
    shape = shape_of(model)
    assert part_form(shape, {known.name: "printed"}) == part_form(shape, {})


OCR = {
    "@odata.type": "#Microsoft.Skills.Vision.OcrSkill",
    "inputs": [{"name": "image", "source": "/document/normalized_images/*"}],
    "outputs": [{"name": "text"}],
}


@pytest.mark.parametrize("version", ["2023-11-01", "2026-04-01", "2026-08-01-preview"])
def test_the_deprecated_algorithm_of_ocr(version: str) -> None:
    body = {"name": "s", "skills": [{**OCR, "textExtractionAlgorithm": "printed"}]}
    [found] = judge(kind("Skillset"), body, version, allow_unknown=False)
    assert (found.code, found.severity) == ("deprecated", Severity.WARNING)
    assert found.position == ("skills", 0, "textExtractionAlgorithm")


def test_nulls_are_not_sent_at_any_depth() -> None:
    body = {
        "identity": None,
        "credentials": {"connectionString": "c", "unknown": None},
        "encryptionKey": {"keyVaultKeyName": "k", "keyVaultUri": "u", "identity": None},
    }
    assert without_nulls(kind("DataSource").shape, body) == {
        "credentials": {"connectionString": "c"},
        "encryptionKey": {"keyVaultKeyName": "k", "keyVaultUri": "u"},
    }


def test_null_stays_where_keys_are_free() -> None:
    """A model is told `null` by its parameters: the schema knows none of them."""
    skill = {"@odata.type": "#Microsoft.Skills.Custom.ChatCompletionSkill"}
    free = {**skill, "extraParameters": {"user": None}}
    body = {"skills": [{**free, "description": None}]}
    assert without_nulls(kind("Skillset").shape, body) == {"skills": [free]}


def test_a_vector_is_searchable_said_or_not() -> None:
    shape = kind("Index").shape
    plain = {"name": "v", "type": "Collection(Edm.Single)", "dimensions": 3}
    forms = [normal_form(shape, {"fields": [plain | said]}) for said in ({}, {"searchable": True})]
    assert forms[0] == forms[1]


INDEX = """
fields:
  - {{name: id, type: Edm.String, key: true}}
  - {{name: text, type: Edm.String, analyzer: {analyzer}}}
  - name: vector
    type: Collection(Edm.Single)
    {searchable}
    dimensions: 3
    vectorSearchProfile: p
{profile}
scoringProfiles:
  - name: new
    functions:
      - {{type: freshness, fieldName: made, boost: 2, freshness: {{boostingDuration: {duration}}}}}
vectorSearch:
  algorithms: [{{name: a, kind: hnsw}}]
  profiles: [{{name: p, algorithm: a, vectorizer: z}}]
  vectorizers:
    - name: z
      kind: azureOpenAI
      azureOpenAIParameters:
        {{resourceUri: "{uri}", deploymentId: d, modelName: text-embedding-3-small}}
"""
ONE: Json = {
    "analyzer": "standard.lucene",
    "searchable": "searchable: true",
    "profile": "",
    "duration": "P365D",
    "uri": "https://x.openai.azure.com",
}
OTHER: Json = {
    "analyzer": "standard",
    "searchable": "",
    "profile": 'defaultScoringProfile: ""',
    "duration": "PT8760H",
    "uri": "https://X.openai.azure.com/",
}


@pytest.mark.parametrize("what", ONE)
def test_another_spelling_in_a_manifest_is_no_change(world: World, what: str) -> None:
    made = "  - {{name: made, type: Edm.DateTimeOffset}}\n  - name: vector"
    text = INDEX.replace("  - name: vector", made)
    world.declare("Index/docs", text.format(**ONE))
    world.apply()
    world.service.calls()
    world.declare("Index/docs", text.format(**ONE | {what: OTHER[what]}))
    assert world.cli("plan", "--detailed-exitcode").code == 0
    assert world.writes() == []


BASE = """
knowledgeSources: [{name: s}]
models:
  - kind: azureOpenAI
    azureOpenAIParameters:
      {resourceUri: "https://x.openai.azure.com/", deploymentId: d, modelName: gpt-5-mini}
"""


def test_a_knowledge_base_reads_without_the_slash_that_was_written(world: World) -> None:
    """The service takes it off on reading (FACTS h); this one is made to, by hand."""
    world.declare("Index/docs", "fields: [{name: id, type: Edm.String, key: true}]")
    source = "kind: searchIndex\nsearchIndexParameters: {searchIndexName: docs}"
    world.declare("KnowledgeSource/s", source)
    world.declare("KnowledgeBase/base", BASE)
    world.apply()

    def stripped(body: Json) -> None:
        parameters = body["models"][0]["azureOpenAIParameters"]
        parameters["resourceUri"] = parameters["resourceUri"].rstrip("/")

    world.service.edit("KnowledgeBase/base", stripped)
    assert world.cli("plan", "--detailed-exitcode").code == 0
    assert world.cli("drift").code == 0


def test_a_null_of_another_version_is_not_sent(world: World) -> None:
    world.project("apiVersion: 2025-09-01")
    world.declare(
        "DataSource/blobs",
        """
        type: azureblob
        credentials: {connectionString: "ResourceId=/subscriptions/0/x;"}
        container: {name: c}
        identity: null
        indexerPermissionOptions: null
        """,
    )
    world.apply()
    assert world.cli("plan", "--detailed-exitcode").code == 0


VECTORIZER = """
fields: [{name: id, type: Edm.String, key: true}]
vectorSearch:
  vectorizers:
    - name: z
      kind: azureOpenAI
      azureOpenAIParameters: {resourceUri: "https://x.openai.azure.com", deploymentId: d}
"""


def test_what_may_stand_is_a_warning_until_it_is_written(world: World) -> None:
    """An earlier version made the vectorizer; this one refuses it without a model's name."""
    model = VECTORIZER.replace("d}", "d, modelName: text-embedding-3-small}")
    world.declare("Index/docs", VECTORIZER)
    assert world.cli("validate").code == 0
    ran = world.cli("plan", "--format", "json")
    assert ran.code == 1
    [problem] = json.loads(ran.out)["problems"]
    assert (problem["code"], problem["severity"]) == ("incomplete-model", "error")
    world.declare("Index/docs", model)
    world.apply()
    world.declare("Index/docs", VECTORIZER, "lifecycle: {ignore: [/vectorSearch]}")
    ran = world.cli("plan")
    assert (ran.code, "No changes" in ran.out) == (0, True)
    assert "warning: the vectorizer needs `azureOpenAIParameters.modelName`" in ran.err
