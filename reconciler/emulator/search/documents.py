"""What the indexes hold: documents by key; in memory or a folder."""

from __future__ import annotations

import threading
from pathlib import Path
from urllib.parse import quote

from reconciler.emulator.search.holding import Action, Holding, Outcome
from reconciler.emulator.search.journal import Journal
from reconciler.emulator.settings import Settings
from reconciler.emulator.store import Record

__all__ = ["Action", "Documents", "Holding", "Outcome"]


class Documents:
    """The documents of every index of one service."""

    def __init__(self, settings: Settings) -> None:
        self._folder = Path(settings.state_dir) if settings.state_dir else None
        self._approximate = settings.language_analyzers == "approximated"
        self._lock = threading.Lock()
        self._holdings: dict[str, Holding] = {}

    def of(self, index: Record) -> Holding:
        """What the index holds, under its present definition."""
        with self._lock:
            holding = self._holdings.get(index.name)
            if holding is None:
                holding = Holding(index, self._journal(index.name), self._approximate)
                self._holdings[index.name] = holding
        holding.follow(index)
        return holding

    def forget(self, index_name: str) -> None:
        """The index is gone, and its documents with it."""
        with self._lock:
            holding = self._holdings.pop(index_name, None)
        if holding is not None:
            holding.leave()
        elif (journal := self._journal(index_name)) is not None:
            journal.forget()

    def clear(self) -> None:
        for name in list(self._holdings):
            self.forget(name)
        if self._folder is not None:
            for path in self._folder.glob("documents/*.sqlite"):
                path.unlink()

    def _journal(self, index_name: str) -> Journal | None:
        if self._folder is None:
            return None
        return Journal(self._folder / "documents" / f"{quote(index_name, safe='')}.sqlite")
