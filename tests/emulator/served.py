"""An emulator on a socket, in a process of its own."""

from __future__ import annotations

import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any


@contextmanager
def served(**settings: Any) -> Iterator[str]:
    """Its URL; the settings are those of `reconciler.emulator.Settings`. It must end by itself."""
    program = f"from reconciler.emulator import Settings, serve; serve(Settings(**{settings!r}), 0)"
    with subprocess.Popen(
        [sys.executable, "-c", program], stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout is not None
        try:
            yield process.stdout.readline().strip()
        finally:
            process.send_signal(signal.SIGTERM)
        assert process.wait(10) == 0
