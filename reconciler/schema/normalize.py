"""The normal form of a body, driven by the marks: two bodies mean the same if theirs are equal.

null, absent, `[]` and an empty text alike; server defaults filled in; keyed lists as maps;
unordered ones sorted; numbers, durations and addresses in one spelling; secrets, read-only,
deprecated and unknown properties taken out.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from reconciler.model.json import JsonObject, digest
from reconciler.model.pointer import Path
from reconciler.model.sensitive import Sensitive
from reconciler.model.unknown import Unknown
from reconciler.schema.body import Property, Shape
from reconciler.schema.paths import replaced
from reconciler.schema.walk import strangers, walk

_EMPTY: Mapping[str, Any] = {}


def normal_form(
    shape: Shape, body: JsonObject, declared: JsonObject | None = None, hidden: Iterable[Path] = ()
) -> JsonObject:
    """The normal form of one object's body, without its name.

    Args:
        body: a body as a manifest declares it or as the service returned it.
        declared: the desired body that `body` is compared with; None when `body` is that itself.
            Values that the service chose, and properties unknown to the schema, count only where
            they are declared.
        hidden: paths that are not compared (ignored, or secret for this object).
    """
    form = _object(shape, body, body if declared is None else declared)
    form.pop("name", None)
    for path in hidden:
        form = _without(form, path)
    return form


def part_form(shape: Shape, part: JsonObject, declared: Mapping[str, Any] = _EMPTY) -> JsonObject:
    """The normal form of one JSON object within a body, or of a body with its name.

    A property that makes no difference to it need not be written.
    """
    return _object(shape, part, declared)


def means_the_same(
    shape: Shape, live: JsonObject, declared: JsonObject, hidden: Iterable[Path] = ()
) -> bool:
    """Whether a live body means what is declared, as far as it shows."""
    paths = tuple(hidden)
    return normal_form(shape, live, declared, paths) == normal_form(shape, declared, hidden=paths)


def _object(shape: Shape, body: JsonObject, declared: Mapping[str, Any]) -> JsonObject:
    out = {}
    properties = shape.properties
    for name, value in body.items():
        if value is None or value == []:
            continue
        known = properties.get(name)
        if value == {} and (known is None or not known.holds_objects):
            continue
        if known is None:
            if declared.get(name) is not None and not name.startswith("@odata."):
                out[name] = value
            continue
        if value == "" and known.none_when_empty:
            continue
        if declared.get(name) is None and known.is_server_chosen(body):
            continue
        form = _value(known, value, declared.get(name))
        if form is not None:
            out[name] = form
    for known in shape.defaulted:
        if known.name not in out and (default := known.default_for(body)) is not None:
            form = _value(known, default, default)
            if form is not None:
                out[known.name] = form
    return out


def _value(known: Property, value: Any, declared: Any) -> Any:
    """The form of one property's value; None when it does not count."""
    if isinstance(value, Unknown):
        return value
    if known.owned is not None or known.deprecated is not None:
        return None
    if known.secret is not None or isinstance(value, Sensitive):
        return None
    if known.cleared_by is not None and value == known.cleared_by.value:
        return None
    if known.holds_objects:
        form = _list(known, value, declared) if known.many else _one(known, value, declared)
        return form or None
    if known.canonical is not None:
        return known.canonical.spell(value)
    if known.is_float and type(value) is int:
        return float(value)
    if known.unordered is not None and isinstance(value, list):
        return sorted(value, key=str)
    return value


def _one(known: Property, value: Any, declared: Any) -> Any:
    shape = known.shape(value)
    if shape is None or not isinstance(value, dict):
        return value
    return _object(shape, value, declared if isinstance(declared, dict) else _EMPTY)


def _list(known: Property, value: Any, declared: Any) -> Any:
    if not isinstance(value, list):
        return value
    others = declared if isinstance(declared, list) else []
    if known.keyed is None:
        return [
            _one(known, element, others[i] if i < len(others) else None)
            for i, element in enumerate(value)
        ]
    by_key = {known.key_of(other, i): other for i, other in enumerate(others)}
    forms = {}
    for i, element in enumerate(value):
        key = known.key_of(element, i)
        form = _one(known, element, by_key.get(key))
        if known.keyed.numbered and isinstance(form, dict):
            form.setdefault(known.keyed.name, key)
        forms[key if key is not None else str(i)] = form
    return forms


def _without(form: Any, path: Path) -> Any:
    """A normal form without a path, and without the objects that become empty by it.

    What the schema does not know is in the form as it came, and stays as it is elsewhere.
    """
    part, rest = path[0], path[1:]
    if isinstance(form, list) and part.isdigit() and int(part) < len(form):
        at = int(part)
        return [*form[:at], _without(form[at], rest) if rest else None, *form[at + 1 :]]
    if not isinstance(form, dict) or part not in form:
        return form
    inner = _without(form[part], rest) if rest else {}
    if inner == {}:
        return {name: value for name, value in form.items() if name != part}
    return {**form, part: inner}


def definition_digest(shape: Shape, body: JsonObject) -> str:
    """The digest of what a live body means; what the service notes of it by itself does not count.

    So it is the same for an object in a list and for the object alone.
    """
    return digest(normal_form(shape, body, body))


def without_nulls(shape: Shape, body: JsonObject) -> JsonObject:
    """A copy of a body without what is null: it is not sent, least of all to a version without it.

    What an object of free keys holds stays as it is: there the schema says nothing of null.
    """
    out = {}
    for name, value in body.items():
        known = shape.properties.get(name)
        if value is None:
            continue
        if known is None or not known.holds_objects:
            out[name] = value
        elif isinstance(value, list):
            out[name] = [_full(known, element) for element in value]
        else:
            out[name] = _full(known, value)
    return out


def _full(known: Property, value: Any) -> Any:
    shape = known.shape(value) if isinstance(value, dict) else None
    return value if shape is None else without_nulls(shape, value)


def secret_values(shape: Shape, body: JsonObject, *, everywhere: bool = False) -> dict[Path, Any]:
    """What stands at each `Secret` mark of a body, by path; of a map, at each of its names.

    Args:
        everywhere: also the `Sensitive` leaves at properties without the mark, and at unknown ones.
    """
    found: dict[Path, Any] = {}
    for spot in walk(shape, body, None if everywhere else "secret"):
        if spot.property.holds_objects:
            continue
        marked = spot.property.secret is not None
        leaves = spot.value.items() if isinstance(spot.value, dict) else [(None, spot.value)]
        for name, value in leaves:
            if marked or isinstance(value, Sensitive):
                found[spot.path if name is None else (*spot.path, name)] = value
    if everywhere:
        found |= {s.path: s.value for s in strangers(shape, body) if isinstance(s.value, Sensitive)}
    return found


def without_secrets(
    shape: Shape, body: JsonObject, hidden: Iterable[Path] = (), instead: str | None = None
) -> JsonObject:
    """A copy of a body with null, or a text, at every secret path: what may be stored and shown."""
    paths = {*secret_values(shape, body), *hidden}
    return replaced(shape, body, dict.fromkeys(paths, instead)) if paths else body
