"""Nothing waits in silence: what is waited for is told, on a terminal sooner than in a log."""

from __future__ import annotations

import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

from reconciler.cli.console import note
from reconciler.model.duration import spelled

FIRST = 2.0
"""Seconds until a terminal sees what is waited for."""
AGAIN = 30.0
"""Seconds until it is told once more, and first in a pipe."""


class _Waits:
    """What is waited for now, and a thread that tells of the longest wait."""

    def __init__(self) -> None:
        self._changed = threading.Condition()
        self._since: dict[int, tuple[float, str]] = {}
        self._number = 0
        self._told = 0.0
        self._thread: threading.Thread | None = None

    def begin(self, what: str) -> int:
        with self._changed:
            self._number += 1
            self._since[self._number] = (time.monotonic(), what)
            if self._thread is None:
                self._thread = threading.Thread(target=self._run, daemon=True)
                self._thread.start()
            return self._number

    def end(self, number: int) -> None:
        with self._changed:
            self._since.pop(number, None)

    def _run(self) -> None:
        """Until nothing was waited for during a whole pause."""
        with self._changed:
            while self._since:
                self._changed.wait(0.2)
                self._tell(time.monotonic())
            self._thread = None

    def _tell(self, now: float) -> None:
        if not self._since:
            return
        since, what = min(self._since.values())
        first = FIRST if sys.stderr.isatty() else AGAIN
        if now < (self._told + AGAIN if self._told > since else since + first):
            return
        self._told = now
        others = len(self._since) - 1
        more = f" and {others} other{'' if others == 1 else 's'}" if others else ""
        note(f"waiting for {what}{more}, since {spelled(round(now - since))}")


_WAITS = _Waits()


@contextmanager
def waiting(what: str) -> Iterator[None]:
    """While it lasts, a person is told of it from time to time."""
    number = _WAITS.begin(what)
    try:
        yield
    finally:
        _WAITS.end(number)
