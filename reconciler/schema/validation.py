"""Judging a body against its kind: every problem at once, none quoting the value it is about."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from pydantic import ValidationError

from reconciler.model.json import JsonObject
from reconciler.model.problem import Severity, suggestion
from reconciler.model.versions import is_preview, knows, latest
from reconciler.schema.body import Body, Property, members, shape_of, variant
from reconciler.schema.kind import Kind
from reconciler.schema.marks import OneOf, ValuesSince

Position = tuple[str | int, ...]


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing wrong in a body: `position` goes by positions, `of_key` means the key itself.

    `severity` and `on_write` are those of the problem that it becomes. `since` is the api-version
    that the document would have to be of, where that is what helps.
    """

    code: str
    position: Position
    message: str
    fix: str = ""
    of_key: bool = False
    severity: Severity = Severity.ERROR
    on_write: bool = False
    since: str = ""


def judge(kind: Kind, body: JsonObject, version: str, *, allow_unknown: bool) -> list[Finding]:
    """Everything wrong with a body that is to be written with an api-version.

    Args:
        body: plain JSON with the object's `name`; secrets replaced by any string.
        allow_unknown: properties that the schema does not know are passed through.
    """
    if not knows(version, kind.since):
        text = f"{kind.name} does not exist in api-version {version}"
        return [Finding("unknown-kind", (), text, f"use {latest(kind.since)} or later")]
    return list(_judge(kind.body, body, (), version, allow_unknown))


def _judge(
    model: type[Body],
    value: Any,
    position: Position,
    version: str,
    allow_unknown: bool,
    family: OneOf | None = None,
) -> Iterator[Finding]:
    try:
        model.__pydantic_validator__.validate_python(value)
    except ValidationError as error:
        for detail in error.errors(include_url=False, include_context=True, include_input=True):
            if detail["type"] != "extra_forbidden":
                yield explain(detail, position)
            elif not allow_unknown and not _null_of_another(family, detail):
                yield _unknown(model, value, position, detail["loc"])
    if isinstance(value, dict):
        yield from _beneath(model, value, position, version, allow_unknown)


def _null_of_another(family: OneOf | None, detail: Any) -> bool:
    """Whether a property is null and of another member of the family: so responses show it.

    A magnitude function has `freshness: null` and `tag: null` (recordings-2020).
    """
    if family is None or detail["input"] is not None or len(detail["loc"]) != 1:
        return False
    return detail["loc"][0] in members(family)


def _beneath(
    model: type[Body], value: JsonObject, position: Position, version: str, allow_unknown: bool
) -> Iterator[Finding]:
    """What pydantic does not see: properties younger than the version, and tagged objects."""
    properties = shape_of(model).properties
    for name, inner in value.items():
        known = properties.get(name)
        if known is None or inner is None:
            continue
        here = (*position, name)
        if known.since is not None and not knows(version, known.since.version):
            yield replace(_too_young(name, known.since.version, version, here), of_key=True)
        if known.until is not None and version[:10] > known.until.version[:10]:
            last, successor = known.until
            message = f"`{name}` is not in api-version {version}: {last} was the last that had it"
            fix = f"use `{successor}`" if successor else "delete it"
            yield Finding("unknown-in-version", here, message, fix, of_key=True)
        if known.deprecated is not None:
            message = f"`{name}` is deprecated: {known.deprecated.why}"
            yield Finding("deprecated", here, message, "delete it", True, Severity.WARNING)
        if known.values_since is not None:
            yield from _young_values(known.values_since, inner, here, version)
        if not known.holds_objects:
            continue
        for place, element in _objects(known, inner, here):
            if known.model is not None and isinstance(element, dict):
                yield from _beneath(known.model, element, place, version, allow_unknown)
            elif known.one_of is not None and isinstance(element, dict):
                yield from _tagged(known.one_of, element, place, version, allow_unknown)


def _young_values(mark: ValuesSince, value: Any, here: Position, version: str) -> Iterator[Finding]:
    listed = enumerate(value) if isinstance(value, list) else [(None, value)]
    for index, one in listed:
        since = mark.versions.get(one) if isinstance(one, str) else None
        if since is not None and not knows(version, since):
            place = here if index is None else (*here, index)
            yield _too_young(one, since, version, place)


def _objects(known: Property, value: Any, here: Position) -> Iterator[tuple[Position, Any]]:
    if not known.many:
        yield here, value
    elif isinstance(value, list):
        for index, element in enumerate(value):
            yield (*here, index), element


def _tagged(
    one_of: OneOf, value: JsonObject, position: Position, version: str, allow_unknown: bool
) -> Iterator[Finding]:
    tag = value.get(one_of.tag)
    model = variant(one_of, tag)
    if model is not None:
        since = one_of.since.get(str(tag))
        if since is not None and not knows(version, since):
            yield _too_young(_short(str(tag)), since, version, (*position, one_of.tag))
        last, successor = one_of.until.get(str(tag), (version, ""))
        if version[:10] > last[:10]:
            message = f"the service withdrew this: api-version {last} was the last to take it"
            fix, place = f"use `{successor}`", (*position, one_of.tag)
            yield Finding(
                "unknown-in-version", place, message, fix, False, Severity.WARNING, on_write=True
            )
        yield from _judge(model, value, position, version, allow_unknown, one_of)
        return
    usable = [name for name in one_of.variants if name not in one_of.until]
    if not isinstance(tag, str):
        text = f"`{one_of.tag}` is required here: it says which kind of object this is"
        yield Finding("missing-property", position, text, "one of " + _names(usable))
    elif not allow_unknown:
        fix = suggestion(tag, usable, "one of " + _names(usable))
        yield Finding("unknown-type", (*position, one_of.tag), f"unknown `{one_of.tag}`", fix)


def _short(tag: str) -> str:
    """`SplitSkill` of `#Microsoft.Skills.Text.SplitSkill`; any other tag as it is."""
    return tag.rpartition(".")[2] if tag.startswith("#") else tag


def _names(variants: Iterable[str]) -> str:
    return ", ".join(f"`{name}`" for name in variants)


def _too_young(name: str, since: str, version: str, position: Position) -> Finding:
    since = latest(since)
    where = "the preview" if is_preview(since) else "api-version"
    message = f"`{name}` is not in api-version {version}: it appeared with {where} {since}"
    return Finding("unknown-in-version", position, message, since=since)


def _unknown(
    model: type[Body], value: Any, position: Position, loc: tuple[str | int, ...]
) -> Finding:
    for part in loc[:-1]:
        value, model = _step(model, value, part)
    message, fix = (
        f"unknown property `{loc[-1]}`",
        near_miss(str(loc[-1]), shape_of(model).properties),
    )
    return Finding("unknown-property", (*position, *loc), message, fix, of_key=True)


def near_miss(name: str, known: Iterable[str]) -> str:
    """What to do about a name that is not among the known ones."""
    names = list(known)
    return suggestion(name, names, "known here: " + ", ".join(names))


def _step(model: type[Body], value: Any, part: str | int) -> tuple[Any, type[Body]]:
    inner = value[part]
    if isinstance(part, int):
        return inner, model
    known = shape_of(model).properties[part]
    return inner, known.model or model


_EXPECTED = {
    "string_type": "a string",
    "int_type": "a whole number",
    "int_from_float": "a whole number",
    "float_type": "a number",
    "bool_type": "true or false",
    "list_type": "a list",
    "dict_type": "a mapping",
    "model_type": "a mapping",
    "model_attributes_type": "a mapping",
}
_GIVEN = {
    str: "a string",
    bool: "true or false",
    int: "a number",
    float: "a number",
    list: "a list",
    dict: "a mapping",
    type(None): "nothing",
}


def explain(detail: Any, position: Position) -> Finding:
    """A pydantic error in our words."""
    loc = tuple(detail["loc"])
    kind, context = detail["type"], detail.get("ctx", {})
    if kind == "missing":
        return Finding("missing-property", (*position, *loc[:-1]), f"`{loc[-1]}` is required")
    name = next((str(part) for part in reversed(loc) if isinstance(part, str)), "")
    if kind in _EXPECTED:
        given = _GIVEN.get(type(detail["input"]), "something else")
        text = f"{_called(name, loc)} must be {_EXPECTED[kind]}, not {given}"
        return Finding("wrong-type", (*position, *loc), text, f"write {_EXPECTED[kind]}")
    if kind in ("literal_error", "enum"):
        allowed = [
            part.strip("'") for part in context["expected"].replace(" or ", ", ").split(", ")
        ]
        fix = suggestion(str(detail["input"]), allowed, f"one of {', '.join(allowed)}")
        return Finding(
            "wrong-value", (*position, *loc), f"`{name}` has a value that is not known", fix
        )
    text = str(context["error"]) if kind == "value_error" else _limit(kind, context, detail["msg"])
    return Finding("wrong-value", (*position, *loc), f"`{name}`: {text}" if name else text)


def _called(name: str, loc: tuple[str | int, ...]) -> str:
    if not name:
        return "this"
    return f"each of `{name}`" if isinstance(loc[-1], int) else f"`{name}`"


def _limit(kind: str, context: Mapping[str, Any], otherwise: str) -> str:
    """A limit that was passed."""
    words = {
        "greater_than": "must be more than {gt}",
        "less_than_equal": "must be at most {le}",
        "greater_than_equal": "must be at least {ge}",
        "too_short": "must have at least {min_length}",
        "too_long": "must have at most {max_length}",
        "string_too_short": "must have at least {min_length} characters",
        "string_too_long": "must have at most {max_length} characters",
    }
    return words[kind].format(**context) if kind in words else otherwise
