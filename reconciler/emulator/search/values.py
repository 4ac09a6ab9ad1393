"""The values of a document: checked against the fields' types, and in the form that is kept."""

from __future__ import annotations

import json
import math
import re
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from typing import Any, NoReturn

from reconciler.emulator.refusals import Refusal
from reconciler.emulator.search.schema import Field
from reconciler.emulator.strict import node
from reconciler.emulator.tiers import COMPLEX_OBJECTS_PER_DOCUMENT

Body = dict[str, Any]

INTEGERS = {"Edm.Int32": 31, "Edm.Int64": 63}
# Doubles that JSON has no number for: what a request may say, and what is shown (QUERIES 1).
SPECIAL = {
    "NaN": "NaN",
    "INF": "INF",
    "-INF": "-INF",
    "Infinity": "INF",
    "-Infinity": "-INF",
}
BOUNDS = {"Edm.Int16": (-(2**15), 2**15 - 1), "Edm.SByte": (-128, 127), "Edm.Byte": (0, 255)}
WGS84 = {"type": "name", "properties": {"name": "EPSG:4326"}}
LONGEST_TERM = 32766  # bytes of UTF-8: QUERIES 1
ZONED = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:\d\d)")


def read(given: Body, fields: Mapping[str, Field]) -> Body:
    """What was given, in the form that is kept; vectors as float32 arrays. Raises Refusal."""
    stored = {}
    for name, value in given.items():
        field = fields.get(name)
        if field is None:
            raise Refusal("document-property", property=name)
        stored[name] = _value(value, field)
    return stored


def completed(stored: Body, fields: Mapping[str, Field]) -> Body:
    """A whole document: every field in the index's order, without the vectors."""
    return {
        name: _completed(stored.get(name, field.empty), field)
        for name, field in fields.items()
        if not field.vector
    }


def merged(old: Body, new: Body, fields: Mapping[str, Field]) -> Body:
    """`old` with what `new` has; a complex value is merged field by field (document-stored)."""
    result = dict(old)
    for name, value in new.items():
        field = fields[name]
        if field.complex and not field.many and value is not None and old.get(name) is not None:
            value = merged(old[name], value, field.children)
        result[name] = value
    return result


def check_size(document: Body, fields: Mapping[str, Field]) -> None:
    """Limits that fail one document of a batch."""
    elements = 0
    for field, value in leaves(document, fields):
        if field.complex:
            elements += 1
        elif isinstance(value, str) and len(value) * 4 > LONGEST_TERM:
            whole = any(field.may(name) for name in ("filterable", "sortable", "facetable"))
            if whole and len(value.encode()) > LONGEST_TERM:
                raise Refusal("document-term", field=field.path)
    if elements > COMPLEX_OBJECTS_PER_DOCUMENT:
        limit = COMPLEX_OBJECTS_PER_DOCUMENT
        raise Refusal("document-elements", count=elements, limit=limit)


def leaves(document: Body, fields: Mapping[str, Field]) -> Iterator[tuple[Field, Any]]:
    """Every single value with its field; an element of a complex collection also as a whole."""
    for name, field in fields.items():
        value = document.get(name)
        for item in value if isinstance(value, list) else [value]:
            if item is None:
                continue
            if not field.complex:
                yield field, item
                continue
            if field.many:
                yield field, item
            yield from leaves(item, field.children)


def _completed(value: Any, field: Field) -> Any:
    if not field.complex or value is None:
        return value
    if field.many:
        return [completed(item, field.children) for item in value]
    return completed(value, field.children)


def _value(value: Any, field: Field) -> Any:
    if field.vector:
        return _vector(value, field)
    if not field.many:
        return None if value is None else _item(value, field)
    if value is None:
        raise Refusal("document-null", property=field.name, type=field.type)
    if not isinstance(value, list):
        _refuse_node(value, field, "StartArray")
    if None in value:
        raise Refusal("document-null", property=field.name, type=field.item_type)
    return [_item(item, field) for item in value]


def _item(value: Any, field: Field) -> Any:
    kind = field.item_type
    if kind in ("Edm.ComplexType", "Edm.GeographyPoint"):
        if not isinstance(value, dict):
            _refuse_node(value, field, "StartObject")
        return read(value, field.children) if field.complex else _point(value, field)
    if isinstance(value, list | dict):
        _refuse_node(value, field, "PrimitiveValue")
    if not _fits(value, kind):
        raise Refusal("document-literal", literal=_literal(value), type=kind)
    if kind == "Edm.DateTimeOffset":
        return date_text(value)
    if kind == "Edm.Double":
        return SPECIAL[value] if isinstance(value, str) else float(value)
    return value


def _fits(value: Any, kind: str) -> bool:
    number = isinstance(value, int | float) and not isinstance(value, bool)
    if kind in INTEGERS:
        limit = 2 ** INTEGERS[kind]
        return number and isinstance(value, int) and -limit <= value < limit
    match kind:
        case "Edm.String":
            return isinstance(value, str)
        case "Edm.Boolean":
            return isinstance(value, bool)
        case "Edm.DateTimeOffset":
            return isinstance(value, str) and instant(value) is not None
    return (number and math.isfinite(value)) or (isinstance(value, str) and value in SPECIAL)


def instant(text: str) -> datetime | None:
    """The moment a DateTimeOffset names, in UTC; None if it is not one. A zone is required."""
    if not ZONED.fullmatch(text):
        return None
    shortened = re.sub(r"(\.\d{6})\d+", r"\1", text)
    try:
        return datetime.fromisoformat(shortened).astimezone(UTC)
    except (ValueError, OverflowError):
        return None


def date_text(text: str) -> str:
    """As the service gives it back: UTC, milliseconds, no trailing zeros (QUERIES 1)."""
    moment = instant(text)
    assert moment is not None
    fraction = f"{moment.microsecond // 1000:03}".rstrip("0")
    whole = moment.replace(microsecond=0, tzinfo=None).isoformat()
    return f"{whole}.{fraction}Z" if fraction else f"{whole}Z"


def _point(value: Body, field: Field) -> Body:
    numbers = value.get("coordinates")
    known = set(value) <= {"type", "coordinates", "crs"} and value.get("type") == "Point"
    if not known or not isinstance(numbers, list) or len(numbers) < 2:
        raise Refusal("document-literal", literal=_literal(value), type=field.item_type)
    if not all(_fits(number, "Edm.Double") and not isinstance(number, str) for number in numbers):
        raise Refusal("document-literal", literal=_literal(value), type=field.item_type)
    return {"type": "Point", "coordinates": numbers, "crs": WGS84}


def _vector(value: Any, field: Field) -> Any:
    """A float32 array of shape (d,); bytes of packed bits as they are."""
    import numpy as np

    if value is None:
        raise Refusal("document-null", property=field.name, type=field.type)
    try:
        array = np.asarray(value)
    except ValueError:
        array = np.asarray(None)
    if array.ndim != 1 or (array.size and not _may_be_in(field.item_type, array)):
        raise Refusal("document-literal", literal=_literal(value)[:80], type=field.item_type)
    length = field.vector_length
    if array.size and array.size != length:
        raise Refusal(
            "document-vector-length",
            field=field.path,
            dimensions=field.definition["dimensions"],
            length=length,
            given=array.size,
        )
    with np.errstate(over="ignore"):
        rounded = array.astype(np.float16) if field.item_type == "Edm.Half" else array
        vector = rounded.astype(np.float32)
    if not np.isfinite(vector).all():
        raise Refusal("document-literal", literal=_literal(value)[:80], type=field.item_type)
    return vector


def _may_be_in(kind: str, array: Any) -> bool:
    if kind not in BOUNDS:
        return array.dtype.kind in "iuf"
    least, most = BOUNDS[kind]
    return array.dtype.kind in "iu" and bool(least <= array.min() and array.max() <= most)


def _literal(value: Any) -> str:
    return value if isinstance(value, str) else json.dumps(value)


def _refuse_node(value: Any, field: Field, expected: str) -> NoReturn:
    raise Refusal("document-node", found=node(value), property=field.name, expected=expected)
