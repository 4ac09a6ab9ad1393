"""Parsed manifests, kept by the digest of their bytes; never one with a secret written in it.

The cache is invisible: deleting it, or losing the right to write it, changes no result.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import tempfile
from pathlib import Path

from pydantic_core import from_json

from reconciler.model.json import Json
from reconciler.version import __version__

_FORMAT = "1"


class ParseCache:
    """A folder of JSON files, one a manifest file."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def key(self, data: bytes) -> str:
        """What a file's bytes are called here; differs between versions of the tool."""
        return hashlib.sha256(f"{_FORMAT} {__version__}\n".encode() + data).hexdigest()

    def get(self, key: str) -> list[Json] | None:
        """The documents of a file, or None when they are not here or not whole."""
        try:
            documents = from_json((self._folder / f"{key}.json").read_bytes())
        except (OSError, ValueError):
            return None
        return documents if isinstance(documents, list) else None

    def put(self, key: str, documents: list[Json]) -> None:
        """Keep the documents, if that is possible."""
        with contextlib.suppress(OSError):
            self._folder.mkdir(parents=True, exist_ok=True)
            handle, temporary = tempfile.mkstemp(dir=self._folder, suffix=".tmp")
            with os.fdopen(handle, "w") as file:
                json.dump(documents, file, separators=(",", ":"))
            os.replace(temporary, self._folder / f"{key}.json")
