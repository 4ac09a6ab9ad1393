"""The shape of a definition: which properties there are, and of what type.

A shape is a type, a list with the shape of an element, or a map with those of its keys: other keys
of the outermost map are refused, further in they are let be. `OPEN` fits everything, null does too.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from reconciler.emulator.refusals import Refusal

Shape = Any
OPEN: Shape = object
TEXTS: Shape = {"*": str}

# What every definition may have beside `properties`.
TOP_LEVEL: dict[str, Shape] = {
    "id": OPEN,
    "name": OPEN,
    "type": OPEN,
    "apiVersion": OPEN,
    "etag": OPEN,
    "systemData": OPEN,
    "zones": OPEN,
    "extendedLocation": OPEN,
    "plan": OPEN,
    "location": str,
    "tags": TEXTS,
    "kind": str,
    "sku": {"name": str},
    "identity": {"type": str},
    "managedBy": str,
}


def check(body: Mapping[str, Any], properties: Mapping[str, Shape]) -> None:
    """Raises Refusal: something strange is in the body, or of another type."""
    shapes = TOP_LEVEL | {"properties": properties}
    given = body.get("properties")
    for key in (*(set(body) - set(shapes)), *(set(_map(given)) - set(properties))):
        text = f"Could not find member '{key}' on object of type 'ResourceDefinition'"
        raise Refusal("arm-body", reason=text)
    path = _misfit(body, shapes, "")
    if path is not None:
        raise Refusal("arm-body", reason=f"Error converting a value. Path '{path}'")


def _map(value: Any) -> Mapping[str, Any]:
    return value if isinstance(value, dict) else {}


def _misfit(value: Any, shape: Shape, path: str) -> str | None:
    """Where the value does not fit."""
    if value is None or shape is OPEN:
        return None
    if isinstance(shape, Mapping):
        if not isinstance(value, dict):
            return path
        parts = ((key, shape.get(key, shape.get("*", OPEN))) for key in value)
        found = (_misfit(value[key], one, f"{path}.{key}".lstrip(".")) for key, one in parts)
        return next((one for one in found if one is not None), None)
    if isinstance(shape, list):
        if not isinstance(value, list) or None in value:
            return path
        found = (_misfit(one, shape[0], f"{path}[{at}]") for at, one in enumerate(value))
        return next((one for one in found if one is not None), None)
    fits = isinstance(value, shape) and (shape is bool or not isinstance(value, bool))
    return None if fits else path
