"""A body, as the service shows it or somebody kept it, to the spec of a manifest.

Properties stand in the order of their declaration, lists in their own. Left out is only what the
service is known to fill in by itself.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from reconciler.exporting.credentials import may_hold_credential
from reconciler.exporting.secrecy import Composed, SecretName, SecretNames, SecretPlace
from reconciler.manifest.write import Comment
from reconciler.model.json import JsonObject, leaves
from reconciler.model.pointer import Path
from reconciler.model.resource_id import ResourceId
from reconciler.providers import Kind
from reconciler.schema.body import Property, Shape
from reconciler.schema.normalize import part_form
from reconciler.schema.walk import elements

_NOTHING: tuple[Any, ...] = (None, [], {})
_BOOLEANS = {"true": True, "false": False}
"""Texts that the service reads as booleans, and that samples hold.

https://github.com/pablomarin/GPT-Azure-Search-Engine/blob/main/02-LoadCSVOneToMany-ACogSearch.ipynb
"""


class SpecWriter:
    """Bodies to specs, in one way.

    A spec is plain JSON with three things more: `SecretName` for a secret, `Composed` for a text
    with secrets in it, and keys that are a `Comment`. Strings are as they are on the service: `$`
    has no meaning in them yet.

    Args:
        names: names the secrets that are found.
        unknown: properties that the schema does not know are written, too.
    """

    def __init__(self, names: SecretNames, *, unknown: bool) -> None:
        self._names = names
        self._write_unknown = unknown

    def spec(
        self, of: Kind, address: ResourceId, body: JsonObject
    ) -> tuple[dict[Any, Any], list[Path]]:
        """The spec of one object, and the paths of what could not be written into it."""
        self._address = address
        self._left: list[Path] = []
        plain = {name: value for name, value in body.items() if name != "name"}
        return self._object(of.shape, plain, SecretPlace()), self._left

    def _object(
        self, shape: Shape, body: JsonObject, spot: SecretPlace, *, full: bool = False
    ) -> dict[Any, Any]:
        """One JSON object.

        Args:
            full: defaults are written out.
        """
        needless = frozenset() if full else _needless(shape, body)
        out: dict[Any, Any] = {}
        for name in _in_order(shape, body):
            known, value = shape.properties.get(name), body[name]
            if known is None:
                out.update(self._unknown(name, value, spot))
            elif not (_of_this_service(known) or (full and value is None)):
                out.update(self._property(known, value, spot, needless=name in needless))
        return out

    def _property(
        self, known: Property, value: Any, spot: SecretPlace, *, needless: bool
    ) -> dict[Any, Any]:
        """A property as it is written: nothing, or itself."""
        if known.holds_objects:
            return self._objects(known, value, spot, needless=needless)
        written = self._leaf(known, value, spot)
        counts = _secret_in(written) or (known.secret is not None and value)
        return {known.name: written} if counts or not needless else {}

    def _leaf(self, known: Property, value: Any, spot: SecretPlace) -> Any:
        """A value without properties of its own; in a map, each value may be a secret."""
        here = spot.at(known.name)
        if known.is_boolean and isinstance(value, str):
            return _BOOLEANS.get(value, value)
        if isinstance(value, dict):
            entry = self._names.entry
            return {k: entry(self._address, k, v, here.at(k).called(k)) for k, v in value.items()}
        return self._names.written(self._address, known, value, here.called(known.name))

    def _objects(
        self, known: Property, value: Any, spot: SecretPlace, *, needless: bool
    ) -> dict[Any, Any]:
        """A property that holds one object, or a list of them."""
        name, shape = known.name, known.shape(value) if isinstance(value, dict) else None
        here = spot.at(name)
        if isinstance(value, list):
            value = [self._element(known, e, here, key, i) for key, i, e in elements(known, value)]
        if shape is None:
            return {} if needless else {name: value}
        written = self._object(shape, value, here)
        bare = all(isinstance(key, Comment) for key in written)
        if needless and not _secret_in(written) and not _holds_empty_text(value):
            return {
                Comment(f"{name}: {{{c.text}}}", c.note): None
                for c in written
                if isinstance(c, Comment)
            }
        return {name: self._object(shape, value, here, full=True) if bare else written}

    def _element(
        self, known: Property, value: Any, spot: SecretPlace, key: str | None, index: int | None
    ) -> Any:
        shape = known.shape(value) if isinstance(value, dict) else None
        if shape is None:
            return value
        keyed = known.keyed
        if keyed is not None and keyed.numbered and value.get(keyed.name) == f"#{(index or 0) + 1}":
            value = {name: inner for name, inner in value.items() if name != keyed.name}
        return self._object(shape, value, spot.at(str(key)).called(str(key)))

    def _unknown(self, name: str, value: Any, spot: SecretPlace) -> dict[Any, Any]:
        """A property that this version of the tool does not know."""
        if name in _ANNOTATIONS or value in _NOTHING:
            return {}
        holds_secret = may_hold_credential(value, name)
        if self._write_unknown and not holds_secret:
            return {name: value}
        if value is False:
            return {}
        self._left.append(spot.at(name).path)
        return {Comment(f"{name}: ...", "not known here; kept on the service"): None}


_ANNOTATIONS = frozenset({"@odata.etag", "@odata.context", "@odata.id", "@odata.editLink"})


def _needless(shape: Shape, body: JsonObject) -> frozenset[str]:
    """The properties that, left out together, make no difference: the service fills them in."""
    required = {name for name, known in shape.properties.items() if known.required}
    left = {n: v for n, v in body.items() if n in required or _says(shape, n, v)}
    for name, known in shape.properties.items():
        if name not in left or name in required or not _may_mean_a_value(known):
            continue
        near = {n: v for n, v in left.items() if n == name or not _holds_objects(shape, n)}
        rest = {n: v for n, v in near.items() if n != name}
        if part_form(shape, near, near) == part_form(shape, rest, rest):
            del left[name]
    return frozenset(body) - frozenset(left)


def _says(shape: Shape, name: str, value: Any) -> bool:
    """Whether a value is one at all; an object without properties may have defaults."""
    return value not in _NOTHING or (value == {} and _holds_objects(shape, name))


def _may_mean_a_value(known: Property) -> bool:
    """Whether a property that is left out has a known value; else whatever is there is written."""
    return known.holds_objects or known.default is not None or known.cleared_by is not None


def _in_order(shape: Shape, body: JsonObject) -> Iterator[str]:
    """The names of a body: what it is, what the schema declares, what else there is."""
    if "@odata.type" in body and "@odata.type" in shape.properties:
        yield "@odata.type"
    yield from (name for name in shape.properties if name in body and name != "@odata.type")
    yield from (name for name in body if name not in shape.properties)


def _of_this_service(known: Property) -> bool:
    """Whether the value is the service's own, and means nothing on another one."""
    return known.owned is not None or (known.chooses is not None and not known.chooses.carried)


def _holds_objects(shape: Shape, name: str) -> bool:
    known = shape.properties.get(name)
    return known is not None and known.holds_objects


def _secret_in(value: Any) -> bool:
    return any(isinstance(leaf, (SecretName, Composed)) for _, leaf in leaves(value))


def _holds_empty_text(value: Any) -> bool:
    """Whether an empty text stands in a value: it is shown as it was written, whatever it means."""
    return any(leaf == "" for _, leaf in leaves(value))
