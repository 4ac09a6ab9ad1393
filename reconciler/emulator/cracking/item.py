"""What cracking gives, and how it fails."""

from __future__ import annotations

from typing import Any, NamedTuple

Body = dict[str, Any]

NO_CONTENT = "Could not extract content or metadata from your document"
NOT_PARSED = "Could not parse document"


class Item(NamedTuple):
    """One document of a blob: `values` is what /document holds at first.

    `suffix` is set by parsing modes that make several: path and suffix are the document's key.
    `warnings` are texts for the indexer's status.
    """

    suffix: str | None
    values: Body
    warnings: tuple[str, ...] = ()


class CrackFailed(Exception):
    """A blob cannot be cracked. `str()` is the details, `heading` the error's message.

    `unsupported` is what failOnUnsupportedContentType decides about.
    """

    def __init__(self, message: str, unsupported: bool = False, heading: str = NO_CONTENT) -> None:
        super().__init__(message)
        self.unsupported = unsupported
        self.heading = heading
