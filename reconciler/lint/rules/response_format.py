"""The answer of a chat model is to have a form that is not described, or described wrongly.

With `type: jsonSchema` the skill needs the schema, under `jsonSchemaProperties`; its `properties`
are an object of JSON, written as a string. With another type the schema is not read.

What to do: write the properties as JSON in a string, and `type: jsonSchema` beside them.

Sources: https://learn.microsoft.com/azure/search/cognitive-search-skill-genai-prompt

Fails::

    apiVersion: azure-ai-search
    kind: Skillset
    metadata: {name: docs}
    spec:
      skills:
        - "@odata.type": "#Microsoft.Skills.Custom.ChatCompletionSkill"
          uri: https://contoso.openai.azure.com/openai/deployments/gpt-4o/chat/completions
          responseFormat:
            type: jsonSchema
            jsonSchemaProperties:
              name: facts
              schema: {properties: '{facts: array}', required: [facts]}
          inputs:
            - {name: systemMessage, source: "='You are concise.'"}
            - {name: userMessage, source: "='List the facts.'"}
          outputs: [{name: response}]

Passes::

    apiVersion: azure-ai-search
    kind: Skillset
    metadata: {name: docs}
    spec:
      skills:
        - "@odata.type": "#Microsoft.Skills.Custom.ChatCompletionSkill"
          uri: https://contoso.openai.azure.com/openai/deployments/gpt-4o/chat/completions
          responseFormat:
            type: jsonSchema
            jsonSchemaProperties:
              name: facts
              schema: {properties: '{"facts": {"type": "string"}}', required: [facts]}
          inputs:
            - {name: systemMessage, source: "='You are concise.'"}
            - {name: userMessage, source: "='List the facts.'"}
          outputs: [{name: response}]
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from reconciler.lint.bodies import EACH, each
from reconciler.lint.skills import skills
from reconciler.lint.stack import Stack
from reconciler.model.problem import Problem, Severity, Where, suggestion

ID = "response-format"
SEVERITY = Severity.ERROR
SINCE = "2025-05-01-preview"

_BY_SCHEMA = ("jsonSchema", "json_schema")
_OTHERS = ("text", "jsonObject", "json_object")


def check(stack: Stack) -> Iterator[Problem]:
    for skill in skills(stack):
        if skill.type == "Custom.ChatCompletionSkill":
            for given, where in each(skill.body, skill.where, "responseFormat"):
                if isinstance(given, dict):
                    yield from _unread(given, where)
            path = ("responseFormat", "jsonSchemaProperties", "schema")
            for schema, where in each(skill.body, skill.where, *path):
                yield from _wrong(schema, where)


def _unread(given: dict[str, Any], where: Where) -> Iterator[Problem]:
    type_, schema = given.get("type", "text"), given.get("jsonSchemaProperties")
    if type_ in _BY_SCHEMA and not schema:
        fix = "write `jsonSchemaProperties`"
        yield Problem(ID, "there is no schema to follow", where, fix, Severity.WARNING)
    elif type_ in _OTHERS and schema:
        place = where.at("jsonSchemaProperties", of_key=True)
        text = f"with type {type_} the schema is not read"
        yield Problem(ID, text, place, "write `type: jsonSchema`", Severity.WARNING)


def _wrong(schema: Any, where: Where) -> Iterator[Problem]:
    text = schema.get("properties") if isinstance(schema, dict) else None
    if not isinstance(text, str):
        return
    try:
        properties = json.loads(text)
    except (ValueError, RecursionError):
        properties = None
    if not isinstance(properties, dict):
        fix = 'write such as {"title": {"type": "string"}}, as a string'
        yield Problem(ID, "the properties are no object of JSON", where.at("properties"), fix)
        return
    for name, place in each(schema, where, "required", EACH):
        if isinstance(name, str) and name not in properties:
            fix = suggestion(name, properties, "describe it in `properties`")
            yield Problem(ID, f"there is no property `{name}`", place, fix, Severity.WARNING)
