"""What a source value becomes in a field of a given type (SKILLS 3.4).

Scalars only: an array for a string, or a string for an array, stays as it is and does not fit.
"""

from __future__ import annotations

import json
import re
from typing import Any

WHOLE = re.compile(r"\s*[+-]?\d+\s*")


def coerced(value: Any, kind: str) -> Any:
    """`value` as the field type `kind` takes it, or unchanged."""
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
        try:
            return float(text) if text.strip() else None
        except ValueError:
            return text
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
