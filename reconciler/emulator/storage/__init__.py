"""Where a data source's documents are: a blob service, or a folder that stands for an account."""

from reconciler.emulator.storage.blob import Blob, Container, StorageFailed
from reconciler.emulator.storage.place import (
    Mapped,
    Place,
    Stores,
    connected,
    located,
    open_container,
    opened,
)

__all__ = [
    "Blob",
    "Container",
    "Mapped",
    "Place",
    "StorageFailed",
    "Stores",
    "connected",
    "located",
    "open_container",
    "opened",
]
