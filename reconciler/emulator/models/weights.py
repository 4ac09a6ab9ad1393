"""Reads the weights of a network out of a file that torch saved, without torch."""

from __future__ import annotations

import pickle
from collections import OrderedDict
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    import numpy as np

MAGIC = 0x1950A86A20F9469CFC6C
TYPES = {"FloatStorage": "<f4", "LongStorage": "<i8"}


class Layout(NamedTuple):
    """Where a tensor lies in its storage; strides and offset count elements."""

    storage: str
    type: str
    offset: int
    shape: tuple[int, ...]
    strides: tuple[int, ...]


def read_weights(path: Path) -> dict[str, np.ndarray]:
    """Every tensor of the file by its name. The file is torch's format from before its zip files.

    Raises ValueError for another format, pickle.UnpicklingError for a file that holds more than
    tensors.
    """
    with path.open("rb") as file:
        if _Tensors(file).load() != MAGIC:
            raise ValueError(f"{path.name} is not a file of weights")
        for _ in ("protocol", "machine"):
            _Tensors(file).load()
        layouts: dict[str, Layout] = _Tensors(file).load()
        storages = _storages(file, {layout.storage: layout.type for layout in layouts.values()})
    return {name: _tensor(storages[layout.storage], layout) for name, layout in layouts.items()}


def _storages(file: IO[bytes], types: dict[str, str]) -> dict[str, np.ndarray]:
    """After the names of the storages comes each: its length in elements, then its elements."""
    import numpy as np

    storages = {}
    for name in _Tensors(file).load():
        length = int.from_bytes(file.read(8), "little")
        dtype = np.dtype(types[name])
        storages[name] = np.frombuffer(file.read(length * dtype.itemsize), dtype)
    return storages


def _tensor(storage: np.ndarray, layout: Layout) -> np.ndarray:
    import numpy as np

    strides = [stride * storage.itemsize for stride in layout.strides]
    view = np.lib.stride_tricks.as_strided(storage[layout.offset :], layout.shape, strides)
    return np.ascontiguousarray(view)


class _Tensors(pickle.Unpickler):
    """Knows tensors and nothing else, so a file cannot run code."""

    def find_class(self, module: str, name: str) -> Any:
        match module, name:
            case "collections", "OrderedDict":
                return OrderedDict
            case "torch._utils", "_rebuild_tensor_v2":
                return _layout
            case "torch", _ if name in TYPES:
                return TYPES[name]
        raise pickle.UnpicklingError(f"{module}.{name} is not a tensor")

    def persistent_load(self, pid: Any) -> tuple[str, str]:
        _, dtype, name, *_ = pid
        return name, dtype


def _layout(
    storage: tuple[str, str],
    offset: int,
    shape: tuple[int, ...],
    strides: tuple[int, ...],
    *_: object,
) -> Layout:
    return Layout(*storage, offset, shape, strides)
