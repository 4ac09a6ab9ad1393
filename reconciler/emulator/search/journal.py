"""The documents of one index in a file (SQLite), so that a restart finds them again."""

from __future__ import annotations

import json
import os
import sqlite3
import threading
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing
from pathlib import Path
from typing import Any, NamedTuple

Body = dict[str, Any]

TABLES = """
CREATE TABLE IF NOT EXISTS documents (place INTEGER PRIMARY KEY, key TEXT UNIQUE, body TEXT);
CREATE TABLE IF NOT EXISTS vectors (key TEXT, field TEXT, numbers BLOB, PRIMARY KEY (key, field));
"""


class Change(NamedTuple):
    """A document as it is now, with the float32 bytes of its vectors; None when it is gone."""

    key: str
    body: Body | None
    vectors: Mapping[str, bytes]


class Journal:
    """One file. A batch of changes is in it as a whole or not at all; forgotten, it stays away."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._lock = threading.Lock()
        self._forgotten = False

    def load(self) -> Iterator[Change]:
        """The documents in the order in which they were last written."""
        if not self._path.exists():
            return
        with closing(self._connection()) as connection:
            rows = connection.execute("SELECT key, field, numbers FROM vectors")
            vectors: dict[str, dict[str, bytes]] = {}
            for key, field, numbers in rows:
                vectors.setdefault(key, {})[field] = numbers
            for key, body in connection.execute("SELECT key, body FROM documents ORDER BY place"):
                yield Change(key, json.loads(body), vectors.get(key, {}))

    def write(self, changes: Sequence[Change]) -> None:
        with self._lock:
            if self._forgotten:
                return
            with closing(self._connection()) as connection, connection:
                for change in changes:
                    _put(connection, change)

    def forget(self) -> None:
        with self._lock:
            self._forgotten = True
            self._path.unlink(missing_ok=True)

    def _connection(self) -> sqlite3.Connection:
        if not self._path.exists():
            self._path.parent.mkdir(parents=True, exist_ok=True)
            os.close(os.open(self._path, os.O_WRONLY | os.O_CREAT, 0o600))
        connection = sqlite3.connect(self._path)
        connection.executescript(TABLES)
        return connection


def _put(connection: sqlite3.Connection, change: Change) -> None:
    key, body, vectors = change
    connection.execute("DELETE FROM documents WHERE key = ?", (key,))
    connection.execute("DELETE FROM vectors WHERE key = ?", (key,))
    if body is not None:
        row = (key, json.dumps(body))
        connection.execute("INSERT INTO documents (key, body) VALUES (?, ?)", row)
        rows = [(key, field, numbers) for field, numbers in vectors.items()]
        connection.executemany("INSERT INTO vectors VALUES (?, ?, ?)", rows)
