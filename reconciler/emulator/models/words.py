"""Texts as vectors of 256 numbers: the mean of their tokens' vectors in WordLlama, unit length."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import numpy as np

WIDTH = 256


def tokens(texts: Sequence[str]) -> list[list[tuple[int, int]]]:
    """Where each token of each text begins and ends, in characters.

    Their number stands for what a text costs (rule model-usage).
    """
    return [encoding.offsets for encoding in _encoded(texts)]


def embed(texts: Sequence[str]) -> np.ndarray:
    """(n, 256) float32; a text without tokens is the zero vector."""
    import numpy as np

    table = _model().embedding
    vectors = np.zeros((len(texts), WIDTH), np.float32)
    for row, encoding in enumerate(_encoded(texts)):
        if encoding.ids:
            vectors[row] = table[encoding.ids].mean(axis=0)
    return unit(vectors)


def unit(vectors: np.ndarray) -> np.ndarray:
    """Rows of length 1, but for zero vectors."""
    import numpy as np

    lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
    scaled: np.ndarray = (vectors / np.maximum(lengths, 1e-12)).astype(np.float32)
    return scaled


def _encoded(texts: Sequence[str]) -> Any:
    return _model().tokenizer.encode_batch(list(texts), add_special_tokens=False)


def _imported() -> Any:
    """Its import sets up logging, which would then print the URL of every call, keys in it too."""
    root, present = logging.getLogger(), logging.NullHandler()
    root.addHandler(present)  # with a handler there, nothing is set up
    import wordllama  # type: ignore[import-untyped]

    root.removeHandler(present)
    return wordllama


@cache
def _model() -> Any:
    """Both arguments are needed to load what the wheel brings: the plain `load()` downloads."""
    wordllama = _imported()
    folder = Path(wordllama.__file__).parent
    model = wordllama.WordLlama.load(cache_dir=folder, disable_download=True)
    model.tokenizer.no_padding()
    return model
