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
    with started(tls=False, **settings) as (url, _):
        yield url


@contextmanager
def served_tls(**settings: Any) -> Iterator[tuple[str, str]]:
    """Its https URL, and the file of the authority that clients must trust."""
    with started(tls=True, **settings) as (url, lines):
        variables = dict(
            line.removeprefix("export ").strip().split("=", 1)
            for line in lines
            if line.startswith("export ")
        )
        assert len(set(variables.values())) == 1
        yield url, variables["SSL_CERT_FILE"]


@contextmanager
def started(tls: bool, **settings: Any) -> Iterator[tuple[str, list[str]]]:
    """The URL, and the other lines it prints when it starts."""
    call = f"serve(Settings(**{settings!r}), 0, tls={tls})"
    program = f"from reconciler.emulator import Settings, serve; {call}"
    with subprocess.Popen(
        [sys.executable, "-c", program], stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout is not None
        try:
            url = process.stdout.readline().strip()
            yield url, [process.stdout.readline() for _ in range(4 if tls else 0)]
        finally:
            process.send_signal(signal.SIGTERM)
        assert process.wait(10) == 0
