"""Plain JSON, as it is passed between rooms, and its digest."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from reconciler.model.problem import ProblemsError

Json = Any
"""null, bool, int, float, str, list or dict of these; desired bodies may also hold `Sensitive`."""

JsonObject = dict[str, Any]


def parse(content: bytes) -> Json:
    """JSON text as values, by the fastest parser at hand.

    Raises:
        ValueError: it is not JSON.
    """
    from pydantic_core import from_json

    return from_json(content)


Position = tuple[str | int, ...]
"""Where a value stands in another: keys of objects, and indexes of lists from 0."""


def leaves(value: Json, position: Position = ()) -> Iterator[tuple[Position, Any]]:
    """Everything in a value that is neither an object nor a list, in its order."""
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from leaves(inner, (*position, key))
    elif isinstance(value, list):
        for index, inner in enumerate(value):
            yield from leaves(inner, (*position, index))
    else:
        yield position, value


def map_leaves(value: Json, change: Callable[[Any], Any]) -> Json:
    """A copy of a value in which each leaf is what a function makes of it."""
    return map_positions(value, lambda _, leaf: change(leaf))


def map_positions(
    value: Json, change: Callable[[Position, Any], Any], position: Position = ()
) -> Json:
    """A copy of a value in which each leaf is what a function makes of its position and itself."""
    if isinstance(value, dict):
        items = value.items()
        return {key: map_positions(inner, change, (*position, key)) for key, inner in items}
    if isinstance(value, list):
        return [map_positions(inner, change, (*position, i)) for i, inner in enumerate(value)]
    return change(position, value)


def without(value: Json, unwanted: Callable[[Any, Json], bool]) -> Json:
    """A copy of a value without some keys of its objects.

    Args:
        unwanted: whether a key is left out, by itself and by what stands at it.
    """
    if isinstance(value, dict):
        items = value.items()
        return {key: without(inner, unwanted) for key, inner in items if not unwanted(key, inner)}
    if isinstance(value, list):
        return [without(inner, unwanted) for inner in value]
    return value


def canonical(value: Json) -> bytes:
    """The one spelling of a JSON value: sorted keys, no white space, UTF-8."""
    text = json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return text.encode()


def digest(value: Json) -> str:
    """SHA-256 of the canonical spelling, in hexadecimal."""
    return hashlib.sha256(canonical(value)).hexdigest()


@dataclass(frozen=True, slots=True)
class StoredJson:
    """A JSON object kept as text until it is looked at: as Python objects it is five times that."""

    text: bytes

    @classmethod
    def of(cls, value: JsonObject) -> StoredJson:
        """The text of a JSON object, on one line."""
        return cls(json.dumps(value, separators=(",", ":"), ensure_ascii=False).encode())

    @property
    def value(self) -> JsonObject:
        """The object, parsed anew at every call.

        Raises:
            ProblemsError: the text is no JSON object: somebody damaged the ledger that holds it.
        """
        try:
            parsed = parse(self.text)
        except ValueError:
            parsed = None
        if not isinstance(parsed, dict):
            fix = "restore it from a backup, or delete it: what is live is adopted again"
            raise ProblemsError.of("wrong-ledger", "the ledger is damaged", fix)
        return parsed


NOTHING = StoredJson(b"{}")
