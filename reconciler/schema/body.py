"""What a kind's body is written with: a strict model, and the plain tree that the engine walks.

pydantic judges bodies and describes them (`validate`, JSON Schema); it never round-trips one. The
engine walks plain JSON beside a `Shape`, in which the marks stand ready to use.
"""

from __future__ import annotations

import importlib
import types
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from typing import Annotated, Any, Union, get_args, get_origin

from pydantic import BaseModel, ConfigDict

from reconciler.schema.marks import (
    Canonical,
    Changes,
    ClearedBy,
    Deprecated,
    KeyedBy,
    OneOf,
    RefTo,
    Secret,
    ServerChooses,
    ServerDefault,
    ServerOutput,
    ServerOwned,
    Since,
    Unordered,
    Until,
    ValuesSince,
)


class Body(BaseModel):
    """A JSON object of the REST API; an unknown property is an error."""

    model_config = ConfigDict(
        extra="forbid",
        strict=True,
        populate_by_name=False,
        hide_input_in_errors=True,
        defer_build=True,  # a validator is built when first used: half of the start-up
    )


@dataclass(frozen=True)
class Property:
    """One property with its marks; `many` tells a list, `model` or `one_of` what it holds."""

    name: str
    required: bool = False
    many: bool = False
    model: type[Body] | None = None
    one_of: OneOf | None = None
    is_float: bool = False
    is_text: bool = False
    is_boolean: bool = False
    ref: RefTo | None = None
    default: ServerDefault | None = None
    chooses: ServerChooses | None = None
    owned: ServerOwned | None = None
    output: ServerOutput | None = None
    secret: Secret | None = None
    cleared_by: ClearedBy | None = None
    changes: Changes | None = None
    keyed: KeyedBy | None = None
    unordered: Unordered | None = None
    since: Since | None = None
    until: Until | None = None
    deprecated: Deprecated | None = None
    values_since: ValuesSince | None = None
    canonical: Canonical | None = None

    @cached_property
    def holds_objects(self) -> bool:
        return self.model is not None or self.one_of is not None

    @cached_property
    def none_when_empty(self) -> bool:
        """Whether an empty text says none, as null does: not where a default would take its place.

        Recorded of `defaultScoringProfile` (FACTS c), and taken to hold for every text that may be
        absent: a separator that is none (`insertPreTag: ""`) differs from its default.
        """
        literal = self.default is not None and not callable(self.default.value)
        choice = self.required or self.many or self.chooses is not None
        return self.is_text and not literal and not choice

    def shape(self, value: Any) -> Shape | None:
        """The shape of one object at this property, or None when it is not known."""
        if self.model is not None:
            return shape_of(self.model)
        if self.one_of is not None and isinstance(value, Mapping):
            model = variant(self.one_of, value.get(self.one_of.tag))
            return shape_of(model) if model is not None else None
        return None

    def key_of(self, element: Any, position: int) -> str | None:
        """The key of a keyed list's element, or None when it has none."""
        if self.keyed is None or not isinstance(element, Mapping):
            return None
        key = element.get(self.keyed.name)
        if isinstance(key, str) and key:
            return key
        return f"#{position + 1}" if self.keyed.numbered else None

    def is_server_chosen(self, siblings: Mapping[str, Any]) -> bool:
        """Whether any value counts as the desired one, when none is declared beside these."""
        if self.chooses is None:
            return False
        return self.chooses.when is None or self.chooses.when(siblings)

    def default_for(self, siblings: Mapping[str, Any]) -> Any:
        """What the service fills in beside these siblings, or None."""
        if self.default is None:
            return None
        value = self.default.value
        return value(siblings) if callable(value) else value


@dataclass(frozen=True)
class Shape:
    """What the engine needs to know of one kind of JSON object."""

    properties: Mapping[str, Property]

    @cached_property
    def defaulted(self) -> tuple[Property, ...]:
        return tuple(p for p in self.properties.values() if p.default is not None)

    def leading_to(self, mark: str) -> frozenset[str]:
        """The names of the properties that bear a mark (`ref`, `secret`) or lead to one."""
        if mark not in self._towards:
            self._towards[mark] = frozenset()  # a field that holds fields leads where they lead
            self._towards[mark] = frozenset(
                name for name, known in self.properties.items() if _leads(known, mark)
            )
        return self._towards[mark]

    @cached_property
    def _towards(self) -> dict[str, frozenset[str]]:
        return {}


def _leads(known: Property, mark: str) -> bool:
    if getattr(known, mark) is not None or known.one_of is not None:
        return True
    return known.model is not None and bool(shape_of(known.model).leading_to(mark))


_SLOTS: Mapping[type, str] = {
    RefTo: "ref",
    ServerDefault: "default",
    ServerChooses: "chooses",
    ServerOwned: "owned",
    ServerOutput: "output",
    Secret: "secret",
    ClearedBy: "cleared_by",
    Changes: "changes",
    KeyedBy: "keyed",
    Unordered: "unordered",
    Since: "since",
    Until: "until",
    Deprecated: "deprecated",
    ValuesSince: "values_since",
    Canonical: "canonical",
    OneOf: "one_of",
}


@cache
def shape_of(model: type[Body]) -> Shape:
    """The shape of a model, built when first asked for."""
    properties = {}
    for field_name, field in model.model_fields.items():
        name = field.alias or field_name
        marks = {_SLOTS[type(m)]: m for m in field.metadata if type(m) in _SLOTS}
        found = _unwrap(field.annotation)
        properties[name] = Property(name=name, required=field.is_required(), **{**found, **marks})
    return Shape(properties)


def _unwrap(annotation: Any) -> dict[str, Any]:
    """What an annotation says: `list[Model] | None` is many, of Model."""
    origin = get_origin(annotation)
    if origin in (Union, types.UnionType):
        for option in get_args(annotation):
            if option is not type(None):
                return _unwrap(option)
    if origin is Annotated:
        inner, *marks = get_args(annotation)
        return {**_unwrap(inner), **{_SLOTS[type(m)]: m for m in marks if type(m) in _SLOTS}}
    if origin is list:
        return {**_unwrap(get_args(annotation)[0]), "many": True}
    if isinstance(annotation, type) and issubclass(annotation, Body):
        return {"model": annotation}
    return {
        "is_float": annotation is float,
        "is_text": annotation is str,
        "is_boolean": annotation is bool,
    }


@cache
def _load(reference: str) -> type[Body]:
    module, _, name = reference.partition(":")
    loaded: type[Body] = getattr(importlib.import_module(module), name)
    return loaded


def variant(one_of: OneOf, tag: Any) -> type[Body] | None:
    """The model that a tag's value selects, loaded when first used; None when there is none."""
    reference = one_of.variants.get(tag) if isinstance(tag, str) else None
    return _load(reference) if reference is not None else None


@cache
def _members(references: tuple[str, ...]) -> frozenset[str]:
    return frozenset(name for r in references for name in shape_of(_load(r)).properties)


def members(one_of: OneOf) -> frozenset[str]:
    """The names of all properties that objects of a family may have; loads all of its models."""
    return _members(tuple(dict.fromkeys(one_of.variants.values())))


def beneath(model: type[Body], seen: set[type[Body]] | None = None) -> Iterator[type[Body]]:
    """A model and every model beneath it, each once; loads all of them."""
    seen = set() if seen is None else seen
    if model in seen:
        return
    seen.add(model)
    yield model
    for known in shape_of(model).properties.values():
        for inner in held(known):
            yield from beneath(inner, seen)


def held(known: Property) -> list[type[Body]]:
    """The models of what may stand at a property; loads all of them."""
    one_of = known.one_of
    family = [variant(one_of, tag) for tag in one_of.variants] if one_of is not None else []
    return [model for model in (known.model, *family) if model is not None]
