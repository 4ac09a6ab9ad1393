"""Whether two services hold the same: an oracle that knows nothing of the kinds' marks."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from tests.laws.parts import CHOSEN, DEFAULTS, Body

_OWN_NAMES = {"targetName": "name", "targetFieldName": "sourceFieldName"}
"""A mapping's target, left out, is called as its source."""

_SPELLINGS = {
    "PT60S": "PT1M",
    "PT60M": "PT1H",
    "usa, united states\n": "usa, united states",
}
"""What the stacks spell in two ways."""

_UNORDERED = frozenset({"allowedOrigins"})
"""Lists in which the order means nothing."""

HAND = "hand_"
"""How fields are called that somebody added by hand: nobody declares them, and they are kept."""


def differences(live: Body, wanted: Body, path: str = "") -> Iterator[str]:
    """Where a live object is not as the one that was created anew from its manifest."""
    yield from _between(_plain(live), _plain(wanted), path)


def _between(live: Any, wanted: Any, path: str) -> Iterator[str]:
    if isinstance(live, dict) and isinstance(wanted or {}, dict):
        wanted = wanted or {}
        for key in sorted(live.keys() | wanted.keys()):
            if key == "startTime" or (key in CHOSEN and key not in wanted):
                continue
            yield from _between(live.get(key), wanted.get(key), f"{path}/{key}")
    elif live != wanted:
        yield f"{path}: {live!r} is live, {wanted!r} is wanted"


def _plain(value: Any) -> Any:
    """Without null, empty, defaults and etags; what goes by a name as a map."""
    if isinstance(value, dict):
        plain = {key: _plain(inner) for key, inner in value.items()}
        plain |= {key: sorted(plain[key] or ()) for key in _UNORDERED & plain.keys()}
        return {key: inner for key, inner in plain.items() if _says_something(key, inner, value)}
    if isinstance(value, list) and value and all(_name(element) for element in value):
        names = {_name(element): _plain(element) for element in value}
        return {name: element for name, element in names.items() if not name.startswith(HAND)}
    if isinstance(value, list):
        return [_plain(inner) for inner in value]
    if isinstance(value, str):
        return _SPELLINGS.get(value, value)
    return float(value) if type(value) is int else value


def _says_something(key: str, value: Any, holder: Body) -> bool:
    if value in (None, [], {}) or (key.startswith("@odata.") and key != "@odata.type"):
        return False
    if key in DEFAULTS and value == DEFAULTS[key]:
        return False
    return key not in _OWN_NAMES or value != holder.get(_OWN_NAMES[key])


def _name(element: Any) -> str:
    """What an element of a list goes by, or nothing."""
    name = (element.get("name") or element.get("address")) if isinstance(element, dict) else None
    return name if isinstance(name, str) else ""
