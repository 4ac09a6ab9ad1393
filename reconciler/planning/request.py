"""The body of a PUT: the live body as read, with the edits applied.

PUT replaces the whole definition, so everything that we do not change goes back as it came.
"""

from __future__ import annotations

import copy
from collections.abc import Iterable
from typing import Any, NamedTuple

from reconciler.model.json import JsonObject, leaves
from reconciler.model.plan import Edit
from reconciler.model.pointer import Path, covers
from reconciler.model.resource import Live, Resource
from reconciler.model.sensitive import MASKS, Sensitive, has_mask, masks_a_key
from reconciler.providers import Kind
from reconciler.schema.body import Shape
from reconciler.schema.paths import Place, locate, replaced, value_at
from reconciler.schema.walk import strangers, walk


def create_body(resource: Resource) -> JsonObject:
    """The body that creates an object: what is declared, with its name."""
    kept = {path: None for path, secret in resource.secrets.items() if secret.keep}
    return {"name": resource.name_on_service, **replaced(None, resource.body, kept)}


def update_body(kind: Kind, resource: Resource, live: Live, edits: Iterable[Edit]) -> JsonObject:
    """The body that makes the live object the desired one."""
    body = _sendable(kind.shape, live.body)
    listed = list(edits)
    for edit in listed:
        if not _adds_element(kind.shape, body, edit.path):
            _apply(kind, body, resource.body, edit.path)
    for edit in _in_declared_order(kind.shape, resource.body, listed):
        if _adds_element(kind.shape, body, edit.path):
            _apply(kind, body, resource.body, edit.path)
    _unmask(kind.shape, body, resource.body)
    _number(kind.shape, body, resource.body)
    changed = {edit.path for edit in listed if edit.sensitive}
    _put_secrets(kind.shape, body, resource, changed)
    body["name"] = resource.name_on_service
    return body


class Unsendable(NamedTuple):
    """Where a body lacks the secrets that it must carry, and which secrets those are.

    `kept`: some were to be kept, but the service shows a mask in their place.
    """

    paths: tuple[Path, ...]
    names: tuple[str, ...]
    kept: bool = False


def unsendable(kind: Kind, resource: Resource, body: JsonObject) -> Unsendable | None:
    """The secrets that a body needs and does not have: unavailable ones, and masks."""
    known = (
        spot.path
        for spot in walk(kind.shape, body)
        if not spot.property.holds_objects
        and any(_missing(leaf, spot.property.secret) for _, leaf in leaves(spot.value))
    )
    unknown = (s.path for s in strangers(kind.shape, body) if _missing_there(s.value))
    paths = (*known, *unknown)
    lacking = [
        secret
        for place, secret in resource.secrets.items()
        if any(covers(path, place) for path in paths)
    ]
    names = sorted({name for secret in lacking for name in secret.needs})
    kept = any(secret.keep for secret in lacking)
    return Unsendable(paths, tuple(names), kept) if paths else None


def _missing(leaf: Any, secret: Any) -> bool:
    if isinstance(leaf, Sensitive):
        return leaf.value is None
    marked = secret is not None and isinstance(leaf, str) and has_mask(leaf)
    return marked or masks_a_key(leaf)


def _missing_there(leaf: Any) -> bool:
    """Whether a leaf that the schema does not know, and that may hold anything, is a mask."""
    return _missing(leaf, None) or leaf in MASKS


def _sendable(shape: Shape, live: JsonObject) -> JsonObject:
    """A copy of a live body without what is read-only, or unknown to us and empty."""
    body = copy.deepcopy(live)
    for name, value in live.items():
        if name not in shape.properties and (value is False or value in (None, [], {})):
            del body[name]
    for spot in [spot for spot in walk(shape, body, "owned") if spot.property.owned is not None]:
        del spot.holder[spot.property.name]
    return body


def _apply(kind: Kind, body: JsonObject, desired: JsonObject, path: Path) -> None:
    """Put what is desired at a path into the body, or take out what is no longer."""
    value = value_at(kind.shape, desired, path)
    place = locate(kind.shape, body, path, create=value is not None)
    if place is None:
        return
    if value is not None:
        _put(place, _called(place, copy.deepcopy(value), path[-1]))
    elif place.key is None:
        return
    elif place.known is not None and place.known.cleared_by is not None:
        place.container[place.key] = dict(place.known.cleared_by.value)
    elif kind.keeps_left_out and place.known is not None and place.known.default is not None:
        place.container[place.key] = place.known.default_for(desired)
    elif isinstance(place.key, int) or place.key in place.container:
        del place.container[place.key]


def _called(place: Place, value: Any, key: str) -> Any:
    """An element that goes by its number, with it: others may stand before it in the body."""
    keyed = place.known.keyed if place.known is not None else None
    if keyed is not None and keyed.numbered and isinstance(place.container, list):
        value.setdefault(keyed.name, key)
    return value


def _number(shape: Shape, body: JsonObject, desired: JsonObject) -> None:
    """Put elements that go by their number into the order of the manifest: it is their name."""
    for name, known in shape.properties.items():
        if known.keyed is None or not known.keyed.numbered or not body.get(name):
            continue
        keys = [known.key_of(element, i) for i, element in enumerate(desired.get(name) or ())]
        order = {key: position for position, key in enumerate(keys)}
        listed = [(known.key_of(element, i), element) for i, element in enumerate(body[name])]
        listed.sort(key=lambda pair: order.get(pair[0], len(order)))
        body[name] = [element for _, element in listed]


def _put(place: Place, value: Any) -> None:
    if place.key is None:
        place.container.append(value)
    else:
        place.container[place.key] = value


def _adds_element(shape: Shape, body: JsonObject, path: Path) -> bool:
    place = locate(shape, body, path)
    return place is not None and place.key is None


def _in_declared_order(shape: Shape, desired: JsonObject, edits: list[Edit]) -> list[Edit]:
    """Edits in the order in which their elements stand in the manifest."""

    def position(edit: Edit) -> tuple[str | int, ...]:
        found = locate(shape, desired, edit.path)
        index = found.key if found is not None and isinstance(found.key, int) else 0
        return (len(edit.path), index)

    return sorted(edits, key=position)


def _unmask(shape: Shape, body: JsonObject, desired: JsonObject) -> None:
    """What the service shows behind a mask and the manifest in clear goes back in clear."""
    for spot in walk(shape, body):
        plain = value_at(shape, desired, spot.path) if masks_a_key(spot.value) else None
        if isinstance(plain, str):
            spot.holder[spot.property.name] = plain


def _put_secrets(shape: Shape, body: JsonObject, resource: Resource, changed: set[Path]) -> None:
    """Fill every declared secret in: its value, or what the service takes for "unchanged".

    One that is kept and that the service shows goes back as it came, but as a secret.
    """
    for path, secret in resource.secrets.items():
        place = locate(shape, body, path, create=not secret.keep)
        if place is None or place.key is None:
            continue
        mark = place.known.secret if place.known is not None else None
        edited = any(covers(outer, path) for outer in changed)
        if mark is not None and mark.unchanged is not None and not edited:
            place.container[place.key] = mark.unchanged
        elif not secret.keep:
            place.container[place.key] = secret
        elif isinstance(place.value, str) and not has_mask(place.value):
            place.container[place.key] = Sensitive(place.value)
