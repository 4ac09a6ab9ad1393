"""Contracts: OpenAPI files that describe what skills call, good, wrong and hostile ones."""

from __future__ import annotations

import json
from typing import Any

import pytest

from tests.lint.fragments import said
from tests.world import World

API = """
openapi: 3.0.3
info: {title: people, version: "1"}
paths:
  /enrich:
    post:
      requestBody: {$ref: "#/components/requestBodies/Records"}
      responses:
        200:
          content:
            application/json; charset=utf-8: {schema: {$ref: "#/components/schemas/Answer"}}
components:
  requestBodies:
    Records:
      content:
        application/json:
          schema:
            properties:
              values: {type: array, items: {properties: {data: {$ref: "#/components/schemas/In"}}}}
  schemas:
    In:
      required: [text]
      properties:
        text: {type: string}
        pages: {type: array, items: {type: string}}
        when: {type: string, format: date-time}
    Answer:
      properties:
        values: {type: array, items: {properties: {data: {$ref: "#/components/schemas/Out"}}}}
    Out:
      allOf:
        - properties: {people: {type: array, items: {$ref: "#/components/schemas/Person"}}}
        - properties:
            vector: {type: array, minItems: 3, maxItems: 3, items: {type: number}}
            score: {anyOf: [{type: number}, {type: "null"}]}
            other: {oneOf: [{type: number}, {type: string}]}
            notes: {type: object, additionalProperties: {type: string}}
            far: {$ref: "https://contoso.com/schemas.json#/Far"}
    Person:
      properties:
        name: {type: string}
        born: {type: string, format: date}
        parents: {type: array, items: {$ref: "#/components/schemas/Person"}}
"""
WEB_API, AML = "Custom.WebApiSkill", "Custom.AmlSkill"
URI = "https://contoso.azurewebsites.net/enrich"
POST = "api.yaml#/paths/~1enrich/post"


def skillset(
    inputs: str = "text",
    outputs: str = "people",
    contract: str = "api.yaml#/paths/~1enrich",
    called: str = "#1",
    type_: str = WEB_API,
    **more: Any,
) -> str:
    """A skillset of one skill, which a contract is named for; inputs come from the content."""
    skill = {
        "@odata.type": f"#Microsoft.Skills.{type_}",
        "uri": URI,
        "inputs": [{"name": name, "source": "/document/content"} for name in inputs.split()],
        "outputs": [{"name": name} for name in outputs.split()],
        **more,
    }
    metadata = {"name": "docs", "contracts": {called: contract}}
    head = {"apiVersion": "azure-ai-search/2026-05-01-preview", "kind": "Skillset"}
    return json.dumps(head | {"metadata": metadata, "spec": {"skills": [skill]}})


def told(world: World, *documents: str, api: str = API) -> list[str]:
    world.write("api.yaml", api)
    return said(world, "skill-contract", *documents)


@pytest.mark.parametrize(
    ("given", "begins"),
    [
        ({"inputs": "text pages when", "outputs": "people vector score"}, []),
        ({"contract": POST}, []),
        ({"inputs": "text page"}, ["api.yaml#/paths/~1enrich has no input `page`"]),
        ({"inputs": "pages"}, ["api.yaml#/paths/~1enrich requires `text`"]),
        ({"outputs": "persons"}, ["api.yaml#/paths/~1enrich has no output `persons`"]),
        ({"called": "people"}, ["there is no skill `people`"]),
        ({"called": "people", "name": "people"}, []),
        ({"called": "#1", "name": "people"}, []),
        ({"httpMethod": "PUT"}, ["the skill calls by PUT, and api.yaml#/paths/~1enrich has POST"]),
        ({"httpMethod": "PUT", "contract": POST}, ["the skill calls by PUT"]),
        ({"uri": "https://contoso.com/gateway/enrich?code=1"}, []),
        ({"uri": "https://contoso.com/Enrich"}, ["the skill calls `/Enrich`"]),
        ({"type_": "Text.LanguageDetectionSkill"}, ["the API of a Text.LanguageDetectionSkill"]),
        ({"type_": "Text.NewSkill", "inputs": "any"}, ["the API of a Text.NewSkill"]),
    ],
)
def test_a_skill_and_its_contract(given: dict[str, Any], begins: list[str], offline: World) -> None:
    messages = told(offline, skillset(**given))
    assert len(messages) == len(begins), messages
    assert all(map(str.startswith, messages, begins)), messages


@pytest.mark.parametrize(
    ("servers", "uri", "tells"),
    [
        ("https://contoso.com/api", "https://contoso.com/api/enrich", False),
        ("https://contoso.com/api", "https://Contoso.com/api/enrich/", False),
        ("https://contoso.com/api", "https://contoso.com/v2/api/enrich", True),
        ("https://contoso.com/api", "https://fabrikam.com/api/enrich", True),
        ("http://localhost:7071/api", "https://fabrikam.com/api/enrich", False),
        ("http://localhost:7071/api", "https://fabrikam.com/enrich", True),
        ("/api", "https://fabrikam.com/v2/api/enrich", False),
        ("https://{region}.contoso.com/api", "https://fabrikam.com/enrich", False),
        ("http://[::1", "https://fabrikam.com/enrich", False),
    ],
)
def test_where_the_api_is(servers: str, uri: str, tells: bool, offline: World) -> None:
    api = f'{API}servers: [{{url: "{servers}"}}]\n'
    assert bool(told(offline, skillset(uri=uri), api=api)) is tells


def test_a_secret_address_is_not_judged_and_a_key_not_shown(offline: World) -> None:
    offline.project("secrets: {key: {env: FUNCTION_KEY}}")
    offline.environ["FUNCTION_KEY"] = "c2VjcmV0LWtleQ"
    manifest = skillset(uri="https://contoso.com/other?code=${secret.key}")
    assert told(offline, manifest) == []
    ran = offline.cli("explain", "Skillset/docs")
    assert "POST    (sensitive value)" in ran.out
    assert "c2VjcmV0LWtleQ" not in ran.out
    assert len(told(offline, skillset(uri="https://me:pw@contoso.com/x?code=abc#f"))) == 1
    shown = offline.cli("explain", "Skillset/docs").out
    assert "https://contoso.com/x " in shown
    assert "abc" not in shown
    assert "pw" not in shown


def test_machine_learning_gets_one_flat_object(offline: World) -> None:
    schema = {"application/json": {"schema": {"$ref": "#/components/schemas/In"}}}
    answer = {"application/json": {"schema": {"$ref": "#/components/schemas/Out"}}}
    post = {"requestBody": {"content": schema}, "responses": {"2XX": {"content": answer}}}
    schemas = {
        "In": {"type": ["object", "null"], "properties": {"text": {"type": "string"}}},
        "Out": {"properties": {"people": {"type": "string"}}},
    }
    paths = {"/enrich": {"$ref": "#/components/pathItems/Score"}}
    components = {"schemas": schemas, "pathItems": {"Score": {"post": post}}}
    api = json.dumps({"openapi": "3.1.0", "paths": paths, "components": components})
    assert told(offline, skillset(type_=AML, key="${env.RECONCILER_API_KEY}"), api=api) == []
    wrong = skillset(type_=AML, inputs="text data", outputs="values")
    assert len(told(offline, wrong, api=api)) == 2
    (request, response) = told(offline, skillset(), api=api)
    assert request.startswith("the request of api.yaml#/paths/~1enrich has no `values`")
    assert response.startswith("the response of")


def test_what_is_open_is_not_told(offline: World) -> None:
    for words in ("additionalProperties: true", "additionalProperties: {}", "oneOf: [{}, {}]"):
        api = API.replace("    In:\n", f"    In:\n      {words}\n")
        assert told(offline, skillset(inputs="text page"), api=api) == []
    nothing = 'openapi: "3.0"\npaths: {/enrich: {post: {responses: {default: {}}}}}\n'
    assert told(offline, skillset(inputs="a", outputs="b"), api=nothing) == []


PROJECTED = """
apiVersion: azure-ai-search
kind: Indexer
metadata: {name: docs}
spec:
  dataSourceName: docs
  skillsetName: docs
  targetIndexName: docs
  outputFieldMappings:
    - {sourceFieldName: /document/PATH, targetFieldName: target}
---
apiVersion: azure-ai-search
kind: Index
metadata: {name: docs}
spec:
  fields:
    - {name: id, type: Edm.String, key: true}
    - {name: target, type: TYPE}
"""


@pytest.mark.parametrize(
    ("path", "type_", "code"),
    [
        ("people/*/name", "Collection(Edm.String)", None),
        ("people/*/name", "Edm.String", "field-type"),
        ("people/*/nam", "Collection(Edm.String)", "missing-path"),
        ("people/*/born", "Collection(Edm.DateTimeOffset)", None),
        ("people/*/parents/*/parents/*/any", "Collection(Edm.String)", None),
        ("score", "Edm.Double", None),
        ("score", "Collection(Edm.Double)", "field-type"),
        ("vector", "Collection(Edm.Double)", None),
        ("vector", "Edm.String", "field-type"),
        ("other", "Edm.Boolean", None),
        ("far/away", "Edm.Boolean", None),
        ("notes/any", "Edm.Boolean", None),
        ("notes", "Edm.Boolean", "field-type"),
    ],
)
def test_other_rules_know_the_types(
    path: str, type_: str, code: str | None, offline: World
) -> None:
    offline.write("api.yaml", API)
    made = skillset(outputs="people vector score other notes far")
    rest = PROJECTED.replace("PATH", path).replace("TYPE", type_)
    codes = set()
    for rule in ("field-type", "missing-path"):
        codes |= {rule} if said(offline, rule, made, rest) else set()
    assert codes == ({code} if code else set())


SOURCE = """
apiVersion: azure-ai-search
kind: DataSource
metadata: {name: docs}
spec:
  type: onelake
  credentials: {connectionString: ResourceId=8f1c2f0e-5a53-4a3e-9d0c-3a3f0d3e6a10}
  container: {name: 2b7f4c1e-7c55-4f0a-8a59-0e6a1c0b9d11}
"""
PIPELINE = (SOURCE, PROJECTED.replace("PATH", "people/*/name").replace("TYPE", "Edm.String"))


def test_an_input_has_the_type_of_the_contract(offline: World) -> None:
    offline.write("api.yaml", API)
    (message,) = said(offline, "input-type", skillset(inputs="text pages"), *PIPELINE)
    assert message.startswith("`pages` of skill `#1` takes list(string)")
    assert said(offline, "input-type", skillset(inputs="text when"), *PIPELINE) == []


def chat(form: dict[str, Any] | None) -> str:
    skill = {
        "@odata.type": "#Microsoft.Skills.Custom.ChatCompletionSkill",
        "uri": "https://contoso.openai.azure.com/openai/deployments/gpt-4o/chat/completions",
        "responseFormat": form,
        "inputs": [
            {"name": "systemMessage", "source": "='be brief'"},
            {"name": "userMessage", "source": "/document/content"},
        ],
        "outputs": [{"name": "response"}],
    }
    head = {"apiVersion": "azure-ai-search", "kind": "Skillset", "metadata": {"name": "docs"}}
    return json.dumps(head | {"spec": {"skills": [skill]}})


def described(properties: str, **more: Any) -> dict[str, Any]:
    schema = {"properties": properties, "required": [], **more}
    return {"type": "json_schema", "jsonSchemaProperties": {"name": "facts", "schema": schema}}


FACTS = '{"facts": {"type": "array", "items": {"type": "string"}}}'


@pytest.mark.parametrize(
    ("form", "path", "tells"),
    [
        (described(FACTS), "response/facts/*", False),
        (described(FACTS), "response/fact", True),
        (described(FACTS, additionalProperties=True), "response/fact", False),
        (described("{facts"), "response/fact", False),
        (described("[" * 9000), "response/fact", False),
        ({"type": "jsonObject"}, "response/fact", False),
        ({"type": "text"}, "response/fact", True),
        (None, "response/fact", True),
    ],
)
def test_a_chat_model_answers_by_its_schema(
    form: dict[str, Any] | None, path: str, tells: bool, offline: World
) -> None:
    rest = PROJECTED.replace("PATH", path).replace("TYPE", "Collection(Edm.String)")
    assert bool(said(offline, "missing-path", chat(form), rest)) is tells


def test_endpoints_are_listed(offline: World) -> None:
    offline.write("api.yaml", API)
    offline.write("manifests/docs.yaml", skillset(inputs="text pages", outputs="people vector"))
    lines = offline.cli("explain", "Skillset/docs").out.splitlines()
    at = lines.index("Endpoints that somebody implements:")
    assert [line.split() for line in lines[at + 1 :]] == [
        ["skill", "`#1`", "POST", URI, "api.yaml#/paths/~1enrich"],
        ["input", "text", "string"],
        ["input", "pages", "list(string)"],
        ["output", "people", "list(object)"],
        ["output", "vector", "vector(3)"],
    ]
    printed = json.loads(offline.cli("explain", "Skillset/docs", "--format", "json").out)
    assert printed["endpoints"] == [
        {
            "skill": "#1",
            "type": WEB_API,
            "method": "POST",
            "uri": URI,
            "inputs": {"text": "string", "pages": "list(string)"},
            "outputs": {"people": "list(object)", "vector": "vector(3)"},
            "contract": "api.yaml#/paths/~1enrich",
        }
    ]


def test_a_skillset_without_endpoints_lists_none(offline: World) -> None:
    offline.write("api.yaml", API)
    offline.write("manifests/docs.yaml", skillset(type_="Text.KeyPhraseExtractionSkill"))
    assert "Endpoints" not in offline.cli("explain", "Skillset/docs").out


def refused(world: World, manifest: str) -> list[tuple[str, str]]:
    """The errors of a manifest, each with its place."""
    world.write("manifests/docs.yaml", manifest)
    ran = world.cli("validate", "--format", "json")
    assert ran.code == 1
    return [
        (problem["code"], f"{problem['file'].rpartition('/')[2]}:{problem['line']}")
        for problem in json.loads(ran.out)["problems"]
        if problem["severity"] == "error"
    ]


DEEP = '{"openapi": "3.0.3", "paths": ' + "[" * 200 + "]" * 200 + "}"
LOUD = "openapi: 3.0.3\na: &a [" + "x, " * 99 + "]\n"
LOUD += "".join(
    f"{name}: &{name} [*{one}, *{one}, *{one}, *{one}]\n"
    for one, name in zip("abcdefghij", "bcdefghijk", strict=True)
)


@pytest.mark.parametrize(
    ("api", "error"),
    [
        ("openapi: [\n", ("invalid-yaml", "api.yaml:2")),
        ("", ("bad-contract", "api.yaml:1")),
        ("openapi: 3.0.3\n---\nopenapi: 3.0.3\n", ("bad-contract", "api.yaml:1")),
        ("[]", ("bad-contract", "api.yaml:1")),
        ("info: {}\nswagger: '2.0'\n", ("bad-contract", "api.yaml:1")),
        ("info: {}\nopenapi: 4.0.0\n", ("bad-contract", "api.yaml:2")),
        ("openapi: 3.0.3\npaths: 3\n", ("bad-contract", "docs.yaml:1")),
        ("openapi: 3.0.3\npaths: {/enrich: {summary: x}}\n", ("bad-contract", "docs.yaml:1")),
        ("openapi: 3.0.3\npaths: &a\n  x: *a\n", ("recursive-alias", "api.yaml:2")),
        (DEEP, ("nested-too-deep", "api.yaml:1")),
        (LOUD, ("too-large", "api.yaml:1")),
    ],
)
def test_a_wrong_file_is_one_error(api: str, error: tuple[str, str], offline: World) -> None:
    offline.write("api.yaml", "")
    (offline.root / "api.yaml").write_text(api)
    assert refused(offline, skillset()) == [error]


@pytest.mark.parametrize(
    ("contract", "code"),
    [
        ("none.yaml#/paths/~1enrich", "unreadable-file"),
        ("manifests#/paths/~1enrich", "unreadable-file"),
        ("../api.yaml#/paths/~1enrich", "outside-project"),
        ("/etc/passwd#/paths", "outside-project"),
        ("a\0b#/paths", "outside-project"),
        ("api.yaml", "wrong-value"),
        ("api.yaml#paths", "wrong-value"),
        ("#/paths/~1enrich", "wrong-value"),
        ("api.yaml#/paths/~1enrihc", "bad-contract"),
        ("api.yaml#/paths/enrich", "bad-contract"),
    ],
)
def test_a_wrong_name_is_told_where_it_stands(contract: str, code: str, offline: World) -> None:
    offline.write("api.yaml", API)
    assert refused(offline, skillset(contract=contract)) == [(code, "docs.yaml:1")]


def test_one_wrong_file_of_two_skills_is_told_once(offline: World) -> None:
    body = json.loads(skillset())
    body["spec"]["skills"] *= 2
    body["metadata"]["contracts"] = {"#1": "api.yaml#/paths/~1x", "#2": "./api.yaml#/paths/~1y"}
    offline.write("api.yaml", "swagger: '2.0'\n")
    assert refused(offline, json.dumps(body)) == [("bad-contract", "api.yaml:1")]


def test_only_skillsets_have_contracts(offline: World) -> None:
    body = json.loads(skillset()) | {"kind": "SynonymMap", "spec": {"synonyms": "a, b"}}
    assert refused(offline, json.dumps(body)) == [("wrong-value", "docs.yaml:1")]


def test_a_changed_contract_is_read_anew(offline: World) -> None:
    assert told(offline, skillset()) == []
    assert len(told(offline, skillset(), api=API.replace("people:", "persons:"))) == 1


def test_schemas_that_lead_to_themselves_and_multiply(offline: World) -> None:
    """Nothing hangs, and what cannot be told is not told."""
    names = [f"s{n}" for n in range(400)]
    schemas: dict[str, Any] = {
        name: {
            "allOf": [{"$ref": f"#/components/schemas/{other}"} for other in (after, after)],
            "properties": {p: {"$ref": f"#/components/schemas/{after}"} for p in "abc"},
        }
        for name, after in zip(names, [*names[1:], names[0]], strict=True)
    }
    schemas["loop"] = {"$ref": "#/components/schemas/loop"}
    data: list[Any] = [{"$ref": "#/components/schemas/loop"}, {"$ref": "#/components/schemas/s0"}]
    data += [True, 3, {"type": 3, "properties": [], "required": 3, "allOf": 3, "$ref": 3}]
    for one in data:
        record = {"properties": {"data": one}}
        schema = {"properties": {"values": {"type": "array", "items": record}}}
        content = {"content": {"application/json": {"schema": schema}}}
        post = {"requestBody": content, "responses": {"200": content}}
        root = {"openapi": "3.1.0", "paths": {"/enrich": {"post": post}}}
        api = json.dumps(root | {"components": {"schemas": schemas}})
        assert told(offline, skillset(inputs="a", outputs="b"), api=api) == []
