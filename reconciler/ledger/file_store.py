"""The ledger in a file, beside it its journal and its lock.

Losing the file is safe: what is live is adopted again, and no edit changes. A damaged one is
refused whole, and so is one of a newer version of the format, or of another project, environment or
endpoint. Every version begins with `{"ledger": {"version": N`, and is read for ever: tests/versions
keeps one of each.
"""

from __future__ import annotations

import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import BinaryIO

from reconciler.ledger import codec, format1, journal
from reconciler.ledger.journal import Encoder, Line, Sending
from reconciler.ledger.lock import Lock
from reconciler.ledger.recovery import folded
from reconciler.ledger.shapes import VERSION
from reconciler.manifest.reading import state_file, written
from reconciler.model.json import parse
from reconciler.model.ledger import Ledger, LedgerIdentity
from reconciler.model.problem import ProblemsError

_NEWER = "update the tool: a newer one wrote it"
_RESTORE = "restore it from a backup; if it is lost, delete it: what is live is adopted again"


class FileJournal:
    """A journal's file; a line is with the system before the next step begins."""

    def __init__(self, path: Path, file: BinaryIO) -> None:
        self._path = path
        self._file = file
        self._encoder = Encoder()

    async def record(self, line: Line | Sending) -> None:
        with written(self._path):
            self._file.write(self._encoder.encode(line))
            self._file.flush()


class FileStore:
    """The ledger of one environment of a project, as `ledger.store` has it.

    Args:
        folder: the project's `.reconciler` folder.
    """

    def __init__(self, folder: Path, project: str, environment: str, endpoint: str) -> None:
        self.path = state_file(folder, environment, "ledger.json")
        self._journal = state_file(folder, environment, "journal.jsonl")
        self._lock = Lock(state_file(folder, environment, "lock"), environment)
        self._target = (project, environment, endpoint.rstrip("/"))

    @property
    def name(self) -> str:
        return self.path.name

    async def exists(self) -> bool:
        """Whether anything is in its place: a link that leads nowhere is no missing ledger."""
        self._require_folder()
        return os.path.lexists(self.path)

    async def load(self) -> Ledger:
        ledger = self._read() if await self.exists() else self._fresh()
        return folded(ledger, self._lines())

    async def content(self) -> bytes | None:
        try:
            settled = self.path.is_file() and not self._journal.exists()
            return self.path.read_bytes() if settled else None
        except OSError:
            return None

    async def save(self, ledger: Ledger) -> None:
        with written(self.path):
            self._replace(codec.encode(ledger))
        self._journal.unlink(missing_ok=True)

    def _replace(self, content: bytes) -> None:
        import tempfile

        self.path.parent.mkdir(parents=True, exist_ok=True)
        target = self.path.resolve()  # a link stays one
        handle, temporary = tempfile.mkstemp(dir=target.parent, suffix=".tmp")
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(content)
                file.flush()
                os.fsync(file.fileno())
            os.replace(temporary, target)
        except BaseException:
            os.unlink(temporary)
            raise
        _sync_folder(target.parent)

    @asynccontextmanager
    async def journal(self) -> AsyncIterator[FileJournal]:
        self._journal.parent.mkdir(parents=True, exist_ok=True)
        with self._journal.open("ab") as file:
            yield FileJournal(self._journal, file)

    @asynccontextmanager
    async def locked(self, command: str = "apply", patience: float = 0) -> AsyncIterator[None]:
        """As `ledger.store` has it; the lock ends with the process."""
        self._require_folder()
        async with self._lock.held(command, patience):
            yield

    def _require_folder(self) -> None:
        """There is no ledger where its folder is missing, not where it is anything else.

        Raises:
            ProblemsError: it is a file, a link that leads nowhere, or cannot be looked into.
        """
        folder, reason = self.path.parent, ""
        try:
            os.stat(os.path.join(folder, "."))  # which takes the right to look into it
        except FileNotFoundError:
            reason = "leads nowhere" if folder.is_symlink() else ""
        except NotADirectoryError:
            reason = "is not a folder"
        except OSError as error:
            reason = f"cannot be read: {error.strerror}"
        if reason:
            text = f"the folder of the ledger, {folder.name}, {reason}"
            fix = "restore the folder from a backup; if it is lost, delete what is in its place"
            raise ProblemsError.of("wrong-ledger", text, fix)

    def _lines(self) -> list[Line | Sending]:
        """The lines of the journal; none when there is no file."""
        if not os.path.lexists(self._journal):
            return []
        if not self._journal.is_file():
            raise journal.refused(self._journal.name, "is not a file")
        try:
            content = self._journal.read_bytes()
        except OSError as error:
            reason = f"cannot be read: {error.strerror}"
            raise journal.refused(self._journal.name, reason) from None
        return journal.decode(content, self._journal.name)

    def _fresh(self) -> Ledger:
        lineage, salt = os.urandom(8).hex(), os.urandom(16).hex()
        return Ledger(LedgerIdentity(*self._target, lineage, salt))

    def _read(self) -> Ledger:
        if not self.path.is_file():
            raise self._broken("is not a file")
        try:
            data = self.path.read_bytes()
            version = _version(data)
            if version > VERSION:
                reason = f"has version {version} of its format; this tool knows {VERSION}"
                raise self._broken(reason, _NEWER)
            ledger = format1.decode(data) if version == 1 else codec.decode(data)
        except OSError as error:
            raise self._broken(f"cannot be read: {error.strerror}") from None
        except codec.NewerError:
            raise self._broken("holds what this tool does not know", _NEWER) from None
        except codec.DamagedError:
            raise self._broken("is not a ledger, or is damaged") from None
        known = ledger.identity
        found = (known.project, known.environment, known.endpoint)
        if found != self._target:
            wrong = next(i for i in range(3) if found[i] != self._target[i])
            what = ("project", "environment", "endpoint")[wrong]
            reason = f"belongs to {what} {found[wrong]}, not {self._target[wrong]}"
            raise self._broken(reason, f"undo the change of the {what}, or add an environment")
        return ledger

    def _broken(self, reason: str, fix: str = _RESTORE) -> ProblemsError:
        return ProblemsError.of("wrong-ledger", f"the ledger {self.path.name} {reason}", fix)


def _version(data: bytes) -> int:
    """The version of the format, from the first line, or from all of a file that was reformatted.

    Raises:
        DamagedError: there is none.
    """
    for text in (data.partition(b"\n")[0] + b"]}", data):
        try:
            version = parse(text)["ledger"]["version"]
        except (ValueError, KeyError, TypeError, RecursionError):
            continue
        if type(version) is int and version > 0:
            return version
    raise codec.DamagedError("it has no version")


def _sync_folder(folder: Path) -> None:
    """Make a rename durable, where the system can."""
    if os.name == "posix":
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
