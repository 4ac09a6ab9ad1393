"""Which blobs a run takes up: by extension, by what has changed, and which count as deleted."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal, NamedTuple

from reconciler.emulator.storage import Blob, Container, StorageFailed

Body = dict[str, Any]
POLICY = "#Microsoft.Azure.Search."
BY_METADATA = POLICY + "SoftDeleteColumnDeletionDetectionPolicy"
NATIVE = POLICY + "NativeBlobSoftDeleteDeletionDetectionPolicy"


class Due(NamedTuple):
    """A blob that a run has to do something about."""

    what: Literal["index", "delete"]
    name: str
    blob: Blob | None


@dataclass(frozen=True)
class Selection:
    """`seen` holds the etag of every blob that was dealt with, by name.

    What was dealt with is read again if it changed `since` the mark of the last run, which lies 30
    seconds before it (rule blob-changed).
    """

    configuration: Body
    policy: Body
    folder: str
    seen: Mapping[str, str]
    since: datetime

    def due(self, container: Container) -> Iterator[Due]:
        """Raises StorageFailed."""
        check_policy(self.policy)
        listed = set()
        prefix = self.folder.strip("/") + "/" if self.folder.strip("/") else ""
        for blob in container.blobs(prefix):
            listed.add(blob.name)
            if self.is_deleted(blob):
                if self.seen.get(blob.name) != deleted_mark(blob):
                    yield Due("delete", blob.name, blob)
            elif self.is_new(blob) and self.wants(blob):
                yield Due("index", blob.name, blob)
        if self.policy.get("@odata.type") == NATIVE and not container.keeps_deleted:
            for name, mark in self.seen.items():
                if name.startswith(prefix) and name not in listed and mark != GONE:
                    yield Due("delete", name, None)

    def is_new(self, blob: Blob) -> bool:
        """Undeleting a blob does not make it new (SKILLS 4.3)."""
        known = self.seen.get(blob.name)
        if blob.deleted or known == deleted_mark(blob):
            return False
        return known != blob.etag or blob.modified >= self.since

    def is_deleted(self, blob: Blob) -> bool:
        kind = self.policy.get("@odata.type")
        if kind == NATIVE:
            return blob.deleted
        if kind != BY_METADATA or blob.deleted:
            return False
        column, marker = self.policy["softDeleteColumnName"], self.policy["softDeleteMarkerValue"]
        value = metadata_of(blob).get(column.lower())
        return value is not None and value.lower() == str(marker).lower()

    def wants(self, blob: Blob) -> bool:
        """Excluded wins (SKILLS 4.1); AzureSearch_Skip is the blob's own wish (SKILLS 2.3)."""
        if metadata_of(blob).get("azuresearch_skip", "").lower() == "true":
            return False
        name = blob.name.lower()
        only = _extensions(self.configuration.get("indexedFileNameExtensions"))
        never = _extensions(self.configuration.get("excludedFileNameExtensions"))
        if never and name.endswith(never):
            return False
        return not only or name.endswith(only)


def check_policy(policy: Body) -> None:
    """The definition may lack what the policy needs: that fails the run. Raises StorageFailed."""
    if policy.get("@odata.type") != BY_METADATA:
        return
    for name in ("softDeleteColumnName", "softDeleteMarkerValue"):
        if not policy.get(name):
            raise StorageFailed(f"The data deletion detection policy has no '{name}'.")


GONE = "gone"


def deleted_mark(blob: Blob | None) -> str:
    """What is kept of a deletion that was dealt with, so that it is dealt with once."""
    return GONE if blob is None else f"deleted {blob.etag}"


def metadata_of(blob: Blob) -> dict[str, str]:
    return {name.lower(): value for name, value in blob.metadata.items()}


def _extensions(text: Any) -> tuple[str, ...]:
    """`.pdf, .docx`; one without its dot selects nothing (SKILLS P110)."""
    parts = (part.strip().lower() for part in str(text or "").split(","))
    return tuple(part if part.startswith(".") else f"/{part}" for part in parts if part)
