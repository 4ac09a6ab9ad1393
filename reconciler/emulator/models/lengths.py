"""The vectors of a text model brought to the length that a model has.

A vector is repeated in blocks of its own width, each turned by its own fixed rotation, and cut.
Turning keeps every distance, so at multiples of the width cosines are what they were. In between,
the cut block weighs its part and cosines are off by a few hundredths at most. Below the width a cut
is what WordLlama was trained for, and MiniLM was not. The first n numbers of a vector are, at unit
length, the vector of n dimensions, as it is with text-embedding-3. Each model turns differently:
its vectors mean nothing to another model.
"""

from __future__ import annotations

import zlib
from functools import cache
from typing import TYPE_CHECKING

from reconciler.emulator.models.words import unit

if TYPE_CHECKING:
    import numpy as np


def stretch(vectors: np.ndarray, length: int, space: str) -> np.ndarray:
    """(n, width) to (n, length) float32 of unit length; `space` names the model's rotations."""
    import numpy as np

    width = vectors.shape[1]
    blocks = -(-length // width)
    turned = [vectors @ _rotation(space, block, width) for block in range(blocks)]
    return unit(np.concatenate(turned, axis=1)[:, :length])


@cache
def _rotation(space: str, block: int, width: int) -> np.ndarray:
    """(width, width) float32. The first only changes signs: a short cut lives of the order."""
    import numpy as np

    random = np.random.default_rng(zlib.crc32(f"{space} {block}".encode()))
    matrix = random.standard_normal((width, width))
    rotation = np.diag(np.sign(matrix[0])) if block == 0 else np.linalg.qr(matrix)[0]
    return rotation.astype(np.float32)
