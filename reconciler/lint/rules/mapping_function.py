"""A mapping calls a function that does not exist, or with the wrong parameters.

A name that no function has, or a required parameter that is missing, stops every document. A
parameter that the function does not take, or of another type, and a list for a field that takes
one value are warnings. Names are compared without case. With `allowUnknownProperties` in the
project nothing is said: the service may know more by then.

What to do: correct the name, or write the parameters that the function takes.

Sources: https://learn.microsoft.com/azure/search/search-indexer-field-mappings

Fails::

    apiVersion: azure-ai-search
    kind: Indexer
    metadata: {name: docs}
    spec:
      dataSourceName: docs
      targetIndexName: docs
      fieldMappings:
        - sourceFieldName: author
          mappingFunction:
            name: extractTokenAtPosition
            parameters: {delimiter: " "}
    ---
    apiVersion: azure-ai-search
    kind: DataSource
    metadata: {name: docs}
    spec:
      type: azureblob
      credentials: {connectionString: "ResourceId=/subscriptions/0;"}
      container: {name: docs}
    ---
    apiVersion: azure-ai-search
    kind: Index
    metadata: {name: docs}
    spec:
      fields:
        - {name: id, type: Edm.String, key: true}
        - {name: author, type: Edm.String}

Passes::

    apiVersion: azure-ai-search
    kind: Indexer
    metadata: {name: docs}
    spec:
      dataSourceName: docs
      targetIndexName: docs
      fieldMappings:
        - sourceFieldName: author
          mappingFunction:
            name: extractTokenAtPosition
            parameters: {delimiter: " ", position: 0}
    ---
    apiVersion: azure-ai-search
    kind: DataSource
    metadata: {name: docs}
    spec:
      type: azureblob
      credentials: {connectionString: "ResourceId=/subscriptions/0;"}
      container: {name: docs}
    ---
    apiVersion: azure-ai-search
    kind: Index
    metadata: {name: docs}
    spec:
      fields:
        - {name: id, type: Edm.String, key: true}
        - {name: author, type: Edm.String}
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from reconciler.lint.bodies import object_at, text_at
from reconciler.lint.pipelines import known_fields, pipelines, target_of
from reconciler.lint.stack import Stack
from reconciler.model.json import JsonObject
from reconciler.model.problem import Problem, Severity, Where, respelled, suggestion

ID = "mapping-function"
SEVERITY = Severity.ERROR

_PARAMETERS: Mapping[str, Mapping[str, type]] = {
    "base64Encode": {"useHttpServerUtilityUrlTokenEncode": bool},
    "base64Decode": {"useHttpServerUtilityUrlTokenDecode": bool},
    "extractTokenAtPosition": {"delimiter": str, "position": int},
    "fixedLengthEncode": {},
    "jsonArrayToStringCollection": {},
    "toJson": {},
    "urlDecode": {},
    "urlEncode": {},
}
"""What each function takes."""

_REQUIRED = {"extractTokenAtPosition": ("delimiter", "position")}
_CALLED = {bool: "true or false", str: "a text", int: "a whole number"}
_BY_NAME = {name.lower(): name for name in _PARAMETERS}


def check(stack: Stack) -> Iterator[Problem]:
    for pipeline in pipelines(stack) if not stack.allow_unknown else ():
        fields = known_fields(pipeline.index) or {}
        for listed in ("fieldMappings", "outputFieldMappings"):
            for mapping, place in pipeline.mappings(listed):
                function, where = object_at(mapping, "mappingFunction"), place.at("mappingFunction")
                yield from _judged(function, where)
                target = fields.get((target_of(mapping) or "").lower())
                yield from _received(function, target, where)


def _judged(function: JsonObject, where: Where) -> Iterator[Problem]:
    given = text_at(function, "name")
    if given is None:
        return
    name, meant = _BY_NAME.get(given.lower()), respelled(where.at("name"), given, _PARAMETERS)
    if name is None:
        fix = suggestion(given, _PARAMETERS, f"one of {', '.join(_PARAMETERS)}")
        text = f"there is no mapping function `{given}`"
        yield Problem(ID, text, where.at("name"), fix, correction=meant)
        return
    if name != given:
        text = f"the function is called `{name}`; whether case counts nobody says"
        fix = f"write {name}"
        yield Problem(ID, text, where.at("name"), fix, Severity.ADVICE, correction=meant)
    parameters, place = function.get("parameters") or {}, where.at("parameters")
    if not isinstance(parameters, dict):
        return
    known = {key.lower(): key for key in _PARAMETERS[name]}
    passed = {known.get(key.lower(), key): key for key in map(str, parameters)}
    for required in _REQUIRED.get(name, ()):
        if required not in passed:
            text = f"`{name}` needs the parameter `{required}`"
            yield Problem(ID, text, place if parameters else where, "add it")
    for key, written in passed.items():
        yield from _parameter(name, key, parameters[written], place.at(written))


def _parameter(name: str, key: str, value: object, where: Where) -> Iterator[Problem]:
    takes = _PARAMETERS[name]
    if key not in takes:
        fix = suggestion(key, takes, "delete it")
        text, here = f"`{name}` takes no parameter `{key}`", replace(where, of_key=True)
        meant = respelled(here, key, takes)
        yield Problem(ID, text, here, fix, Severity.WARNING, correction=meant)
    elif type(value) in (bool, str, int, float) and type(value) is not takes[key]:
        text = f"`{key}` of `{name}` must be {_CALLED[takes[key]]}"
        yield Problem(ID, text, where, f"write {_CALLED[takes[key]]}", Severity.WARNING)


def _received(function: JsonObject, field: JsonObject | None, where: Where) -> Iterator[Problem]:
    """A list of strings can only be had by a collection."""
    name, kind = text_at(function, "name") or "", text_at(field, "type") or ""
    if name.lower() == "jsonarraytostringcollection" and kind.startswith("Edm."):
        text = f"`{name}` makes a list, and the field is of type {kind}"
        fix = "map to a field of type Collection(Edm.String)"
        yield Problem(ID, text, where.at("name"), fix, Severity.WARNING)
