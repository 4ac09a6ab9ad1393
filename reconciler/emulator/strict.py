"""Strict reading of a request's body: JSON, then every property against the version's table."""

from __future__ import annotations

import json
import re
import sys
from datetime import datetime
from typing import Any, NoReturn

from reconciler.emulator.refusals import Refusal
from reconciler.emulator.secrecy import SECRET_NAMES
from reconciler.emulator.shapes import OPEN_TYPES, Shapes, Word

MAXIMUM_BYTES = 16 * 1024 * 1024  # FACTS f
DEEPEST = 64  # ours: far beyond any definition's own levels
DURATION = re.compile(r"-?P(?=.)(\d+D)?(T(?=.)(\d+H)?(\d+M)?(\d+(\.\d+)?S)?)?")
EDM = {
    "str": "Edm.String",
    "int": "Edm.Int32",
    "num": "Edm.Double",
    "bool": "Edm.Boolean",
    "datetime": "Edm.DateTimeOffset",
    "duration": "Edm.Duration",
}
# What the service calls these types in its errors: SKILLS P123 and public logs.
SERVICE_NAMES = {
    "Field": "SchemaField",
    "SemanticPrioritizedFields": "PrioritizedFields",
    "Index": "IndexDefinition",
}
# SKILLS 1.2: lower case in the schema, capitals in recordings and documentation.
CASELESS_ENUMS = {"EntityCategory", "OcrLineEnding", "OcrSkillLineEnding"}
# SKILLS P28: refused since 2023-07-01-Preview (seen for the first), fine in 2020-06-30.
DEPRECATED = {
    "#Microsoft.Skills.Text.SentimentSkill",
    "#Microsoft.Skills.Text.EntityRecognitionSkill",
    "#Microsoft.Skills.Text.NamedEntityRecognitionSkill",
}


def parse_json(content: bytes, parameter: str) -> dict[str, Any]:
    """A JSON object without duplicate keys."""
    if len(content) > MAXIMUM_BYTES:
        raise Refusal("payload-too-large")

    def unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        result = dict(pairs)
        if len(result) < len(pairs):
            keys = [key for key, _ in pairs]
            twice = next(key for key in keys if keys.count(key) > 1)
            raise Refusal("duplicate-property", parameter=parameter, property=twice)
        return result

    try:
        value = json.loads(content, object_pairs_hook=unique, parse_constant=no_constant)
    except (ValueError, RecursionError):
        reason = "The body is not valid JSON."
        raise Refusal("bad-json", parameter=parameter, reason=reason) from None
    if not isinstance(value, dict):
        raise Refusal("bad-json", parameter=parameter, reason="The body must be an object.")
    return value


def no_constant(name: str) -> None:
    """NaN and Infinity are Python's, not JSON's."""
    raise ValueError(name)


class Checker:
    """Checks one body against a version's shapes; raises the first Refusal."""

    def __init__(self, shapes: Shapes, parameter: str) -> None:
        self.shapes = shapes
        self.parameter = parameter
        self.name = ""

    def check(self, body: dict[str, Any], root: str) -> None:
        self.name = str(body.get("name", ""))
        if _is_deep(body):
            self.refuse("bad-json", reason=f"It is nested deeper than {DEEPEST} levels.")
        self.structure(body, root, root)

    def structure(self, value: dict[str, Any], type_name: str, key: str) -> None:
        base = type_name
        by = self.shapes.discriminator(type_name)
        if by is not None:
            type_name = self.kind(value, type_name, by)
        props = self.shapes.props(type_name)
        known = self.shapes.known(type_name)  # what GET shows can be sent back
        for name, item in value.items():
            word = known.get(name)
            if word is None:
                if not (key == base and name.startswith("@odata.")):
                    self.unknown(value, base, type_name, name, item)
            elif item is None:
                if word.required:
                    self.refuse("null-value", property=name, type=self.type_name(word))
            else:
                self.value(item, word, name)
        for name, word in props.items():
            if word.required and name not in value:
                self.refuse("missing-property", property=name, type=self.edm(type_name))

    def kind(self, value: dict[str, Any], base: str, by: str) -> str:
        tag = value.get(by)
        if not isinstance(tag, str):
            self.refuse("no-type-name")
        dated = self.shapes.version.date > "2020-06-30"
        if tag in DEPRECATED and dated:
            raise Refusal("skill-deprecated", skillset=self.name, type=str(tag).lstrip("#"))
        concrete = self.shapes.concrete(base, value)
        if concrete is None:
            self.refuse("unknown-type-name", type=str(tag).lstrip("#"))
        return str(concrete)

    def unknown(
        self, value: dict[str, Any], base: str, type_name: str, name: str, item: object
    ) -> None:
        if type_name in OPEN_TYPES and not isinstance(item, dict | list):
            return
        if base == "Skill":
            skill = value.get("name") or value["@odata.type"]
            raise Refusal("skill-property", skill=skill, property=name)
        nested = "nested-" if isinstance(item, dict | list) else ""
        self.refuse(f"unknown-{nested}property", property=name, type=self.edm(type_name))

    def value(self, item: Any, word: Word, key: str) -> None:
        match word.form:
            case "is" if isinstance(item, dict):
                self.structure(item, word.of, key)
            case "list" if isinstance(item, list):
                for element in item:
                    if element is None:
                        self.refuse("null-value", property=key, type=self.type_name(word.item))
                    self.value(element, word.item, key)
            case "map" if isinstance(item, dict):
                for name, element in item.items():
                    if element is not None:
                        self.value(element, word.item, name)
            case "any":
                pass
            case "is" | "list" | "map":
                expected = "StartArray" if word.form == "list" else "StartObject"
                self.refuse("wrong-node", property=key, found=node(item), expected=expected)
            case _:
                self.primitive(item, word, key)

    def primitive(self, item: Any, word: Word, key: str) -> None:
        if isinstance(item, dict | list):
            expected = "PrimitiveValue"
            self.refuse("wrong-node", property=key, found=node(item), expected=expected)
        if not self.fits(item, word):
            literal = "***" if key in SECRET_NAMES else json.dumps(item).strip('"')
            self.refuse("wrong-literal", literal=literal, type=self.type_name(word))

    def fits(self, item: Any, word: Word) -> bool:
        match word.form:
            case "bool":
                return isinstance(item, bool)
            case "int":
                return isinstance(item, int) and not isinstance(item, bool)
            case "num":
                number = isinstance(item, int | float) and not isinstance(item, bool)
                return number and abs(item) <= sys.float_info.max
            case "enum":
                return isinstance(item, str) and self.in_enum(item, word.of)
            case "in":
                return bool(item == word.of)
            case "duration":
                return isinstance(item, str) and DURATION.fullmatch(item) is not None
            case "datetime":
                return isinstance(item, str) and is_datetime(item)
        return isinstance(item, str)

    def in_enum(self, item: str, name: str) -> bool:
        values = self.shapes.enums.get(name, ())
        if name == "SearchFieldDataType" and item.startswith("Collection("):
            item = item.removeprefix("Collection(").removesuffix(")")
        if name in CASELESS_ENUMS:
            return item.lower() in {value.lower() for value in values} or name == "EntityCategory"
        return item in values

    def type_name(self, word: Word) -> str:
        if word.form == "list":
            return f"Collection({self.type_name(word.item)})"
        return EDM.get(word.form) or self.edm(word.of or "Any")

    def edm(self, type_name: str) -> str:
        return f"{self.shapes.version.namespace}.{SERVICE_NAMES.get(type_name, type_name)}"

    def refuse(self, rule: str, **values: object) -> NoReturn:
        raise Refusal(rule, parameter=self.parameter, **values)


def _is_deep(body: dict[str, Any]) -> bool:
    level: list[Any] = [body]
    for _ in range(DEEPEST):
        inner = (one.values() if isinstance(one, dict) else one for one in level)
        level = [item for items in inner for item in items if isinstance(item, dict | list)]
        if not level:
            return False
    return True


def node(item: object) -> str:
    if isinstance(item, dict):
        return "StartObject"
    return "StartArray" if isinstance(item, list) else "PrimitiveValue"


def is_datetime(text: str) -> bool:
    try:
        datetime.fromisoformat(text)
    except ValueError:
        return False
    return True
