"""The forward pass of a BERT encoder in numpy: word pieces to the mean of what they turn into."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    import numpy as np

HEAD = 32  # numbers of an attention head: 384 in 12 heads, says the model's config.json
EPSILON = 1e-12  # of layer normalisation, from the same file


class Dense(NamedTuple):
    """`weight` is (inputs, outputs), `bias` (outputs,)."""

    weight: np.ndarray
    bias: np.ndarray

    def __call__(self, rows: np.ndarray) -> np.ndarray:
        product: np.ndarray = rows @ self.weight
        product += self.bias
        return product


class Norm(NamedTuple):
    """Layer normalisation: `scale` and `shift` are (width,)."""

    scale: np.ndarray
    shift: np.ndarray

    def __call__(self, rows: np.ndarray) -> np.ndarray:
        import numpy as np

        centred: np.ndarray = rows - rows.mean(axis=1, keepdims=True)
        variance = np.einsum("ij,ij->i", centred, centred)[:, None] / rows.shape[1]
        centred /= np.sqrt(variance + np.float32(EPSILON))
        centred *= self.scale
        centred += self.shift
        return centred


class Layer(NamedTuple):
    """`attention` makes queries, keys and values at once, (width, 3 * width)."""

    attention: Dense
    attended: Dense
    attended_norm: Norm
    wide: Dense
    narrow: Dense
    norm: Norm


class Network(NamedTuple):
    """`pieces` is (vocabulary, width), `positions` (longest, width)."""

    pieces: np.ndarray
    positions: np.ndarray
    norm: Norm
    layers: tuple[Layer, ...]


def means(network: Network, ids: Sequence[Sequence[int]]) -> np.ndarray:
    """Texts of at least one word piece each to (n, width) float32.

    The pieces of all texts are the rows of one matrix, so nothing is padded; only attention looks
    at each text by itself.
    """
    import numpy as np

    sizes = [len(text) for text in ids]
    starts = np.cumsum([0, *sizes])
    rows = network.pieces[np.concatenate([np.asarray(text) for text in ids])]
    rows = network.norm(rows + np.concatenate([network.positions[:size] for size in sizes]))
    for layer in network.layers:
        rows = _through(rows, layer, starts)
    sums = np.add.reduceat(rows, starts[:-1], axis=0)
    result: np.ndarray = sums / np.array(sizes, np.float32)[:, None]
    return result


def _through(rows: np.ndarray, layer: Layer, starts: np.ndarray) -> np.ndarray:
    import numpy as np

    joined = layer.attention(rows)
    seen = np.empty_like(rows)
    for start, end in pairwise(starts):
        seen[start:end] = _attention(joined[start:end])
    rows = layer.attended_norm(rows + layer.attended(seen))
    return layer.norm(rows + layer.narrow(_gelu(layer.wide(rows))))


def _attention(joined: np.ndarray) -> np.ndarray:
    """Queries, keys and values of one text, (pieces, 3 * width), to (pieces, width)."""
    import numpy as np

    pieces = len(joined)
    queries, keys, values = joined.reshape(pieces, 3, -1, HEAD).transpose(1, 2, 0, 3)
    scores = queries @ keys.transpose(0, 2, 1)
    scores *= np.float32(HEAD**-0.5)
    scores -= scores.max(axis=2, keepdims=True)
    shares = np.exp(scores, out=scores)
    shares /= shares.sum(axis=2, keepdims=True)
    heads: np.ndarray = shares @ values
    return heads.transpose(1, 0, 2).reshape(pieces, -1)


def _gelu(rows: np.ndarray) -> np.ndarray:
    """By tanh, as numpy has no erf: vectors keep a cosine of 0.999999 to the exact ones."""
    import numpy as np

    inner: np.ndarray = rows * rows
    inner *= np.float32(0.044715)
    inner += 1
    inner *= rows
    inner *= np.float32((2 / np.pi) ** 0.5)
    np.tanh(inner, out=inner)
    inner += 1
    inner *= rows
    inner *= np.float32(0.5)
    return inner


def read_network(path: Path) -> Network:
    """The network of a safetensors file with the names that Hugging Face's BertModel gives."""
    from safetensors.numpy import load_file

    weights = load_file(path)
    count = 1 + max(int(name.split(".")[2]) for name in weights if name.startswith("encoder.layer"))
    return Network(
        weights["embeddings.word_embeddings.weight"],
        weights["embeddings.position_embeddings.weight"]
        + weights["embeddings.token_type_embeddings.weight"][0],  # every piece is of type 0
        _norm(weights, "embeddings.LayerNorm"),
        tuple(_layer(weights, f"encoder.layer.{number}") for number in range(count)),
    )


def _layer(weights: dict[str, np.ndarray], name: str) -> Layer:
    looking = [f"{name}.attention.self.{part}" for part in ("query", "key", "value")]
    return Layer(
        _dense(weights, *looking),
        _dense(weights, f"{name}.attention.output.dense"),
        _norm(weights, f"{name}.attention.output.LayerNorm"),
        _dense(weights, f"{name}.intermediate.dense"),
        _dense(weights, f"{name}.output.dense"),
        _norm(weights, f"{name}.output.LayerNorm"),
    )


def _dense(weights: dict[str, np.ndarray], *names: str) -> Dense:
    """One product in place of several; torch keeps (outputs, inputs)."""
    import numpy as np

    weight = np.concatenate([weights[f"{name}.weight"] for name in names])
    bias = np.concatenate([weights[f"{name}.bias"] for name in names])
    return Dense(np.ascontiguousarray(weight.T), bias)


def _norm(weights: dict[str, np.ndarray], name: str) -> Norm:
    return Norm(weights[f"{name}.weight"], weights[f"{name}.bias"])
