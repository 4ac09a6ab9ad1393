"""A body, as the service shows it or somebody kept it, to the spec of a manifest.

Properties stand in the order of their declaration, lists in their own. What the service fills in by
itself is left out; what it chose is left as a comment.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from reconciler.exporting.secrecy import SecretName, SecretNames, may_hold_secret, secrecy
from reconciler.kinds import Kind
from reconciler.kinds.body import Property, Shape
from reconciler.kinds.walk import elements
from reconciler.manifest.write import Comment
from reconciler.model.address import Address
from reconciler.model.json import JsonObject
from reconciler.normal import part_form

_NOTHING: tuple[Any, ...] = (None, [], {}, False)


class SpecWriter:
    """Bodies to specs, in one way.

    A spec is plain JSON with two things more: `SecretName` for a secret, and keys that are a
    `Comment`. Strings are as they are on the service: `$` has no meaning in them yet.

    Args:
        names: names the secrets that are found.
        chosen: values at `ServerChooses` were written by somebody, and stay.
        allow_unknown: properties that the schema does not know are written, too.
    """

    def __init__(self, names: SecretNames, *, chosen: bool, allow_unknown: bool) -> None:
        self._names = names
        self._chosen = chosen
        self._allow_unknown = allow_unknown

    def spec(self, of: Kind, address: Address, body: JsonObject) -> dict[Any, Any]:
        """The spec of one object."""
        self._address = address
        plain = {name: value for name, value in body.items() if name != "name"}
        return self._object(of.shape, plain, ())

    def _object(
        self, shape: Shape, body: JsonObject, parts: tuple[str, ...], *, full: bool = False
    ) -> dict[Any, Any]:
        """One JSON object; `parts` are the keys of the elements that it lies in.

        Args:
            full: defaults are written out.
        """
        needless = frozenset() if full else self._needless(shape, body)
        out: dict[Any, Any] = {}
        for name in _in_order(shape, body):
            known, value = shape.properties.get(name), body[name]
            if known is None:
                out.update(self._unknown(name, value))
            elif known.owned is None and not (full and value is None):
                out.update(self._property(known, value, parts, needless=name in needless))
        return out

    def _property(
        self, known: Property, value: Any, parts: tuple[str, ...], *, needless: bool
    ) -> dict[Any, Any]:
        """A property as it is written: nothing, itself, or comments."""
        name = known.name
        if known.holds_objects:
            return self._objects(known, value, parts, needless=needless)
        written = self._leaf(known, value, (*parts, name))
        if not needless or _secret_in(written) or (known.secret is not None and value):
            return {name: written}
        if known.chooses is None or value in _NOTHING:
            return {}
        return {Comment(f"{name}: {json.dumps(value)}", "live; left to the service"): None}

    def _leaf(self, known: Property, value: Any, place: tuple[str, ...]) -> Any:
        """A value without properties of its own; in a map, each value may be a secret."""
        if isinstance(value, dict):
            marked = known if known.secret is not None else None
            return {key: self._text(marked, v, (*place[:-1], key)) for key, v in value.items()}
        return self._text(known, value, place)

    def _text(self, known: Property | None, value: Any, place: tuple[str, ...]) -> Any:
        found = secrecy(known, value)
        if found == "open":
            return value
        return self._names.add(self._address, place, value if found == "clear" else None)

    def _objects(
        self, known: Property, value: Any, parts: tuple[str, ...], *, needless: bool
    ) -> dict[Any, Any]:
        """A property that holds one object, or a list of them."""
        name, shape = known.name, known.shape(value) if isinstance(value, dict) else None
        if isinstance(value, list):
            value = [self._element(known, e, parts, key, i) for key, i, e in elements(known, value)]
        if shape is None:
            return {} if needless else {name: value}
        written = self._object(shape, value, parts)
        bare = all(isinstance(key, Comment) for key in written)
        if needless and not _secret_in(written):
            lifted = (key for key in written if isinstance(key, Comment))
            return {Comment(f"{name}: {{{c.text}}}", c.note): None for c in lifted}
        return {name: self._object(shape, value, parts, full=True) if bare else written}

    def _element(
        self,
        known: Property,
        value: Any,
        parts: tuple[str, ...],
        key: str | None,
        index: int | None,
    ) -> Any:
        shape = known.shape(value) if isinstance(value, dict) else None
        if shape is None:
            return value
        keyed = known.keyed
        if keyed is not None and keyed.numbered and value.get(keyed.name) == f"#{(index or 0) + 1}":
            value = {name: inner for name, inner in value.items() if name != keyed.name}
        return self._object(shape, value, (*parts, str(key)))

    def _needless(self, shape: Shape, body: JsonObject) -> frozenset[str]:
        """The properties that, left out together, make no difference: the service fills them in."""
        required = {name for name, known in shape.properties.items() if known.required}
        left = {n: v for n, v in body.items() if n in required or v not in (None, [], {})}
        for name in shape.properties:
            if name not in left or name in required:
                continue
            near = {n: v for n, v in left.items() if n == name or not _holds_objects(shape, n)}
            rest = {n: v for n, v in near.items() if n != name}
            if self._form(shape, near) == self._form(shape, rest):
                del left[name]
        return frozenset(body) - frozenset(left)

    def _form(self, shape: Shape, part: JsonObject) -> JsonObject:
        return part_form(shape, part, part if self._chosen else {})

    def _unknown(self, name: str, value: Any) -> dict[Any, Any]:
        """A property that this version of the tool, or the api-version, does not know."""
        if name.startswith("@odata.") or value in _NOTHING:
            return {}
        if self._allow_unknown and not may_hold_secret(value, name):
            return {name: value}
        return {Comment(f"{name}: ...", "not known here; kept on the service"): None}


def _in_order(shape: Shape, body: JsonObject) -> Iterator[str]:
    """The names of a body: what it is, what the schema declares, what else there is."""
    if "@odata.type" in body and "@odata.type" in shape.properties:
        yield "@odata.type"
    yield from (name for name in shape.properties if name in body and name != "@odata.type")
    yield from (name for name in body if name not in shape.properties)


def _holds_objects(shape: Shape, name: str) -> bool:
    known = shape.properties.get(name)
    return known is not None and known.holds_objects


def _secret_in(value: Any) -> bool:
    if isinstance(value, dict):
        return any(map(_secret_in, value.values()))
    if isinstance(value, list):
        return any(map(_secret_in, value))
    return isinstance(value, SecretName)
