"""What a source value becomes in a field of the index (SKILLS 3.4).

An array for a string, or a string for an array, stays as it is and does not fit.
"""

from __future__ import annotations

import json
import math
import re
from collections.abc import Mapping
from typing import Any

from reconciler.emulator.search.values import SPECIAL

COMPLEX = "Edm.ComplexType"
STRINGS = "Collection(Edm.String)"
WHOLE = re.compile(r"\s*[+-]?\d+\s*")


def fitted(value: Any, field: Mapping[str, Any]) -> Any:
    """`value` as the field takes it, its subfields too: those that the index lacks are dropped.

    A subfield that is null is left out, as a null column is (rule subfields).
    """
    kind = field["type"]
    if kind == COMPLEX:
        return _element(value, field)
    if kind == f"Collection({COMPLEX})" and isinstance(value, list):
        return [_element(one, field) for one in value]
    return coerced(value, kind)


def _element(value: Any, field: Mapping[str, Any]) -> Any:
    if not isinstance(value, dict):
        return value
    subfields = {one["name"].lower(): one for one in field.get("fields") or ()}
    known = ((subfields.get(name.lower()), item) for name, item in value.items())
    return {
        subfield["name"]: _texts(fitted(item, subfield), subfield["type"])
        for subfield, item in known
        if subfield is not None and item is not None
    }


def _texts(value: Any, kind: str) -> Any:
    """Objects in a subfield of strings become JSON: the tutorial's `soloists` pass (inferred)."""
    if kind != STRINGS or not isinstance(value, list):
        return value
    return [json.dumps(one, ensure_ascii=False) if isinstance(one, dict) else one for one in value]


def coerced(value: Any, kind: str) -> Any:
    """`value` as the field type `kind` takes it, or unchanged."""
    if kind == STRINGS and isinstance(value, list):
        return [coerced(one, "Edm.String") for one in value]
    if kind == "Edm.String" and isinstance(value, bool | int | float):
        return json.dumps(value)
    if isinstance(value, str):
        return _parsed(value, kind)
    if kind == "Edm.Double" and isinstance(value, int) and not isinstance(value, bool):
        return float(value)
    return value


def _parsed(text: str, kind: str) -> Any:
    """CSV columns and metadata arrive as strings; an empty one is no number."""
    if kind in ("Edm.Int32", "Edm.Int64"):
        if not text.strip():
            return None
        return int(text) if WHOLE.fullmatch(text) else text
    if kind == "Edm.Double":
        if text.strip() in SPECIAL:
            return text.strip()
        try:
            number = float(text) if text.strip() else None
        except ValueError:
            return text
        return text if number is not None and not math.isfinite(number) else number
    if kind == "Edm.Boolean" and text.strip().lower() in ("true", "false", ""):
        return {"true": True, "false": False}.get(text.strip().lower())
    if kind == "Edm.DateTimeOffset" and not text.strip():
        return None
    return text


def misfit(value: Any, kind: str) -> str:
    """The type of a value whose shape is not the field's; "" when it is, or is null."""
    found = _type_of(value)
    if value is None or kind in ("Edm.GeographyPoint", "Collection(Edm.GeographyPoint)"):
        return ""
    many, whole = "Collection(", "Edm.ComplexType"
    if found.startswith(many) != kind.startswith(many):
        return found
    return found if (whole in found) != (whole in kind) and value != [] else ""


def _type_of(value: Any) -> str:
    match value:
        case [first, *_]:
            return f"Collection({_type_of(first)})"
        case []:
            return "Collection(Edm.String)"
        case dict():
            return "Edm.ComplexType"
        case bool():
            return "Edm.Boolean"
        case int():
            return "Edm.Int64"
        case float():
            return "Edm.Double"
    return "Edm.String"
