"""Parsed manifests, kept by the digest of their bytes, and digests of bodies found to be valid.

Never a file with a secret written in it; and only files whose envelopes are valid.

The cache is invisible: deleting it, or losing the right to write it, changes no result.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
from collections.abc import Callable
from functools import cached_property
from pathlib import Path

from reconciler.model.json import Json
from reconciler.version import __version__

_FORMAT = "2"
_LONGEST = 50_000


class ParseCache:
    """A folder of JSON files, one a manifest file, each after its digest; and a list of digests."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._list = folder / "valid.txt"
        self._new: list[str] = []

    def key(self, data: bytes, judged_as: str = "manifest") -> str:
        """What a file's bytes are called here; differs between versions of the tool.

        Args:
            judged_as: `manifest` or `project`: what is valid as one of them is not as the other.
        """
        head = f"{_FORMAT} {__version__} {judged_as}\n"
        return hashlib.sha256(head.encode() + data).hexdigest()

    def get(self, key: str, parse: Callable[[bytes], Json] = json.loads) -> list[Json] | None:
        """The documents of a file, or None when they are not here or not whole.

        Args:
            parse: JSON to values; for large files one that is worth importing.
        """
        try:
            digest, _, content = (self._folder / f"{key}.json").read_bytes().partition(b"\n")
        except OSError:
            return None
        whole = digest.decode("ascii", "replace") == hashlib.sha256(content).hexdigest()
        try:
            documents: list[Json] | None = parse(content) if whole else None
        except ValueError:
            return None
        return documents

    def put(self, key: str, documents: list[Json]) -> None:
        """Keep the documents, if that is possible."""
        import tempfile

        with contextlib.suppress(OSError):
            self._folder.mkdir(parents=True, exist_ok=True)
            handle, temporary = tempfile.mkstemp(dir=self._folder, suffix=".tmp")
            content = json.dumps(documents, separators=(",", ":")).encode()
            try:
                with os.fdopen(handle, "wb") as file:
                    file.write(f"{hashlib.sha256(content).hexdigest()}\n".encode() + content)
                os.replace(temporary, self._folder / f"{key}.json")
            except OSError:
                os.unlink(temporary)
                raise

    @cached_property
    def _valid(self) -> frozenset[str]:
        try:
            return frozenset(self._list.read_text("ascii").split())
        except (OSError, UnicodeDecodeError):
            return frozenset()

    def is_valid(self, key: str) -> bool:
        """Whether what the key stands for was judged before and found valid."""
        return key in self._valid

    def remember_valid(self, key: str) -> None:
        """What the key stands for is valid; kept by `flush`."""
        self._new.append(key)

    def flush(self) -> None:
        """Write what was remembered, if that is possible; a list grown too long starts anew."""
        if not self._new:
            return
        with contextlib.suppress(OSError):
            self._folder.mkdir(parents=True, exist_ok=True)
            mode = "a" if len(self._valid) < _LONGEST else "w"
            with self._list.open(mode, encoding="ascii") as file:
                file.write("".join(f"{key}\n" for key in self._new))
