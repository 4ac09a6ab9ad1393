"""The ledger's file, its journal and its lock.

Losing the file is safe: what is live is adopted again, and no edit changes. A damaged one is
refused whole, and so is one of a newer version of the format, or of another project, environment or
endpoint. Every version begins with `{"ledger": {"version": N`, and is read for ever: tests/versions
keeps one of each.
"""

from __future__ import annotations

import os
from contextlib import AbstractContextManager
from pathlib import Path

from reconciler.ledger import codec, format1, journal
from reconciler.ledger.lock import Lock
from reconciler.ledger.recovery import folded
from reconciler.ledger.shapes import VERSION
from reconciler.manifest.reading import state_file, written
from reconciler.model.json import parse
from reconciler.model.ledger import Ledger, LedgerIdentity
from reconciler.model.problem import ProblemsError

_NEWER = "update the tool: a newer one wrote it"
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
        """Whether anything is in its place: a link that leads nowhere is no missing ledger."""
        return os.path.lexists(self.path)

    def load(self) -> Ledger:
        """The ledger with its journal folded in, or a fresh one. Nothing is written.

        Raises:
            ProblemsError: it cannot be read, or belongs to something else.
        """
        ledger = self._read() if self.exists else self._fresh()
        return folded(ledger, journal.read(self.journal))

    def content(self) -> bytes | None:
        """Every byte of the file, unread; None without one, or while a run is in its journal."""
        try:
            settled = self.path.is_file() and not self.journal.exists()
            return self.path.read_bytes() if settled else None
        except OSError:
            return None

    def save(self, ledger: Ledger) -> None:
        """Write the whole ledger durably and atomically, and end its journal."""
        with written(self.path):
            self._replace(codec.encode(ledger))
        self.journal.unlink(missing_ok=True)

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
