"""Rules about the enriched document: right and wrong instances, one small change each."""

from __future__ import annotations

import json
from typing import Any

import pytest

from tests.lint.pipelines import pipeline, told
from tests.world import World

SPLIT = """
{"@odata.type": "#Microsoft.Skills.Text.SplitSkill", maximumPageLength: 2000,
 inputs: [{name: text, source: /document/content}], outputs: [{name: textItems, targetName: pages}]}
"""
EMBED = """
{"@odata.type": "#Microsoft.Skills.Text.AzureOpenAIEmbeddingSkill", name: embed,
 context: /document/pages/*, resourceUri: "https://docs.openai.azure.com", deploymentId: e,
 modelName: text-embedding-3-small, inputs: [{name: text, source: /document/pages/*}],
 outputs: [{name: embedding, targetName: vector}]}
"""
OCR = """
{"@odata.type": "#Microsoft.Skills.Vision.OcrSkill", name: ocr,
 context: /document/normalized_images/*,
 inputs: [{name: image, source: /document/normalized_images/*}],
 outputs: [{name: text}]}
"""
FIELDS = """
- {name: id, type: Edm.String, key: true, analyzer: keyword}
- {name: parent, type: Edm.String, filterable: true}
- {name: chunk, type: Edm.String}
- {name: count, type: Edm.Int32}
- {name: tags, type: Collection(Edm.String)}
- {name: vector, type: Collection(Edm.Single), dimensions: 1536, vectorSearchProfile: p}
"""
SKILLS, MAPPINGS = "Skillset/skills", "Skillset/indexProjections/selectors/0/mappings"
CONTEXT = "Skillset/indexProjections/selectors/0/sourceContext"
SOURCE = f"{SKILLS}/1/inputs/0/source"
SETTINGS = "Indexer/parameters"
CHUNK = "{name: chunk, source: /document/pages/*}"
VECTOR = "{name: vector, source: /document/pages/*/vector}"
BASE = {
    SKILLS: f"[{SPLIT}, {EMBED}]",
    "Index/fields": FIELDS,
    MAPPINGS: f"[{CHUNK}, {VECTOR}]",
}
IMAGES = {SETTINGS: "{configuration: {imageAction: generateNormalizedImages}}"}


def mapped(name: str, source: str) -> dict[str, str]:
    return {MAPPINGS: f"[{CHUNK}, {VECTOR}, {{name: {name}, source: {source}}}]"}


def also(*skills: str) -> dict[str, str]:
    return {SKILLS: f"[{', '.join([SPLIT, EMBED, *skills])}]"}


def phrases(source: str, context: str = "/document/pages/*", target: str = "phrases") -> str:
    return (
        '{"@odata.type": "#Microsoft.Skills.Text.KeyPhraseExtractionSkill", '
        f"context: {context}, inputs: [{{name: text, source: '{source}'}}], "
        f"outputs: [{{name: keyPhrases, targetName: {target}}}]}}"
    )


def shaper(*inputs: str) -> str:
    return (
        '{"@odata.type": "#Microsoft.Skills.Util.ShaperSkill", '
        f"inputs: [{', '.join(inputs)}], outputs: [{{name: output, targetName: shape}}]}}"
    )


WRONG: list[tuple[str, dict[str, str], str]] = [
    ("missing-path", {SOURCE: "/document/page/*"}, '"/document/page/*"'),
    ("missing-path", {SOURCE: "/document/Pages/*"}, '"/document/Pages/*"'),
    ("missing-path", {SOURCE: "/documents/pages/*"}, '"/documents/pages/*"'),
    ("missing-path", {SOURCE: "document/pages/*"}, '"document/pages/*"'),
    ("missing-path", {SOURCE: "/document/textItems/*"}, '"/document/textItems/*"'),
    ("missing-path", {SOURCE: "/document/pages/*/text"}, '"/document/pages/*/text"'),
    ("missing-path", {SOURCE: "/document/content/*"}, '"/document/content/*"'),
    ("missing-path", {f"{SKILLS}/1/context": "/document/page/*"}, '"/document/page/*"'),
    ("missing-path", {CONTEXT: "/document/chunks/*"}, '"/document/chunks/*"'),
    ("missing-path", mapped("count", "/document/pages/*/number"), '"/document/pages/*/number"'),
    ("missing-path", mapped("tags", "/document/title"), '"/document/title"'),
    ("missing-path", also(OCR), '"/document/normalized_images/*"'),
    ("missing-path", also(phrases("= $(/document/contnt)")), '"= $(/document/contnt)"'),
    (
        "missing-path",
        {SETTINGS: "{configuration: {dataToExtract: storageMetadata}}"},
        '"/document/content"',
    ),
    (
        "missing-path",
        {SETTINGS: "{configuration: {dataToExtract: allMetadata, parsingMode: text}}"},
        '"/document/content"',
    ),
    (
        "missing-path",
        also(
            shaper(
                "{name: a, sourceContext: /document, inputs: [{name: b, source: /document/pags/*}]}"
            )
        ),
        '"/document/pags/*"',
    ),
    ("input-type", {SOURCE: "/document/pages"}, '"/document/pages"'),
    ("input-type", {f"{SKILLS}/1/context": "/document"}, '"/document/pages/*"'),
    (
        "input-type",
        {SOURCE: "/document/metadata_storage_size"},
        '"/document/metadata_storage_size"',
    ),
    (
        "field-type",
        mapped("tags", "/document/metadata_storage_name"),
        '"/document/metadata_storage_name"',
    ),
    ("field-type", mapped("count", "/document/pages/*"), '"/document/pages/*"'),
    (
        "field-type",
        {MAPPINGS: f"[{CHUNK}, {{name: vector, source: /document/pages/*}}]"},
        '"/document/pages/*"',
    ),
    ("field-type", {CONTEXT: "/document"}, '"/document/pages/*"'),
    ("vector-length", {f"{SKILLS}/1/dimensions": "512"}, "512"),
    (
        "vector-length",
        {f"{SKILLS}/1/modelName": "text-embedding-3-large"},
        '"text-embedding-3-large"',
    ),
    ("output-twice", also(phrases("/document/pages/*", target="vector")), '"vector"'),
    ("output-twice", also(phrases("/document/content", "/document", "content")), '"content"'),
    (
        "skill-circle",
        also(
            phrases("/document/b/0", "/document", "a"),
            phrases("/document/a/0", "/document", "b"),
        ),
        '"inputs"',
    ),
    ("wrong-expression", also(phrases("= $(/document/content) + more")), '"= $(/document'),
    ("wrong-expression", also(phrases("=high")), '"=high"'),
    ("long-text", {SOURCE: "/document/content"}, '"/document/content"'),
    ("long-text", {f"{SKILLS}/0/maximumPageLength": "50000"}, '"/document/pages/*"'),
    ("unread-output", also(phrases("/document/pages/*")), '"outputs"'),
    ("unfilled-field", {MAPPINGS: f"[{CHUNK}]"}, '"mappings"'),
    ("projection-mode", {"Skillset/indexProjections/parameters": ""}, '{"selectors"'),
    (
        "idle-mapping",
        {"Indexer/outputFieldMappings": "[{sourceFieldName: /document/content}]"},
        '{"sourceFieldName"',
    ),
    ("unused-skillset", {"Indexer/skillsetName": ""}, '{"dataSourceName"'),
    (
        "unknown-column",
        {"Indexer/fieldMappings": "[{sourceFieldName: metadata_storge_path}]"},
        '"metadata_storge_path"',
    ),
]
SHORT = {f"{SKILLS}/1/dimensions": "512"}
"""Another length than the field's: no mistake where the skill does not run, or nothing is made."""

ANALYSIS = """
{"@odata.type": "#Microsoft.Skills.Vision.ImageAnalysisSkill", name: seen, visualFeatures: [tags],
 context: /document/normalized_images/*,
 inputs: [{name: image, source: /document/normalized_images/*}], outputs: [{name: tags}]}
"""
WEB = """
{"@odata.type": "#Microsoft.Skills.Custom.WebApiSkill", uri: "https://docs.example/skill",
 inputs: [{name: batch, source: /document/importBatch}], outputs: [{name: answer}]}
"""
SEVERITIES: list[tuple[str, dict[str, str], str]] = [
    ("missing-path", mapped("chunk", "/document/importBatch"), "advice"),
    ("missing-path", also(WEB), "advice"),
    ("missing-path", mapped("chunk", "/document/Content"), "warning"),
    ("missing-path", mapped("chunk", "/document/importBatch/number"), "warning"),
    ("missing-path", mapped("chunk", "/document/normalized_images"), "warning"),
    ("missing-path", {f"{SKILLS}/0/inputs/0/source": "/document/importBatch"}, "warning"),
    (
        "field-type",
        also(ANALYSIS) | IMAGES | mapped("tags", "/document/normalized_images/*/tags/*"),
        "advice",
    ),
    (
        "field-type",
        also(shaper("{name: text, source: /document/content}"))
        | mapped("chunk", "/document/shape"),
        "warning",
    ),
    (
        "field-type",
        also(shaper("{name: text, source: /document/content}"))
        | mapped("count", "/document/shape"),
        "error",
    ),
]
STORED = {
    "Skillset/knowledgeStore": "{storageConnectionString: ResourceId=a, projections: [{objects: "
    "[{storageContainer: docs, sourceContext: /document, inputs: "
    "[{name: text, source: /document/content}]}]}]}"
}
RIGHT: list[tuple[str, dict[str, str]]] = [
    (
        "unfilled-field",
        mapped("tags", "/document/importBatch")
        | {"Index/fields": FIELDS.replace("- {name: count, type: Edm.Int32}\n", "")},
    ),
    ("lost-enrichment", also(phrases("/document/content", "/document/content")) | STORED),
    ("missing-path", {}),
    ("missing-path", also(OCR) | IMAGES),
    ("missing-path", mapped("tags", "/document/metadata_made_up_by_a_format")),
    (
        "missing-path",
        mapped("tags", "/document/title")
        | {"Indexer/fieldMappings": "[{sourceFieldName: title, targetFieldName: title}]"},
    ),
    ("missing-path", {"DataSource/type": "azuresql", SOURCE: "/document/column"}),
    ("missing-path", {"DataSource/type": "cosmosdb", CONTEXT: "/document/rows/*"}),
    (
        "missing-path",
        {
            SETTINGS: "{configuration: {parsingMode: jsonLines}}",
            f"{SKILLS}/0/inputs/0/source": "/document/line",
        },
    ),
    (
        "missing-path",
        also(shaper("{name: a, source: \"='text'\"}", '{name: b, source: "= 1 + 2"}')),
    ),
    ("input-type", {f"{SKILLS}/1/inputs/0/source": "/document/pages/0"}),
    ("input-type", also(OCR) | IMAGES),
    ("field-type", mapped("count", "/document/metadata_storage_size")),
    (
        "field-type",
        mapped("tags", "/document/pages/*/phrases") | also(phrases("/document/pages/*")),
    ),
    ("field-type", {"DataSource/type": "azuresql"} | mapped("count", "/document/column")),
    ("field-type", mapped("count", "/document/pages/*") | {CONTEXT: "/document/pages/0"}),
    ("vector-length", {}),
    ("vector-length", SHORT | {SOURCE: "/document/page/*"}),
    ("vector-length", SHORT | {SOURCE: "/document/pages"}),
    ("vector-length", SHORT | {f"{SKILLS}/0/inputs/0/source": "/document/contnt"}),
    ("vector-length", SHORT | {CONTEXT: "/document/chunks/*"}),
    ("vector-length", also(phrases("/document/pages/*", target="vector")) | SHORT),
    ("vector-length", {f"{SKILLS}/1/dimensions": "512", "Index/fields/5/dimensions": "512"}),
    ("output-twice", also(phrases("/document/content", "/document", "vector"))),
    ("skill-circle", {SKILLS: f"[{EMBED}, {SPLIT}]"}),
    ("skill-circle", also(phrases("/document/content", "/document", "content"))),
    ("long-text", {}),
    (
        "unfilled-field",
        mapped("count", "/document/metadata_storage_size")
        | {"Index/fields": FIELDS.replace("- {name: tags, type: Collection(Edm.String)}\n", "")},
    ),
    (
        "unread-output",
        also(phrases("/document/pages/*")) | mapped("tags", "/document/pages/*/phrases"),
    ),
]


@pytest.mark.parametrize(("rule", "changes", "place"), WRONG, ids=lambda value: str(value)[:70])
def test_what_is_wrong_is_told_at_its_place(
    rule: str, changes: dict[str, str], place: str, offline: World
) -> None:
    found = told(offline, rule, BASE | changes)
    assert place in [one.place[: len(place)] for one in found], found


@pytest.mark.parametrize(
    ("rule", "changes", "severity"), SEVERITIES, ids=lambda value: str(value)[:70]
)
def test_how_grave_it_is(rule: str, changes: dict[str, str], severity: str, offline: World) -> None:
    assert [one.severity for one in told(offline, rule, BASE | changes)] == [severity]


@pytest.mark.parametrize(("rule", "changes"), RIGHT, ids=lambda value: str(value)[:70])
def test_what_is_right_is_not(rule: str, changes: dict[str, str], offline: World) -> None:
    assert told(offline, rule, BASE | changes) == []


ODD: list[Any] = [
    None,
    True,
    7,
    "text",
    "",
    "/",
    "=",
    "/document/*/#/~2",
    [],
    {},
    [[]],
    [{}],
    ["x"],
]


@pytest.mark.parametrize("odd", ODD, ids=repr)
def test_any_value_at_any_place_is_passed_over(odd: Any, offline: World) -> None:
    """The rules say what they like of it, and do not fail."""
    documents = [json.loads(text) for text in pipeline(BASE | IMAGES | also(OCR)).split("---\n")]
    for document in documents:
        for holder, name in _places(document["spec"]):
            kept, holder[name] = holder[name], odd
            offline.write("manifests/docs.yaml", "---\n".join(map(json.dumps, documents)))
            assert offline.cli("validate", "--format", "json").code in (0, 1)
            holder[name] = kept


def _places(value: Any) -> list[tuple[Any, Any]]:
    """Every place of a body that is about the enriched document."""
    if not isinstance(value, dict | list):
        return []
    keys = list(value) if isinstance(value, dict) else range(len(value))
    return [place for key in keys for place in [(value, key), *_places(value[key])]]


def test_skills_that_are_elsewhere_may_make_anything(offline: World) -> None:
    """A path that nobody here makes is no mistake, nor is a field that nobody here fills."""
    offline.project("external: [Skillset/elsewhere]")
    mapped = "[{sourceFieldName: /document/pages/0/vector, targetFieldName: vector}]"
    changes = {"Indexer/skillsetName": "elsewhere", "Indexer/outputFieldMappings": mapped}
    for rule in ("missing-path", "unfilled-field", "field-type", "unread-output"):
        found = told(offline, rule, BASE | changes)
        assert [one for one in found if "Indexer" in one.message] == [], rule


def test_a_second_selector_has_its_own_place(offline: World) -> None:
    selectors = "Skillset/indexProjections/selectors"
    selector = (
        "{targetIndexName: docs, parentKeyFieldName: parent, sourceContext: /document/pages/*, "
        "mappings: [{name: chunk, source: %s}]}"
    )
    changes = {selectors: f"[{selector % '/document/pages/*'}, {selector % '/document/pages/*/a'}]"}
    (found,) = told(offline, "missing-path", BASE | changes)
    assert found.place.startswith('"/document/pages/*/a"')
