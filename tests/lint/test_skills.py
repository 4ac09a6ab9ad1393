"""The rules of what a skill reads, writes and is set to, as tables."""

from __future__ import annotations

import pytest

from tests.lint.told import skill, skillset, told
from tests.world import World

SPLIT, MERGE, OCR = "Text.SplitSkill", "Text.MergeSkill", "Vision.OcrSkill"
IMAGES, LAYOUT = "Vision.ImageAnalysisSkill", "Util.DocumentIntelligenceLayoutSkill"
UNDERSTANDING, PII = "Util.ContentUnderstandingSkill", "Text.PIIDetectionSkill"
ENTITIES, VECTORIZE = "Text.V3.EntityRecognitionSkill", "Vision.VectorizeSkill"
EXTRACTION, CONDITIONAL = "Util.DocumentExtractionSkill", "Util.ConditionalSkill"
WEB, CHAT, AML = "Custom.WebApiSkill", "Custom.ChatCompletionSkill", "Custom.AmlSkill"
LOOKUP = "Text.CustomEntityLookupSkill"
URI = "uri: https://x.azurewebsites.net/api/a"
SCHEMA = "responseFormat: {type: jsonSchema, jsonSchemaProperties: {schema: {%s}}}"


def unknown(kind: str, name: str) -> tuple[str, str, str]:
    severity = {"output": "error", "input": "warning"}[kind]
    verb = {"output": "has", "input": "reads"}[kind]
    return severity, name, f"the skill {verb} no {kind} `{name}`"


def unmade(name: str) -> tuple[str, str, str]:
    return "warning", name, f"as it is declared, the skill makes no `{name}`"


def missing(name: str) -> tuple[str, str, str]:
    return "warning", "inputs", f"the skill gets no `{name}`, and is skipped without it"


OUTPUTS = {
    "known": (skill(SPLIT, "", "text", "textItems offsets lengths ordinalPositions"), []),
    "case": (skill(SPLIT, "", "text", "textitems"), [unknown("output", "textitems")]),
    "any name": (skill(WEB, URI, "whatever", "whatever"), []),
    "unknown skill": (skill("Text.NewSkill", "", "a", "b"), []),
    "feature": (skill(IMAGES, "visualFeatures: [tags]", "image", "tags"), []),
    "no feature": (skill(IMAGES, "visualFeatures: [tags]", "image", "faces"), [unmade("faces")]),
    "markdown": (skill(LAYOUT, "", "file_data", "text_sections"), [unmade("text_sections")]),
    "text": (skill(LAYOUT, "outputFormat: text", "file_data", "text_sections"), []),
    "not markdown": (
        skill(LAYOUT, "outputFormat: text", "file_data", "markdown_document"),
        [unmade("markdown_document")],
    ),
    "images": (
        skill(UNDERSTANDING, "extractionOptions: [images]", "file_data", "normalized_images"),
        [],
    ),
    "no images": (
        skill(UNDERSTANDING, "", "file_data", "normalized_images"),
        [unmade("normalized_images")],
    ),
    "extraction": (
        skill(EXTRACTION, "configuration: {imageAction: none}", "file_data", "normalized_images"),
        [unmade("normalized_images")],
    ),
    "mask": (skill(PII, "maskingMode: replace", "text", "maskedText"), []),
    "no mask": (skill(PII, "", "text", "piiEntities maskedText"), [unmade("maskedText")]),
    "category": (skill(ENTITIES, "categories: [Person]", "text", "persons"), []),
    "all categories": (skill(ENTITIES, "", "text", "emails"), []),
    "no category": (skill(ENTITIES, "categories: [Person]", "text", "emails"), [unmade("emails")]),
}


@pytest.mark.parametrize("case", OUTPUTS)
def test_outputs(case: str, offline: World) -> None:
    declared, expected = OUTPUTS[case]
    assert told(offline, "skill-output", skillset(declared)) == expected


def test_nothing_is_said_of_names_where_more_may_be_known(offline: World) -> None:
    offline.project("allowUnknownProperties: true")
    declared = skillset(skill(SPLIT, "", "words", "chunks"))
    assert told(offline, "skill-output", declared) == []
    assert told(offline, "skill-input", declared) == [missing("text")]


INPUTS = {
    "all": (skill(MERGE, "", "text itemsToInsert offsets", "mergedText"), []),
    "optional": (skill(MERGE, "", "itemsToInsert", "mergedText"), []),
    "required": (skill(MERGE, "", "text", "mergedText"), [missing("itemsToInsert")]),
    "case": (skill(OCR, "", "Image", "text"), [unknown("input", "Image"), missing("image")]),
    "any name": (skill(WEB, URI, "whatever", "whatever"), []),
    "shaper": (skill("Util.ShaperSkill", "", "a b", "output"), []),
    "conditional": (
        skill(CONDITIONAL, "", "condition whenTrue", "output"),
        [missing("whenFalse")],
    ),
    "one of": (skill(VECTORIZE, 'modelVersion: "2023-04-15"', "text", "vector"), []),
    "one of, more": (
        skill(VECTORIZE, 'modelVersion: "2023-04-15"', "text image", "vector"),
        [("warning", "inputs", "the skill reads exactly one of text, image, url")],
    ),
    "one of, none": (
        skill(VECTORIZE, 'modelVersion: "2023-04-15"', "queryString", "vector"),
        [("warning", "inputs", "the skill reads exactly one of text, image, url")],
    ),
}


@pytest.mark.parametrize("case", INPUTS)
def test_inputs(case: str, offline: World) -> None:
    declared, expected = INPUTS[case]
    assert told(offline, "skill-input", skillset(declared)) == expected


NOWHERE = ("error", "{", "the input comes from nowhere")
SOURCES = {
    "a path": ("{name: a, source: /document/a}", []),
    "an object": (
        "{name: a, sourceContext: /document, inputs: [{name: b, source: /document/b}]}",
        [],
    ),
    "nulls": ("{name: a, source: /document/a, sourceContext: null, inputs: []}", []),
    "both": (
        "{name: a, source: /document/a, sourceContext: /document}",
        [("error", "sourceContext", "the input has a `source` and `sourceContext`")],
    ),
    "with inputs": (
        "{name: a, source: /document/a, inputs: [{name: b, source: /document/b}]}",
        [("error", "inputs", "the input has a `source` and `inputs`")],
    ),
    "neither": ("{name: a}", [NOWHERE]),
    "neither, within": ("{name: a, sourceContext: /document, inputs: [{name: b}]}", [NOWHERE]),
    "an empty object": (
        "{name: a, sourceContext: /document}",
        [("error", "/document", "the input's object has no `inputs`")],
    ),
}
SHAPER = '{"@odata.type": "#Microsoft.Skills.Util.ShaperSkill", inputs: [%s], outputs: []}'
SELECTOR = (
    "indexProjections:",
    "  selectors:",
    "    - targetIndexName: chunks",
    "      parentKeyFieldName: parent",
    "      sourceContext: /document",
)


@pytest.mark.parametrize("case", SOURCES)
def test_sources_of_a_skill(case: str, offline: World) -> None:
    entry, expected = SOURCES[case]
    assert told(offline, "input-source", skillset(SHAPER % entry)) == expected


@pytest.mark.parametrize("case", SOURCES)
def test_sources_of_a_projection(case: str, offline: World) -> None:
    entry, expected = SOURCES[case]
    projected = [*SELECTOR, f"      mappings: [{entry}]"]
    ocr = skill(OCR, "", "image", "text")
    assert told(offline, "input-source", skillset(ocr, more=projected)) == expected


SHORT = "a page has at least 300 characters"
LENGTHS = {
    "short": (SPLIT, "maximumPageLength: 299", [("error", "299", SHORT)]),
    "least": (SPLIT, "maximumPageLength: 300", []),
    "tokens": (SPLIT, "maximumPageLength: 200, unit: azureOpenAITokens", []),
    "half": (
        SPLIT,
        "maximumPageLength: 1000, pageOverlapLength: 500",
        [("warning", "500", "each chunk repeats 500 of 1000 of the one before")],
    ),
    "less": (SPLIT, "maximumPageLength: 1000, pageOverlapLength: 499", []),
    "overlap alone": (SPLIT, "pageOverlapLength: 499", []),
    "layout": (
        LAYOUT,
        "outputFormat: text, chunkingProperties: {maximumLength: 400, overlapLength: 400}",
        [("warning", "400", "each chunk repeats 400 of 400 of the one before")],
    ),
    "understanding": (
        UNDERSTANDING,
        "chunkingProperties: {maximumLength: 400, overlapLength: 100}",
        [],
    ),
}


@pytest.mark.parametrize("case", LENGTHS)
def test_lengths_of_chunks(case: str, offline: World) -> None:
    type_, given, expected = LENGTHS[case]
    assert told(offline, "chunk-length", skillset(skill(type_, given))) == expected


PLAIN = "the service calls nothing over plain http"
DEFINITION = "entitiesDefinitionUri: http://x.blob.core.windows.net/a/b.json"
OWN = "x.cognitiveservices.azure.com is an API of Azure's own, and answers as no custom skill does"
SETTINGS = {
    "header": (
        "forbidden-header",
        skill(WEB, f"{URI}, httpHeaders: {{X-Key: a, HOST: b}}"),
        [("error", "HOST", "the header `HOST` cannot be set")],
    ),
    "an API of Azure's own": (
        "custom-skill-address",
        skill(WEB, 'uri: "https://X.CognitiveServices.azure.com/vision"'),
        [("warning", '"https://X.CognitiveServices.azure.com/vision"', OWN)],
    ),
    "a function": ("custom-skill-address", skill(WEB, URI), []),
    "a chat model": (
        "custom-skill-address",
        skill(CHAT, "uri: https://x.openai.azure.com/openai/deployments/a/chat/completions"),
        [],
    ),
    "no host": ("custom-skill-address", skill(WEB, 'uri: "https://[x"'), []),
    "https": ("insecure-uri", skill(WEB, URI), []),
    "http": (
        "insecure-uri",
        skill(WEB, "uri: http://x.net/a"),
        [("error", "http://x.net/a", PLAIN)],
    ),
    "this machine": ("insecure-uri", skill(WEB, "uri: http://127.0.0.1:7071/api"), []),
    "localhost": ("insecure-uri", skill(WEB, "uri: http://localhost:7071/api"), []),
    "beside": ("insecure-uri", skill(WEB, "uri: http://functions:80/api"), []),
    "definitions": (
        "insecure-uri",
        skill(LOOKUP, DEFINITION),
        [("error", "http://x.blob.core.windows.net/a/b.json", PLAIN)],
    ),
    "no definition": (
        "entity-definitions",
        skill(LOOKUP, "inlineEntitiesDefinition: []"),
        [("warning", "{", "the skill is not told what to look for")],
    ),
    "a file": ("entity-definitions", skill(LOOKUP, "entitiesDefinitionUri: https://x/a"), []),
    "two definitions": (
        "entity-definitions",
        skill(LOOKUP, "entitiesDefinitionUri: https://x/a, inlineEntitiesDefinition: [{name: a}]"),
        [
            (
                "warning",
                "entitiesDefinitionUri",
                "the file is not read: there is an inline definition",
            )
        ],
    ),
    "long": (
        "entity-definitions",
        skill(LOOKUP, f"inlineEntitiesDefinition: [{{name: {'a' * 11000}}}]"),
        [("warning", "inlineEntitiesDefinition", "an inline definition has at most 10 KB")],
    ),
    "aml": ("aml-address", skill(AML, "resourceId: /subscriptions/a"), []),
    "no aml": (
        "aml-address",
        skill(AML, "key: null"),
        [("error", "{", "the skill does not say where its model is")],
    ),
    "gpt-5": (
        "chat-request",
        skill(CHAT, f"{URI}, commonModelParameters: {{model: gpt-5, temperature: 0.5}}"),
        [("warning", "0.5", "gpt-5 takes no temperature but 1")],
    ),
    "gpt-5 at 1": (
        "chat-request",
        skill(CHAT, f"{URI}, commonModelParameters: {{model: gpt-5, temperature: 1}}"),
        [],
    ),
    "gpt-4": (
        "chat-request",
        skill(CHAT, f"{URI}, commonModelParameters: {{model: gpt-4o, temperature: 0.5}}"),
        [],
    ),
    "responses": (
        "chat-request",
        skill(CHAT, "uri: https://x.openai.azure.com/openai/responses"),
        [
            (
                "warning",
                "https://x.openai.azure.com/openai/responses",
                "the skill does not speak the Responses API",
            )
        ],
    ),
    "extra": (
        "chat-request",
        skill(CHAT, f"{URI}, extraParameters: {{top_k: 1}}"),
        [("warning", "extraParameters", "extra parameters are refused")],
    ),
    "extra, passed": (
        "chat-request",
        skill(CHAT, f"{URI}, extraParameters: {{a: 1}}, extraParametersBehavior: pass-through"),
        [],
    ),
    "no schema": (
        "response-format",
        skill(CHAT, f"{URI}, responseFormat: {{type: json_schema}}"),
        [("warning", "{", "there is no schema to follow")],
    ),
    "a schema unread": (
        "response-format",
        skill(CHAT, f"{URI}, responseFormat: {{jsonSchemaProperties: {{name: a}}}}"),
        [("warning", "jsonSchemaProperties", "with type text the schema is not read")],
    ),
    "no JSON": (
        "response-format",
        skill(CHAT, f"{URI}, {SCHEMA % 'properties: nothing'}"),
        [("error", "nothing", "the properties are no object of JSON")],
    ),
    "required": (
        "response-format",
        skill(CHAT, f"{URI}, {SCHEMA % (chr(39).join(['properties: ', '{}', ', required: [a]']))}"),
        [("warning", "a", "there is no property `a`")],
    ),
    "sentences": (
        "ignored-setting",
        skill(SPLIT, "textSplitMode: sentences, maximumPageLength: 500"),
        [
            (
                "advice",
                "maximumPageLength",
                "`maximumPageLength` is not read: `textSplitMode` is sentences",
            )
        ],
    ),
    "pages": ("ignored-setting", skill(SPLIT, "maximumPageLength: 500"), []),
    "depth": ("ignored-setting", skill(LAYOUT, "markdownHeaderDepth: h3"), []),
    "chunks": (
        "ignored-setting",
        skill(LAYOUT, "chunkingProperties: {maximumLength: 500}"),
        [
            (
                "advice",
                "chunkingProperties",
                "`chunkingProperties` is not read: `outputFormat` is markdown",
            )
        ],
    ),
}


@pytest.mark.parametrize("case", SETTINGS)
def test_settings(case: str, offline: World) -> None:
    rule, declared, expected = SETTINGS[case]
    assert told(offline, rule, skillset(declared)) == expected


@pytest.mark.parametrize(("many", "wrong"), [(30, False), (31, True)])
def test_a_skillset_has_not_too_many_skills(many: int, wrong: bool, offline: World) -> None:
    skills = [skill(OCR, f"name: s{n}", "image", "text") for n in range(many)]
    assert bool(told(offline, "wrong-value", skillset(*skills))) == wrong
