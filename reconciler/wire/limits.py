"""How long to try and to wait: the limits of one call, and of all that a command asks."""

from __future__ import annotations

import time
from dataclasses import dataclass
from math import inf


@dataclass(frozen=True)
class RetryPolicy:
    """How long to try: attempts at one call, seconds of the first pause and of the longest one.

    `max_retry_after` is the longest pause that a service may ask for (`Retry-After`); `timeout` the
    seconds for one call in whole: its attempts, the pauses between, the last byte of its answer.
    """

    attempts: int = 8
    first: float = 0.5
    longest: float = 30.0
    max_retry_after: float = 300.0
    timeout: float = 120.0


USUAL = RetryPolicy()


class Deadline:
    """When a command must have read what it needs; the clock starts here.

    Writes that were begun are not cut off: what became of them would be unclear.

    Args:
        limit: in seconds; None: it may take as long as it takes.
    """

    def __init__(self, limit: float | None = None) -> None:
        self.limit = limit
        self._end = inf if limit is None else time.monotonic() + limit

    @property
    def left(self) -> float:
        """Seconds; none are left at 0."""
        return max(0.0, self._end - time.monotonic())
