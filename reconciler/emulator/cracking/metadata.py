"""The nodes that come from the store: metadata_storage_* and the blob's own metadata."""

from __future__ import annotations

from typing import Any

from reconciler.emulator.storage.blob import Blob

Body = dict[str, Any]


def of_storage(blob: Blob) -> Body:
    """SKILLS 2.1: hyphens become underscores; the MD5 only when the blob has one."""
    modified = blob.modified.strftime("%Y-%m-%dT%H:%M:%SZ")
    values: Body = {
        "metadata_storage_content_type": blob.content_type,
        "metadata_storage_size": blob.size,
        "metadata_storage_last_modified": modified,
        "metadata_storage_name": blob.name.rsplit("/", 1)[-1],
        "metadata_storage_path": blob.url,
        "metadata_storage_file_extension": _extension(blob.name),
    }
    if blob.content_md5:
        values["metadata_storage_content_md5"] = blob.content_md5
    own = {name.replace("-", "_"): value for name, value in blob.metadata.items()}
    return own | values


def _extension(name: str) -> str:
    last = name.rsplit("/", 1)[-1]
    return f".{last.rsplit('.', 1)[-1]}" if "." in last else ""


def says(blob: Blob, name: str) -> bool:
    """Whether a blob's metadata has AzureSearch_… = true; names are compared without case."""
    return any(
        key.lower() == name.lower() and value.lower() == "true"
        for key, value in blob.metadata.items()
    )
