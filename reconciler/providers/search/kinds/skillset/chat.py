"""The GenAI prompt skill: a chat model reads each document.

https://learn.microsoft.com/azure/search/cognitive-search-skill-genai-prompt
"""

from __future__ import annotations

import json
from typing import Annotated, Any, ClassVar, Literal

from pydantic import Field

from reconciler.model.effect import Effect
from reconciler.model.json import JsonObject
from reconciler.providers.search.kinds.identity import Credential, Headers, OptionalIdentity
from reconciler.providers.search.kinds.scalars import JsonText, Timeout
from reconciler.providers.search.kinds.skillset.contract import (
    Contract,
    Given,
    Reads,
    Writes,
)
from reconciler.providers.search.kinds.skillset.json_schema import Schemas
from reconciler.providers.search.kinds.skillset.skill import Skill
from reconciler.providers.search.kinds.skillset.types import ANY, COLUMN, STRING, Type
from reconciler.schema.body import Body
from reconciler.schema.marks import Canonical, Changes, ServerChooses, ServerDefault, Until


def _camel(value: Any) -> Any:
    """`json_schema` and `pass-through` (documentation) as the schema spells them, in camel case."""
    if not isinstance(value, str):
        return value
    first, *rest = value.replace("-", "_").split("_")
    return first + "".join(part.capitalize() for part in rest)


class ModelParameters(Body):
    """Passed to the model. Defaults as schema and documentation say alike."""

    model: str | None = None
    frequencyPenalty: Annotated[float | None, ServerDefault(0.0), Field(ge=-2, le=2)] = None
    presencePenalty: Annotated[float | None, ServerDefault(0.0), Field(ge=-2, le=2)] = None
    # 1024 says the documentation, nothing the schema; never seen.
    maxTokens: Annotated[int | None, ServerChooses()] = None
    temperature: Annotated[float | None, ServerDefault(0.7)] = None
    seed: int | None = None
    stop: list[str] | None = None


class JsonSchema(Body):
    """`properties` is JSON in a string, not an object."""

    type: Annotated[str | None, ServerDefault("object")] = None
    properties: JsonText | None = None
    required: list[str] | None = None
    additionalProperties: Annotated[bool | None, ServerDefault(False)] = None


class SchemaProperties(Body):
    """A schema with a name, which the answer must follow."""

    name: str | None = None
    description: str | None = None
    strict: Annotated[bool | None, ServerDefault(True)] = None
    json_schema: JsonSchema | None = Field(default=None, alias="schema")


class ResponseFormat(Body):
    """Text, JSON, or JSON of a schema. Both spellings are documented; one of them is compared."""

    type: Annotated[
        Literal["text", "jsonObject", "jsonSchema", "json_object", "json_schema"] | None,
        ServerDefault("text"),
        Canonical(_camel),
    ] = None
    jsonSchemaProperties: SchemaProperties | None = None


def _response(skill: JsonObject, _: Given) -> Type:
    """A text, or what the schema describes; JSON without a schema may be anything."""
    form = skill.get("responseFormat")
    type_ = _camel(form.get("type")) if isinstance(form, dict) else None
    described = form.get("jsonSchemaProperties") if isinstance(form, dict) else None
    if type_ == "jsonSchema" and isinstance(described, dict):
        return _described(described.get("schema"))
    return COLUMN if type_ in (None, "text") and described is None else ANY


def _described(schema: Any) -> Type:
    """What an answer is by its schema, whose `properties` are JSON in a string."""
    text = schema.get("properties") if isinstance(schema, dict) else None
    try:
        properties = json.loads(text) if isinstance(text, str) else None
    except (ValueError, RecursionError):
        return ANY
    whole = {**schema, "type": "object", "properties": properties} if properties else True
    return Schemas({}).type_of(whole)


_InPlace = Changes(Effect.IN_PLACE)
_IN_PREVIEWS = Until("2025-11-01-preview")


class ChatCompletionSkill(Skill):
    """Either a key or an identity. `image` inputs need a model that sees.

    Creating it seems to call the endpoint (azure-rest-api-specs#42311).
    """

    contract: ClassVar = Contract(
        reads={
            "systemMessage": Reads(STRING),
            "userMessage": Reads(STRING),
            "text": Reads(ANY, required=False),
            "image": Reads(ANY, required=False),
            "imageDetail": Reads(STRING, required=False),
        },
        writes={"response": Writes(_response), "usageInformation": Writes(ANY)},
    )

    odata_type: Literal["#Microsoft.Skills.Custom.ChatCompletionSkill"] = Field(alias="@odata.type")
    uri: str
    apiKey: Credential | None = None
    authIdentity: OptionalIdentity = None
    commonModelParameters: Annotated[ModelParameters | None, ServerDefault({})] = None
    extraParameters: dict[str, Any] | None = None
    extraParametersBehavior: Annotated[
        Literal["passThrough", "pass-through", "drop", "error"] | None,
        ServerDefault("error"),
        Canonical(_camel),
    ] = None
    responseFormat: Annotated[ResponseFormat | None, ServerDefault({})] = None
    # While it was in previews it derived from the Web API skill, and had its members (SKILLS 1.3).
    httpHeaders: Annotated[Headers | None, _IN_PREVIEWS] = None
    httpMethod: Annotated[str | None, ServerChooses(), _IN_PREVIEWS] = None
    timeout: Annotated[Timeout | None, ServerChooses(), _InPlace, _IN_PREVIEWS] = None
    batchSize: Annotated[int | None, ServerChooses(), _InPlace, _IN_PREVIEWS] = None
    degreeOfParallelism: Annotated[
        int | None, ServerChooses(), Field(ge=1, le=10), _InPlace, _IN_PREVIEWS
    ] = None
    authResourceId: Annotated[str | None, _InPlace, _IN_PREVIEWS] = None
