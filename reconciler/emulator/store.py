"""What an emulated service holds: definitions, etags, indexer runs; in memory or a folder."""

from __future__ import annotations

import itertools
import json
import os
import threading
import time
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import quote

TICKS_AT_EPOCH = 621_355_968_000_000_000  # etags look like .NET ticks: "0x8DE181BA7E4335D"


@dataclass
class Record:
    """One definition. `history` and `current` are an indexer's runs, newest first.

    `numbers` are an index's statistics, or how many documents a data source is said to hold;
    `tracking` is how far an indexer got in its data source.
    """

    name: str
    body: dict[str, Any]
    etag: str = ""
    sequence: int = 0
    history: list[dict[str, Any]] = field(default_factory=list)
    current: dict[str, Any] | None = None
    numbers: dict[str, int] = field(default_factory=dict)
    tracking: dict[str, Any] = field(default_factory=dict)


class Store:
    """Definitions by collection and name. Answers are cached by record and forgotten on change.

    Who works beside the loop (a run, a query) takes `lock` for every look and every change.
    """

    def __init__(self, folder: Path | None) -> None:
        """
        Raises:
            ValueError: the folder holds something else than a state.
        """
        self.lock = threading.RLock()
        self._folder = folder
        self._records: dict[str, dict[str, Record]] = {}
        self._answers: dict[tuple[str, str], dict[str, bytes]] = {}
        self._last_tick = 0
        self._load()
        last = max((record.sequence for _, record in self.everything()), default=0)
        self._sequence = itertools.count(last + 1)

    def everything(self) -> Iterator[tuple[str, Record]]:
        for collection, records in self._records.items():
            for record in records.values():
                yield collection, record

    def all(self, collection: str) -> dict[str, Record]:
        return self._records.setdefault(collection, {})

    def get(self, collection: str, name: str) -> Record | None:
        return self.all(collection).get(name)

    def put(self, collection: str, name: str, body: dict[str, Any]) -> Record:
        record = self.get(collection, name)
        if record is None:
            record = Record(name, body, sequence=next(self._sequence))
            self.all(collection)[name] = record
        record.body = body
        self.touch(collection, record)
        return record

    def touch(self, collection: str, record: Record) -> None:
        """Gives the record a new etag and makes it durable."""
        record.etag = self._next_etag()
        self.save(collection, record)

    def save(self, collection: str, record: Record) -> None:
        self._answers.pop((collection, record.name), None)
        if self._folder is not None:
            write(self._path(self._folder, collection, record.name), asdict(record))

    def delete(self, collection: str, name: str) -> None:
        self.all(collection).pop(name, None)
        self._answers.pop((collection, name), None)
        if self._folder is not None:
            self._path(self._folder, collection, name).unlink(missing_ok=True)

    def clear(self) -> None:
        for collection, record in list(self.everything()):
            self.delete(collection, record.name)

    def answers(self, collection: str, record: Record) -> dict[str, bytes]:
        return self._answers.setdefault((collection, record.name), {})

    def _next_etag(self) -> str:
        now = TICKS_AT_EPOCH + time.time_ns() // 100
        self._last_tick = max(now, self._last_tick + 1)
        return f'"0x{self._last_tick:X}"'

    def _load(self) -> None:
        if self._folder is None:
            return
        for path in sorted(self._folder.glob("*/*.json")):
            try:
                record = Record(**json.loads(path.read_text(encoding="utf-8")))
                self._last_tick = max(self._last_tick, int(record.etag.strip('"'), 16))
            except (OSError, ValueError, TypeError, AttributeError):
                raise ValueError(f"{path} is not an object of an emulator's state") from None
            self.all(path.parent.name)[record.name] = record

    @staticmethod
    def _path(folder: Path, collection: str, name: str) -> Path:
        return folder / collection / f"{quote(name, safe='')}.json"


def write(path: Path, content: dict[str, Any]) -> None:
    """Writes a file that a reader sees as a whole or not at all; it may hold secrets: 0600."""
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_suffix(".draft")
    with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as file:
        json.dump(content, file)
    os.replace(draft, path)
