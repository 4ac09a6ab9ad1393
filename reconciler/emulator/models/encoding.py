"""Vectors in the formats that an endpoint may be asked for."""

from __future__ import annotations

import base64
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np

SPREAD = 4  # standard deviations of a random unit vector's numbers that a byte covers


def as_numbers(vector: np.ndarray, format: str) -> list[float]:
    """A vector as a list for JSON: `float`, or the whole numbers of another format."""
    numbers: list[float] = _in(vector, format).tolist()
    return numbers


def as_text(vector: np.ndarray, format: str) -> str:
    """A vector as base64 of its bytes; `base64` means those of float32, little-endian."""
    return base64.b64encode(_in(vector, format).tobytes()).decode()


def _in(vector: np.ndarray, format: str) -> np.ndarray:
    """int8 and uint8 are one byte a number, binary and ubinary one bit, which is set above 0."""
    import numpy as np

    if format in ("float", "base64"):
        return vector.astype("<f4")
    if format in ("int8", "uint8"):
        step = SPREAD / np.sqrt(len(vector)) / 127
        whole = np.clip(np.rint(vector / step), -128, 127).astype(np.int16)
        return _bytes(whole + 128, format == "int8")
    return _bytes(np.packbits(vector > 0).astype(np.int16), format == "binary")


def _bytes(unsigned: np.ndarray, signed: bool) -> np.ndarray:
    import numpy as np

    return (unsigned - 128).astype(np.int8) if signed else unsigned.astype(np.uint8)
