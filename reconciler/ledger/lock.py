"""The ledger's lock: one process at a time, and whoever waits is told for whom."""

from __future__ import annotations

import asyncio
import contextlib
import json
import os
import socket
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path

from reconciler.ledger.author import user
from reconciler.model.problem import ProblemsError

_LONGEST = 4096
_PAUSE = 0.1
"""Seconds between two looks at a lock that another process holds."""


class Lock:
    """A lock that ends with the process, and beside it a file that says who holds it."""

    def __init__(self, path: Path, environment: str) -> None:
        self._path = path
        self._holder = path.with_name(f".{path.name}")
        self._environment = environment

    @asynccontextmanager
    async def held(self, command: str, patience: float) -> AsyncIterator[None]:
        """Hold the lock.

        Raises:
            ProblemsError: another process holds it for longer than the patience (seconds) lasts.
        """
        from filelock import FileLock, Timeout

        self._path.parent.mkdir(parents=True, exist_ok=True)
        lock, until = FileLock(self._path), time.monotonic() + patience
        while not lock.is_locked:
            try:
                lock.acquire(blocking=False)
            except Timeout:
                if time.monotonic() >= until:
                    text = f"the ledger of {self._environment} is held by {self._told()}"
                    fix = "wait until it has ended, or let --lock-timeout 10m wait for it"
                    raise ProblemsError.of("ledger-locked", text, fix) from None
                await asyncio.sleep(_PAUSE)
        try:
            self._tell(command)
            yield
        finally:
            with contextlib.suppress(OSError):
                self._holder.unlink()
            lock.release()

    def _tell(self, command: str) -> None:
        """Write down who holds it, if that is possible."""
        holder = {
            "command": command,
            "user": user(),
            "host": socket.gethostname(),
            "pid": os.getpid(),
            "since": datetime.now(UTC).isoformat(timespec="seconds"),
        }
        with contextlib.suppress(OSError):
            self._holder.write_text(json.dumps(holder), encoding="utf-8")

    def _told(self) -> str:
        """Who holds it, in words."""
        try:
            with self._holder.open("rb") as file:
                value = json.loads(file.read(_LONGEST))
            who, where = f"`reconciler {value['command']}`", f"{value['user']} on {value['host']}"
            return f"{who} of {where} (process {value['pid']}) since {value['since']}"
        except (OSError, ValueError, KeyError, TypeError):
            return "another process"
