"""JSON that somebody kept of a service, to objects: one, a list, a list call's answer, a dump.

What kind an object is of is told by the key or `@odata.context` it stands under, by an ARM `type`,
or else by its properties.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from reconciler.exporting.scope import require_search_kinds
from reconciler.model.json import Json, JsonObject
from reconciler.model.problem import ProblemsError
from reconciler.model.resource_id import ResourceId
from reconciler.providers import AZURE, SEARCH, Kind, kind

_CONTEXT = re.compile(r"#(\w+)(?:/\$entity|\(.*\)(?:/\$entity)?)?$")


class Definition(NamedTuple):
    """One object of a file."""

    id: ResourceId
    body: JsonObject


class _Around(NamedTuple):
    """What is known of a value from what it stands in."""

    kind: str | None = None
    name: str | None = None


def definitions(value: Json, asked: str | None = None) -> Iterator[Definition]:
    """Every object in a JSON value.

    Args:
        asked: the kind of what does not say it itself.

    Raises:
        ProblemsError: something in it is no object, has no name, could be of several kinds, or is
            of a kind that is not imported.
    """
    yield from _objects(value, _Around(), asked)


def _objects(value: Json, around: _Around, asked: str | None) -> Iterator[Definition]:
    if isinstance(value, list):
        for element in value:
            yield from _objects(element, around, asked)
        return
    if not isinstance(value, dict):
        text = "there is something that is neither an object nor a list of objects"
        raise ProblemsError.of("not-a-definition", text, "keep JSON objects of the service only")
    inside = _Around(_by_context(value) or around.kind, around.name)
    listed = value.get("value", value.get("resources"))
    if "name" not in value and isinstance(listed, list):
        yield from _objects(listed, inside, asked)
    elif isinstance(value.get("properties"), dict) and not _kinds_of(value):
        yield from _resource(value, inside, asked)
    elif (by_kind := _keyed_by_kind(value)) is not None:
        for name, inner in by_kind:
            yield from _under_kind(inner, _Around(name), asked)
    else:
        yield _definition(value, inside, asked)


def _under_kind(value: Json, around: _Around, asked: str | None) -> Iterator[Definition]:
    """What stands under a kind: objects, or objects by their names."""
    of = kind(around.kind or "")
    if isinstance(value, dict) and not value.keys() & {"name", "value", *of.shape.properties}:
        for name, inner in value.items():
            yield from _objects(inner, _Around(of.name, name), asked)
    else:
        yield from _objects(value, around, asked)


def _resource(value: JsonObject, around: _Around, asked: str | None) -> Iterator[Definition]:
    """An object as the Azure Resource Manager shows one: its body is beneath `properties`."""
    called = str(value.get("type") or "").rpartition("/")[2].lower()
    require_search_kinds([_RESOURCES.get(called, "")])
    inside = _Around(
        _KINDS.get(called, around.kind),
        str(value.get("name") or around.name or "").rpartition("/")[2] or None,
    )
    yield _definition(value["properties"], inside, asked)


def _definition(body: JsonObject, around: _Around, asked: str | None) -> Definition:
    name = body.get("name") or around.name
    if not isinstance(name, str) or not name or "/" in name:
        text = "an object has no name" if not name else "an object's name cannot be one"
        raise ProblemsError.of("no-name", text, 'give it a "name", as on the service')
    of = around.kind or _guessed(name, body, asked)
    plain = {key: inner for key, inner in body.items() if not key.startswith("@odata.")}
    return Definition(ResourceId(of, name), plain)


def _guessed(name: str, body: JsonObject, asked: str | None) -> str:
    """The one kind that a body's properties fit; or else the one that was asked for.

    Raises:
        ProblemsError: none, or several.
    """
    exact, fitting = _exactly(body), _kinds_of(body)
    for found in (exact, [asked] if asked is not None else [], fitting):
        if len(found) == 1:
            return found[0]
    kinds = ", ".join(fitting or SEARCH.kinds)
    text = f"`{name}` does not say what kind it is of"
    raise ProblemsError.of("unknown-kind", text, f"say it with --kind: {kinds}")


def _kinds_of(body: JsonObject) -> list[str]:
    """The kinds whose required properties a body has."""
    return [name for name in SEARCH.kinds if _required(kind(name)) <= body.keys()]


def _exactly(body: JsonObject) -> list[str]:
    """Those that know all of its properties, too."""
    names = {key for key in body if not key.startswith("@odata.")}
    return [name for name in _kinds_of(body) if names <= kind(name).shape.properties.keys()]


def _required(of: Kind) -> set[str]:
    return {name for name, known in of.shape.properties.items() if known.required}


def _keyed_by_kind(value: JsonObject) -> list[tuple[str, Json]] | None:
    """What stands under each kind, if every key is one: `{"indexes": […], "skillset": {…}}`."""
    keys = [key for key in value if not key.startswith("@odata.")]
    if "name" in value or not keys or any(key.lower() not in _KINDS for key in keys):
        return None
    return [(_KINDS[key.lower()], value[key]) for key in keys if value[key] is not None]


def _by_context(value: JsonObject) -> str | None:
    """The kind that `@odata.context` tells: `…/$metadata#indexes/$entity`."""
    found = _CONTEXT.search(str(value.get("@odata.context") or ""))
    return _KINDS.get(found[1].lower()) if found is not None else None


def _spellings() -> dict[str, str]:
    """Kinds by all that they are called, in small letters: index, indexes, data_sources."""
    found = {}
    for name in SEARCH.kinds:
        for spelling in (name, f"{name}s", kind(name).type_on_service):
            words = re.sub(r"(?<=[a-z])(?=[A-Z])", "_", spelling).lower()
            for one in (spelling.lower(), words, words.replace("_", "-"), words.replace("_", " ")):
                found[one] = name
    return found


_KINDS = _spellings()
_RESOURCES = {kind(name).type_on_service.rpartition("/")[2].lower(): name for name in AZURE.kinds}
"""Kinds of Azure's own resources by the end of their type."""
