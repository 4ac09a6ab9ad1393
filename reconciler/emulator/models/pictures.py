"""Pictures as vectors in the space of the words for what they show."""

from __future__ import annotations

import io
import struct
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from reconciler.emulator.models import network
from reconciler.emulator.models.text_models import TextModel
from reconciler.emulator.models.words import unit

if TYPE_CHECKING:
    import numpy as np
    from PIL import Image

# ImageNet's classes by their names in WordNet 3.0, copyright 2006 by Princeton University.
LABELS = Path(__file__).with_name("labels.txt")
DAMAGE = (OSError, SyntaxError, ValueError, EOFError, struct.error)
COUNTED = 5  # labels that place a picture


class NotAPicture(Exception):
    """The bytes are no picture that can be read."""


class Shown(NamedTuple):
    """What a picture shows, and how likely that is."""

    label: str
    probability: float


def size(picture: bytes) -> tuple[int, int]:
    """Width and height in pixels. Raises NotAPicture."""
    return _opened(picture).size


def shown(picture: bytes) -> list[Shown]:
    """The likeliest things in a picture, the likeliest first. Raises NotAPicture."""
    chances = network.probabilities(_pixels(_opened(picture)))
    best = chances.argsort()[::-1][:COUNTED]
    return [Shown(_labels()[index], float(chances[index])) for index in best]


def embed(pictures: Sequence[bytes], text_model: TextModel) -> np.ndarray:
    """(n, width) float32: the vectors of the labels' words, weighed by probability."""
    import numpy as np

    vectors = np.zeros((len(pictures), text_model.width), np.float32)
    for row, picture in enumerate(pictures):
        for thing in shown(picture):
            vectors[row] += thing.probability * _vector(thing.label, text_model)
    return unit(vectors)


def _opened(picture: bytes) -> Image.Image:
    from PIL import Image, UnidentifiedImageError

    try:
        return Image.open(io.BytesIO(picture))
    except (UnidentifiedImageError, OSError, Image.DecompressionBombError) as error:
        raise NotAPicture from error


def _pixels(image: Image.Image) -> np.ndarray:
    """The middle square, as the network was trained: (224, 224, 3) float32 from -1 to 1."""
    import numpy as np

    try:
        square = _square(image)
    except DAMAGE as error:  # the header was sound, what follows is not
        raise NotAPicture from error
    return (np.asarray(square, np.float32) - 127) / 128


def _square(image: Image.Image) -> Image.Image:
    """Upright, 224 pixels a side, on white where it is transparent."""
    from PIL import Image, ImageOps

    side = (network.SIDE, network.SIDE)
    image.draft("RGB", (2 * network.SIDE, 2 * network.SIDE))  # a large JPEG is read in less detail
    mode = "RGBA" if image.has_transparency_data else "RGB"
    square = ImageOps.fit(
        ImageOps.exif_transpose(image).convert(mode), side, Image.Resampling.BICUBIC
    )
    if mode == "RGBA":
        square = Image.alpha_composite(Image.new("RGBA", side, "white"), square)
    return square.convert("RGB")


@cache
def _labels() -> list[str]:
    return LABELS.read_text(encoding="utf-8").splitlines()


@cache
def _vector(label: str, text_model: TextModel) -> np.ndarray:
    vector: np.ndarray = text_model.embed([label])[0]
    return vector
