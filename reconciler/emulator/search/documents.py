"""What the indexes hold: documents by key; in memory or a folder."""

from __future__ import annotations

from pathlib import Path


class Documents:
    """The documents of every index of one service."""

    def __init__(self, folder: Path | None) -> None:
        self._folder = folder
