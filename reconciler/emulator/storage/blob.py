"""A blob, as every kind of store shows it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import NamedTuple, Protocol


class Blob(NamedTuple):
    """One version of one file. `modified` is in UTC; `deleted` means soft-deleted, still listed."""

    name: str
    url: str
    size: int
    modified: datetime
    content_type: str
    content_md5: str
    etag: str
    metadata: Mapping[str, str]
    deleted: bool = False


class Container(Protocol):
    """A container of blobs. Listing and reading raise `StorageFailed`.

    `keeps_deleted` tells whether a soft-deleted blob is still listed; where it is not, whoever
    looks for deletions takes what was there and is gone for deleted.
    """

    keeps_deleted: bool

    def blobs(self, prefix: str) -> Iterator[Blob]:
        """Every blob whose name begins so, soft-deleted ones too where the store keeps them."""

    def url_of(self, name: str) -> str:
        """The address of a blob, also of one that is gone."""

    def read(self, blob: Blob) -> bytes:
        """The whole content."""

    def close(self) -> None:
        """Lets go of connections; nothing can be read afterwards."""


class StorageFailed(Exception):
    """The store cannot be opened, listed or read; says why, without a secret."""

    def of_data_source(self) -> str:
        """As an indexer tells it: the frame is recorded (rule indexer-credentials)."""
        return (
            f"Error with data source: {self} Please adjust your data source definition in order "
            "to proceed."
        )
