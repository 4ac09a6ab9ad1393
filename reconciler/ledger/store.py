"""Where a ledger is kept: what every store does, and nothing of how.

A store is of one ledger: of one environment of a project. Whoever writes holds the lock; whoever
only reads does not wait for it.
"""

from __future__ import annotations

from contextlib import AbstractAsyncContextManager
from typing import Protocol

from reconciler.ledger.journal import Line, Sending
from reconciler.model.ledger import Ledger


class JournalWriter(Protocol):
    """An open journal, written beside a running apply."""

    async def record(self, line: Line | Sending) -> None:
        """Add the end of a step, or what it is about to send, which was not known before.

        It is kept before this returns, also if the process is killed.
        """


class LedgerStore(Protocol):
    """One ledger, its journal and its lock.

    Every method raises `ProblemsError` where the store cannot be reached, where what it holds is
    damaged or of a newer format, and where it belongs to another project, environment or endpoint.
    """

    @property
    def name(self) -> str:
        """What people call the ledger: a file's name, or a blob's."""

    async def exists(self) -> bool:
        """Whether there is a ledger; without one, `load` gives a fresh one."""

    async def load(self) -> Ledger:
        """The ledger with its journal folded in. Nothing is written."""

    async def content(self) -> bytes | None:
        """Every byte of the ledger, unread; None without one, or while a run is in its journal."""

    async def save(self, ledger: Ledger) -> None:
        """Write the whole ledger, durably and atomically, and end its journal."""

    def journal(self) -> AbstractAsyncContextManager[JournalWriter]:
        """The journal, opened to be added to."""

    def locked(self, command: str, patience: float = 0) -> AbstractAsyncContextManager[None]:
        """Hold the ledger for this process alone.

        Args:
            command: what it is held for; another process that waits for it is told.
            patience: for how many seconds to wait for another process.

        Raises:
            ProblemsError: another process holds it, named as far as it is known.
        """
