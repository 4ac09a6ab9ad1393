"""The ledger's file: JSON with one entry a line, so that it differs well and loads lazily.

Losing it is safe: what is live is adopted again, and no edit changes. A file of a newer version of
the format, or of another project, environment or endpoint is refused. Every version begins with
`{"ledger": {"version": N`, and is read for ever: tests/versions keeps one of each.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any

from reconciler.ledger import journal
from reconciler.ledger.entries import (
    entries_in,
    entry_from_json,
    entry_text,
    run_from_json,
    run_to_json,
)
from reconciler.ledger.lock import Lock
from reconciler.manifest.reading import state_file
from reconciler.model.address import Address
from reconciler.model.json import parse
from reconciler.model.ledger import Entry, Header, Ledger
from reconciler.model.problem import ProblemsError

VERSION = 1
"""Of the format, and of the journal's, whose run it holds."""
_RESTORE = "restore it from a backup; if it is lost, delete it: what is live is adopted again"


class LedgerFile:
    """The ledger of one environment of a project.

    Args:
        folder: the project's `.reconciler` folder.
    """

    def __init__(self, folder: Path, project: str, environment: str, endpoint: str) -> None:
        self.path = state_file(folder, environment, "ledger.json")
        self.journal = state_file(folder, environment, "journal.jsonl")
        self._lock = Lock(state_file(folder, environment, "lock"), environment)
        self._target = (project, environment, endpoint.rstrip("/"))

    @property
    def exists(self) -> bool:
        return self.path.exists()

    def load(self) -> Ledger:
        """The ledger with its journal folded in, or a fresh one. Nothing is written.

        Raises:
            ProblemsError: it cannot be read, or belongs to something else.
        """
        ledger = self._read() if self.path.exists() else self._fresh()
        return journal.folded(ledger, journal.read(self.journal))

    def head(self) -> bytes | None:
        """The first line, which differs whenever the ledger does; None without a settled ledger."""
        try:
            with self.path.open("rb") as file:
                return None if self.journal.exists() else file.readline()
        except OSError:
            return None

    def save(self, ledger: Ledger) -> None:
        """Write the whole ledger durably and atomically, and end its journal."""
        import tempfile

        self.path.parent.mkdir(parents=True, exist_ok=True)
        handle, temporary = tempfile.mkstemp(dir=self.path.parent, suffix=".tmp")
        try:
            with os.fdopen(handle, "wb") as file:
                file.writelines(_lines(ledger))
                file.flush()
                os.fsync(file.fileno())
            os.replace(temporary, self.path)
        except BaseException:
            os.unlink(temporary)
            raise
        _sync_folder(self.path.parent)
        self.journal.unlink(missing_ok=True)

    def locked(self, command: str = "apply", patience: float = 0) -> AbstractContextManager[None]:
        """Hold the ledger for this process alone; the lock ends with the process.

        Args:
            command: what it is held for; another process that waits for it is told.
            patience: for how many seconds to wait for another process.

        Raises:
            ProblemsError: another process holds it, named as far as it is known.
        """
        return self._lock.held(command, patience)

    def _fresh(self) -> Ledger:
        lineage, salt = os.urandom(8).hex(), os.urandom(16).hex()
        return Ledger(Header(*self._target, lineage, salt))

    def _read(self) -> Ledger:
        try:
            data = self.path.read_bytes()
            head = _head(data)
            version = head["ledger"].pop("version")
            if version > VERSION:
                reason = f"has version {version} of its format; this tool knows {VERSION}"
                raise self._broken(reason, "update the tool: a newer one wrote it")
            known = Header(**head["ledger"])
            entries, run = _entries(data), run_from_json(head["run"])
        except OSError as error:
            raise self._broken(f"cannot be read: {error.strerror}") from None
        except (ValueError, KeyError, TypeError, AttributeError):
            raise self._broken("is not a ledger, or is damaged") from None
        found = (known.project, known.environment, known.endpoint)
        if found != self._target:
            wrong = next(i for i in range(3) if found[i] != self._target[i])
            what = ("project", "environment", "endpoint")[wrong]
            reason = f"belongs to {what} {found[wrong]}, not {self._target[wrong]}"
            raise self._broken(reason, f"undo the change of the {what}, or add an environment")
        return Ledger(known, entries, run)

    def _broken(self, reason: str, fix: str = _RESTORE) -> ProblemsError:
        return ProblemsError.of("wrong-ledger", f"the ledger {self.path.name} {reason}", fix)


def _head(data: bytes) -> dict[str, Any]:
    """What stands before the entries: our first line, or all of a file that was reformatted."""
    try:
        head = parse(data.partition(b"\n")[0] + b"]}")
    except ValueError:
        head = parse(data)
    return dict(head)


def _entries(data: bytes) -> dict[Address, Entry]:
    """The entries, line by line as we write them; or those of a file that was reformatted."""
    lines = data.split(b"\n")[1:]
    try:
        if lines[-2:] != [b"]}", b""]:
            raise ValueError("its end is missing")
        entries = list(entries_in(lines))
    except (ValueError, IndexError):
        entries = [entry_from_json(entry) for entry in parse(data)["entries"]]
    return {entry.address: entry for entry in entries}


def _lines(ledger: Ledger) -> Iterator[bytes]:
    header = {"version": VERSION, **_fields(ledger.header)}
    head = json.dumps({"ledger": header, "run": run_to_json(ledger.run)})
    yield head.removesuffix("}").encode() + b', "entries": [\n'
    last = len(ledger.entries) - 1
    for position, entry in enumerate(ledger.entries.values()):
        yield entry_text(entry) + (b"\n" if position == last else b",\n")
    yield b"]}\n"


def _fields(header: Header) -> dict[str, Any]:
    """A header as JSON."""
    return {name: getattr(header, name) for name in Header.__slots__}


def _sync_folder(folder: Path) -> None:
    """Make a rename durable, where the system can."""
    if os.name == "posix":
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
