"""The vectors of one field: one float32 matrix that grows, beside the documents."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]
Mask = NDArray[np.bool_]

FIRST_CAPACITY = 64


class VectorColumn:
    """Vectors by the slot of their document. Rows of documents that are gone are used again."""

    def __init__(self, length: int) -> None:
        self._matrix = np.zeros((0, length), np.float32)
        self._norms = np.zeros(0, np.float32)
        self._slots = np.zeros(0, np.int64)
        self._row_of: dict[int, int] = {}
        self._free: list[int] = []
        self._used = 0

    def __len__(self) -> int:
        return len(self._row_of)

    @property
    def slots(self) -> NDArray[np.int64]:
        """(n,): the document's slot of each row; -1 where there is none."""
        return self._slots[: self._used]

    @property
    def matrix(self) -> Floats:
        """(n, d) float32."""
        return self._matrix[: self._used]

    @property
    def norms(self) -> Floats:
        """(n,): the lengths of the vectors."""
        return self._norms[: self._used]

    def put(self, slot: int, vector: Floats) -> None:
        """Keeps a vector of shape (d,); an empty one is none."""
        self.drop(slot)
        if not vector.size:
            return
        row = self._free.pop() if self._free else self._next_row()
        self._matrix[row] = vector
        with np.errstate(over="ignore"):
            self._norms[row] = np.linalg.norm(vector)
        self._slots[row] = slot
        self._row_of[slot] = row

    def get(self, slot: int) -> Floats | None:
        row = self._row_of.get(slot)
        return None if row is None else self._matrix[row]

    def move(self, old: int, new: int) -> None:
        """A document's vector goes with it to another slot."""
        row = self._row_of.pop(old, None)
        if row is not None:
            self._slots[row] = new
            self._row_of[new] = row

    def drop(self, slot: int) -> None:
        row = self._row_of.pop(slot, None)
        if row is not None:
            self._slots[row] = -1
            self._free.append(row)

    def renumber(self, new_of: Mapping[int, int]) -> None:
        self._row_of = {new_of[slot]: row for slot, row in self._row_of.items()}
        for slot, row in self._row_of.items():
            self._slots[row] = slot

    def _next_row(self) -> int:
        if self._used == len(self._slots):
            capacity = max(FIRST_CAPACITY, 2 * self._used)
            self._matrix = _grown(self._matrix, capacity)
            self._norms = _grown(self._norms, capacity)
            self._slots = _grown(self._slots, capacity)
        self._used += 1
        return self._used - 1


def _grown(array: NDArray[Any], capacity: int) -> NDArray[Any]:
    grown = np.zeros((capacity, *array.shape[1:]), array.dtype)
    grown[: len(array)] = array
    return grown


def numbers(vector: Floats) -> list[float]:
    """As JSON shows them: the shortest text that is this float32, whole numbers as such."""
    return [int(number) if number.is_integer() else float(str(number)) for number in vector]
