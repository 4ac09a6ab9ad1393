"""A vector of 256 numbers brought to the length that a model has.

It is repeated in blocks of 256, each turned by its own fixed rotation, and cut. Turning keeps
every distance, so at multiples of 256 cosines are what they were. In between, the cut block weighs
its part and cosines are off by a few hundredths at most. Below 256 a cut is what WordLlama was
trained for. The first n numbers of a vector are, at unit length, the vector of n dimensions, as it
is with text-embedding-3. Each model turns differently: its vectors mean nothing to another model.
"""

from __future__ import annotations

import zlib
from functools import cache
from typing import TYPE_CHECKING

from reconciler.emulator.models.words import WIDTH, unit

if TYPE_CHECKING:
    import numpy as np


def stretch(vectors: np.ndarray, length: int, space: str) -> np.ndarray:
    """(n, 256) to (n, length) float32 of unit length; `space` names the model's rotations."""
    import numpy as np

    blocks = -(-length // WIDTH)
    turned = [vectors @ _rotation(space, block) for block in range(blocks)]
    return unit(np.concatenate(turned, axis=1)[:, :length])


@cache
def _rotation(space: str, block: int) -> np.ndarray:
    """(256, 256) float32. The first only changes signs: a cut below 256 lives of the order."""
    import numpy as np

    random = np.random.default_rng(zlib.crc32(f"{space} {block}".encode()))
    matrix = random.standard_normal((WIDTH, WIDTH))
    rotation = np.diag(np.sign(matrix[0])) if block == 0 else np.linalg.qr(matrix)[0]
    return rotation.astype(np.float32)
