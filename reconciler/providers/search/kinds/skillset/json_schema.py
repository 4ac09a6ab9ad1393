"""JSON Schemas as types of nodes: in OpenAPI 3.0 and 3.1, and in what chat models are to answer.

What a schema leaves open, what is in another file, and what leads back to itself is `any`. An
object has the properties that are described, and others only where `additionalProperties` says so:
not to be written in the standard, and what people mean.
https://spec.openapis.org/oas/latest.html#schema-object, https://json-schema.org/specification
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, NamedTuple
from urllib.parse import unquote

from reconciler.model import pointer
from reconciler.model.json import JsonObject
from reconciler.providers.search.kinds.skillset.types import (
    ANY,
    BOOLEAN,
    COLUMN,
    DATE,
    INTEGER,
    NUMBER,
    STRING,
    List,
    Object,
    Scalar,
    Type,
    Vector,
)

_SCALARS: dict[str, Scalar] = {"boolean": BOOLEAN, "integer": INTEGER, "number": NUMBER}
_DATES = ("date", "date-time")
_DEEPEST = 50
_MOST = 100_000
"""Schemas and properties that are looked at in one file: a few lines may stand for any number."""


class Members(NamedTuple):
    """The properties of an object: their schemas by name. `open`: there may be more."""

    properties: Mapping[str, Any]
    required: frozenset[str]
    open: bool


class Schemas:
    """The schemas of one file.

    Args:
        document: what `$ref` leads through.
    """

    def __init__(self, document: JsonObject) -> None:
        self._document = document
        self._known: dict[int, Type] = {}
        self._open: set[int] = set()
        self._left = _MOST

    def resolved(self, value: Any) -> JsonObject:
        """An object, or the one that its `$ref` leads to; an empty one where there is none."""
        parts, _ = self._parts(value)
        return next((part for part in parts if "$ref" not in part), {})

    def members(self, schema: Any) -> Members | None:
        """The properties of an object; None where none is described."""
        parts, whole = self._parts(schema)
        properties: dict[str, Any] = {}
        for part in parts:
            listed = part.get("properties")
            for name, inner in listed.items() if isinstance(listed, dict) else ():
                properties.setdefault(name, inner)
        self._left -= len(properties)
        if self._left < 0 or not (properties or _named(parts) == "object"):
            return None
        required = frozenset(name for part in parts for name in _texts(part.get("required")))
        more = any(part.get("additionalProperties", False) is not False for part in parts)
        return Members(properties, required, more or not whole or not properties)

    def items(self, schema: Any) -> Any:
        """The schema of a list's elements; True, which is any, where none is described."""
        parts, _ = self._parts(schema)
        return next((part["items"] for part in parts if "items" in part), True)

    def type_of(self, schema: Any) -> Type:
        """The type of what a schema describes."""
        key = id(schema)
        if key in self._open or len(self._open) > _DEEPEST:
            return ANY
        if key not in self._known:
            self._open.add(key)
            self._known[key] = self._type(schema)
            self._open.discard(key)
        return self._known[key]

    def _type(self, schema: Any) -> Type:
        parts, _ = self._parts(schema)
        name = _named(parts)
        if name == "object":
            members = self.members(schema)
            return self._object(members) if members is not None else ANY
        if name == "array":
            return self._list(schema, parts)
        if name == "string":
            formats = {part["format"] for part in parts if isinstance(part.get("format"), str)}
            return DATE if formats.intersection(_DATES) else STRING if formats else COLUMN
        return _SCALARS.get(name, ANY)

    def _object(self, members: Members) -> Object:
        types = {name: self.type_of(inner) for name, inner in members.properties.items()}
        return Object(types, open=members.open)

    def _list(self, schema: Any, parts: Iterable[JsonObject]) -> Type:
        """Numbers of which there are always as many are a vector."""
        of = self.type_of(self.items(schema))
        for part in parts:
            length = part.get("minItems")
            if of == NUMBER and type(length) is int and length == part.get("maxItems"):
                return Vector(length)
        return List(of)

    def _parts(self, schema: Any) -> tuple[list[JsonObject], bool]:
        """All that a value must be alike, and whether nothing else is said of it."""
        waiting, parts, whole = [schema], dict[int, JsonObject](), True
        for part in waiting:  # it grows
            self._left -= 1
            if not isinstance(part, dict) or self._left < 0:
                whole = False
            elif id(part) not in parts:
                parts[id(part)] = part
                waiting += self._others(part)
        return list(parts.values()), whole

    def _others(self, part: JsonObject) -> Iterator[Any]:
        """What a part of a schema refers to; None for what cannot be told."""
        if "$ref" in part:
            yield self._at(part["$ref"])
        if isinstance(part.get("allOf"), list):
            yield from part["allOf"]
        for name in ("anyOf", "oneOf"):
            if name in part:
                yield _only(part[name])
        if "patternProperties" in part:
            yield None

    def _at(self, ref: Any) -> Any:
        """What a `$ref` leads to; None where that is not in this file."""
        if not isinstance(ref, str) or not ref.startswith("#/"):
            return None
        value: Any = self._document
        for name in pointer.parse(unquote(ref[1:])):
            value = value.get(name) if isinstance(value, dict) else None
        return value


def _only(alternatives: Any) -> Any:
    """The one alternative that is not null; None where there are several."""
    listed = alternatives if isinstance(alternatives, list) else []
    others = [one for one in listed if not (isinstance(one, dict) and one.get("type") == "null")]
    return others[0] if len(others) == 1 else None


def _named(parts: Iterable[JsonObject]) -> str:
    """The name of the one type that all parts agree on, null aside; empty where there is none."""
    parts = list(parts)
    sets = [set(_texts(part["type"])) - {"null"} for part in parts if "type" in part]
    if not sets:
        return "object" if any("properties" in part for part in parts) else ""
    names = set.intersection(*sets)
    return names.pop() if len(names) == 1 else ""


def _texts(value: Any) -> list[str]:
    """A text, or those of a list."""
    listed = value if isinstance(value, list) else [value]
    return [one for one in listed if isinstance(one, str)]
