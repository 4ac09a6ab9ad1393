"""Documents by the value of one field, such as the children of a parent."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

Body = dict[str, Any]


class Lookup:
    """The slots by the string in one top-level field, read up to a slot."""

    def __init__(self, field: str) -> None:
        self._field = field
        self._read = 0
        self._slots: dict[str, list[int]] = {}

    def slots(self, value: str, documents: Sequence[Body | None]) -> list[int]:
        """The slots of the documents that are there and have this value."""
        for slot in range(self._read, len(documents)):
            found = (documents[slot] or {}).get(self._field)
            if isinstance(found, str):
                self._slots.setdefault(found, []).append(slot)
        self._read = len(documents)
        return [slot for slot in self._slots.get(value, ()) if documents[slot] is not None]
