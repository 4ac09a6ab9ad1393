"""From a blob to its items: what is extracted, and what becomes of a blob that cannot be read."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

from reconciler.emulator import cracking
from reconciler.emulator.cracking import CrackFailed
from reconciler.emulator.cracking.metadata import of_storage
from reconciler.emulator.indexing.parts import Parts
from reconciler.emulator.indexing.problems import ItemFailed
from reconciler.emulator.storage import Blob, Container, StorageFailed
from reconciler.emulator.tiers import Tier

Body = dict[str, Any]


class Read(NamedTuple):
    """One document's values, and the warnings about it as (message, details)."""

    values: Body
    warnings: list[tuple[str, str]]


class Reader:
    """Reads the blobs of one run."""

    def __init__(self, parts: Parts, container: Container, tier: Tier) -> None:
        self._parts = parts
        self._container = container
        self._tier = tier

    def items(self, blob: Blob) -> Iterator[Read]:
        """The documents of a blob, one by one. Raises ItemFailed."""
        oversized = self._oversized(blob)
        if oversized:
            if not self._parts.configuration.get("indexStorageMetadataOnlyForOversizedDocuments"):
                raise ItemFailed(self._parts.extraction, "Could not read document", oversized)
            yield Read(of_storage(blob), [("Document was too large", oversized)])
            return
        try:
            for item in cracking.parse(self._content(blob), blob, self._parts.configuration):
                yield self._read(item)
        except CrackFailed as failure:
            if self._fails(failure):
                details = str(failure)
                raise ItemFailed(self._parts.extraction, failure.heading, details) from None
            yield Read(of_storage(blob), [(failure.heading, str(failure))])

    def first(self, blob: Blob) -> Body:
        """The values of a soft-deleted blob that is still there, as far as they can be read."""
        try:
            return next(self.items(blob)).values
        except (ItemFailed, StopIteration):
            return of_storage(blob)

    def stored(self, blob: Blob) -> Body:
        """What is known of a blob without its content."""
        return of_storage(blob)

    def _content(self, blob: Blob) -> bytes:
        if self._parts.configuration.get("dataToExtract") == "storageMetadata":
            return b""
        try:
            return self._container.read(blob)
        except StorageFailed as failure:
            place = self._parts.extraction
            raise ItemFailed(place, "Could not read document", str(failure), 503) from None

    def _oversized(self, blob: Blob) -> str:
        limit = self._tier.extraction_bytes
        if blob.size <= limit:
            return ""
        return (
            f"Document is '{blob.size}' bytes, which exceeds the maximum size '{limit}' bytes for "
            "document extraction for your current service tier."
        )

    def _fails(self, failure: CrackFailed) -> bool:
        """Both switches stop a run unless they are off (rule blob-unsupported)."""
        name = "failOnUnsupportedContentType"
        if not failure.unsupported:
            name = "failOnUnprocessableDocument"
        return self._parts.configuration.get(name) is not False

    def _read(self, item: cracking.Item) -> Read:
        values = dict(item.values)
        warnings = [(text, "") for text in item.warnings]
        content, limit = values.get("content"), self._tier.extraction_characters
        if isinstance(content, str) and len(content) > limit:
            values["content"] = content[:limit]
            values |= _within(limit, values)
            warnings.append((f"Truncated extracted text to {limit} characters", ""))
        return Read(values, warnings)


def _within(end: int, values: Body) -> Body:
    """The images, those beyond the cut at its end: Merge takes no offset outside of the text."""
    if "normalized_images" not in values:
        return {}
    images = values["normalized_images"]
    cut = [image | {"contentOffset": min(image["contentOffset"], end)} for image in images]
    return {"normalized_images": cut}
