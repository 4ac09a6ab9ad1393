"""The JSON Schema of bodies, for editors: types from the models, the rest from the marks.

Wherever `spec` holds a value, an expression may stand: each type but a plain string also takes one.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from pydantic import BaseModel
from pydantic.json_schema import models_json_schema

from reconciler.model.json import JsonObject, without
from reconciler.schema import describe
from reconciler.schema.body import Body, Property, beneath, shape_of, variant
from reconciler.schema.marks import Changes, OneOf

DEFS = "#/$defs/"
_ANYWHERE = r"\$\{[^{}]*\}"
_WHOLE = rf"^{_ANYWHERE}$"
_ANNOTATION = r"^@odata\.(?!type$)"  # pasted from a GET, and dropped
_EXPRESSION = {
    "type": "string",
    "pattern": _ANYWHERE,
    "description": "An expression: ${var.x}, ${env.X}, ${secret.x}, ${file:path}, ${Kind.name/…}",
}
_BY_EXPRESSION = {"$ref": f"{DEFS}expression"}


class Definitions:
    """The definitions (`$defs`) of models and of everything beneath them.

    Args:
        planned: models that are walked with their marks, and in which expressions may stand.
        local: the same of documents that are never sent: no edit of them has an effect.
        others: models taken as pydantic describes them.
    """

    def __init__(
        self,
        planned: Iterable[type[Body]],
        local: Iterable[type[Body]] = (),
        others: Iterable[type[BaseModel]] = (),
    ) -> None:
        planned = list(planned)
        found = {model: None for body in (*planned, *local) for model in beneath(body)}
        self._above = describe.changes_above(planned)
        asked: Any = [(model, "validation") for model in (*found, *others)]
        refs, described = models_json_schema(asked, ref_template=DEFS + "{model}")
        self._refs = {model: ref["$ref"] for (model, _), ref in refs.items()}
        self._families: dict[int, str] = {}
        self.all: JsonObject = {
            name: _untitled(inner) for name, inner in described["$defs"].items()
        }
        self.all["expression"] = _EXPRESSION
        for model in found:
            self.all[self.name(model)] = self._object(model, self.all[self.name(model)])

    def ref(self, model: type[BaseModel]) -> str:
        """Where a model's definition is."""
        return str(self._refs[model])

    def name(self, model: type[BaseModel]) -> str:
        """What a model's definition is called."""
        return self.ref(model).removeprefix(DEFS)

    def _object(self, model: type[Body], given: JsonObject) -> JsonObject:
        known = shape_of(model).properties.values()
        return {
            "description": describe.manual(model.__doc__),
            "type": ["object", "string"],
            "pattern": _WHOLE,
            "properties": {
                p.name: self._property(model, p, given["properties"][p.name])
                for p in known
                if p.name == "@odata.type" or not p.name.startswith("@odata.")
            },
            "patternProperties": {_ANNOTATION: {}},
            "required": [p.name for p in known if p.required],
            "additionalProperties": False,
        }

    def _property(self, model: type[Body], known: Property, given: JsonObject) -> JsonObject:
        family = None
        if known.one_of is not None:
            family = self._family(known.one_of, f"{self.name(model)}.{known.name}")
        opened = _opened(given, family)
        if known.secret is not None:
            opened = _nullable(opened)  # null: keep what the service holds
        if known.owned is not None:
            opened["readOnly"] = True
        if known.default is not None and not callable(known.default.value):
            opened["default"] = known.default.value
        facts = () if given.get("type") == "null" else _facts(known, self._above.get(model, ()))
        said = " ".join(map(describe.sentence, facts))
        about = "\n".join(filter(None, (describe.meaning(model, known), said)))
        return {"description": about, **opened}

    def _family(self, one_of: OneOf, name: str) -> str:
        """Where the definition of objects that differ by a tag is; made when first asked for."""
        known = self._families.get(id(one_of))
        if known is not None:
            return known
        members: dict[str, list[str]] = {}
        said: list[str] = []
        for tag in one_of.variants:
            model = variant(one_of, tag)
            assert model is not None
            members.setdefault(self.ref(model), []).append(tag)
            said.append(describe.summary(model))
        self._families[id(one_of)] = f"{DEFS}{name}"
        self.all[name] = {
            "type": ["object", "string"],
            "pattern": _WHOLE,
            "required": [one_of.tag],
            "properties": {
                one_of.tag: {
                    "anyOf": [
                        {"enum": list(one_of.variants), "enumDescriptions": said},
                        _BY_EXPRESSION,
                    ]
                }
            },
            "allOf": [
                {"if": tagged(one_of.tag, tags), "then": {"$ref": ref}}
                for ref, tags in members.items()
            ],
        }
        return self._families[id(one_of)]


def tagged(tag: str, values: list[str]) -> JsonObject:
    """The condition that a property has one of some values."""
    return {"required": [tag], "properties": {tag: {"enum": values}}}


def _facts(known: Property, above: Iterable[Changes | None]) -> Iterator[str]:
    default = describe.default(known)
    if default:
        yield default if known.chooses is not None else f"left out: {default}"
    if known.owned is None:
        yield from describe.edits(above if known.changes is None else [known.changes])
    yield from describe.more(known)


def _opened(given: JsonObject, family: str | None) -> JsonObject:
    """What pydantic says of a value, and an expression in its place."""
    if "examples" in given:  # editors propose what is in an `enum`; others are taken, too
        plain = {key: value for key, value in given.items() if key != "examples"}
        return {"anyOf": [_opened(plain, family), {"enum": given["examples"]}]}
    if "anyOf" in given:
        options = [option for option in given["anyOf"] if option.get("type") != "null"]
        only = options[0] if len(options) == 1 else {"enum": list(_enumerated(options))}
        opened = _opened(only, family)
        return _nullable(opened) if len(options) < len(given["anyOf"]) else opened
    if "$ref" in given or not given:
        return dict(given)
    if "enum" in given or "const" in given:
        return {"anyOf": [{"enum": list(_enumerated([given]))}, _BY_EXPRESSION]}
    kind = given["type"]
    if kind == "string":
        return {"anyOf": [given, _BY_EXPRESSION]} if len(given) > 1 else dict(given)
    if kind == "object" and family is not None:
        return {"$ref": family}
    opened = {**given, "type": [kind, "string"], "pattern": _WHOLE}
    for inside in ("items", "additionalProperties"):
        if isinstance(given.get(inside), dict):
            opened[inside] = _opened(given[inside], family)
    return opened


def _enumerated(options: Iterable[JsonObject]) -> Iterator[Any]:
    for option in options:
        yield from option["enum"] if "enum" in option else [option["const"]]


def _nullable(given: JsonObject) -> JsonObject:
    if isinstance(given.get("type"), list):
        return {**given, "type": list(dict.fromkeys((*given["type"], "null")))}
    if "type" in given:
        return {**given, "type": [given["type"], "null"]}
    if "anyOf" in given:
        return {**given, "anyOf": [*given["anyOf"], {"type": "null"}]}
    return {"anyOf": [given, {"type": "null"}]} if given else given


def _untitled(given: Any) -> Any:
    """Without the titles that pydantic makes of names, and without the default null."""

    def made(key: str, inner: Any) -> bool:
        if key == "title":
            return isinstance(inner, str)
        return key == "default" and inner in (None, [], {}, "")

    return without(given, made)
