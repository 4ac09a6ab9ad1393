"""What Ctrl-C does to a command that is not to be cut off."""

from __future__ import annotations

import asyncio
import os
import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager


@contextmanager
def interruptible(act: Callable[[], object]) -> Iterator[None]:
    """The first Ctrl-C (or SIGTERM) acts; the second one ends the program at once.

    Only where the event loop can be told of signals; elsewhere the first one ends the program.
    """
    loop = asyncio.get_running_loop()

    def interrupted(number: signal.Signals) -> None:
        loop.remove_signal_handler(number)
        act()

    handled = (signal.SIGINT, signal.SIGTERM) if os.name == "posix" else ()
    for number in handled:
        loop.add_signal_handler(number, interrupted, number)
    try:
        yield
    finally:
        for number in handled:
            loop.remove_signal_handler(number)
