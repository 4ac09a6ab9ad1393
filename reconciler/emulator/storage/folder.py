"""A folder that stands for a storage account: its folders are containers, their files blobs.

A blob's metadata is in a file beside it, `<name>.metadata.json`: a flat object of strings. As in
the service, a change of metadata is a change of the blob. Names that begin with a dot are no blobs.
"""

from __future__ import annotations

import json
import mimetypes
import os
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import quote

from reconciler.emulator.storage.blob import Blob, StorageFailed

SIDE_FILE = ".metadata.json"
OFFICE = "application/vnd.openxmlformats-officedocument"
# What the standard table lacks, or has on some machines only.
TYPES = {
    ".docx": f"{OFFICE}.wordprocessingml.document",
    ".pptx": f"{OFFICE}.presentationml.presentation",
    ".xlsx": f"{OFFICE}.spreadsheetml.sheet",
    ".csv": "text/csv",
    ".json": "application/json",
    ".jsonl": "application/json",
    ".log": "text/plain",
    ".md": "text/markdown",
    ".pdf": "application/pdf",
    ".xml": "application/xml",
}


class FolderContainer:
    """A folder of files as a container. A file that is gone is taken for soft-deleted."""

    keeps_deleted = False

    def __init__(self, account: Path, name: str, address: str) -> None:
        """`address` is what the account's URLs begin with. Raises StorageFailed."""
        self._root = account / name
        self._address = f"{address}/{name}"
        if Path(name).name != name or name.startswith(".") or not self._root.is_dir():
            raise StorageFailed(f"The specified container does not exist: '{name}'.")

    def blobs(self, prefix: str) -> Iterator[Blob]:
        try:
            for path in sorted(self._files()):
                name = path.relative_to(self._root).as_posix()
                if name.startswith(prefix) and path.exists():  # it may be gone by now
                    yield self._blob(path, name)
        except OSError as error:
            raise StorageFailed(f"The container cannot be listed: {error.strerror}.") from None

    def url_of(self, name: str) -> str:
        return f"{self._address}/{quote(name, '/~', errors='replace')}"

    def read(self, blob: Blob) -> bytes:
        try:
            return (self._root / blob.name).read_bytes()
        except OSError as error:
            raise StorageFailed(f"The blob cannot be read: {error.strerror}.") from None

    def close(self) -> None:
        """A folder holds no connections."""

    def _files(self) -> Iterator[Path]:
        for folder, folders, files in os.walk(self._root):
            folders[:] = [name for name in folders if not name.startswith(".")]
            held = set(files)
            for name in files:
                beside = name.endswith(SIDE_FILE) and name.removesuffix(SIDE_FILE) in held
                if not name.startswith(".") and not beside:
                    yield Path(folder, name)

    def _blob(self, path: Path, name: str) -> Blob:
        state = path.stat()
        changed = state.st_mtime_ns
        side = path.with_name(path.name + SIDE_FILE)
        metadata: dict[str, str] = {}
        if side.is_file():
            metadata = _metadata(side)
            changed = max(changed, side.stat().st_mtime_ns)
        kind = TYPES.get(path.suffix.lower()) or mimetypes.guess_type(path.name)[0]
        return Blob(
            name=name,
            url=self.url_of(name),
            size=state.st_size,
            modified=datetime.fromtimestamp(changed / 1e9, UTC),
            content_type=kind or "application/octet-stream",
            content_md5="",
            etag=f'"{changed:x}-{state.st_size:x}"',
            metadata=metadata,
        )


def _metadata(side: Path) -> dict[str, str]:
    try:
        given = json.loads(side.read_text(encoding="utf-8"))
    except ValueError:
        given = None
    if not isinstance(given, dict) or not all(isinstance(item, str) for item in given.values()):
        raise StorageFailed(f"'{side.name}' is not a flat JSON object of strings.")
    return given
