"""One process, measured: wall seconds, CPU seconds, peak memory."""

from __future__ import annotations

import os
import subprocess
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NamedTuple


class Measured(NamedTuple):
    """`wall` and `cpu` in seconds, `memory` in MB (peak resident set)."""

    wall: float
    cpu: float
    memory: float


def run(command: Sequence[str], folder: Path, environ: Mapping[str, str]) -> Measured:
    """Run a command to its end.

    Raises:
        RuntimeError: it did not end with 0.
    """
    started = time.perf_counter()
    process = subprocess.Popen(
        command,
        cwd=folder,
        env={**os.environ, **environ},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
    )
    assert process.stderr is not None
    errors = process.stderr.read()
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    wall = time.perf_counter() - started
    if process.returncode != 0:
        raise RuntimeError(f"{' '.join(command)}: {errors.decode()[-500:]}")
    return Measured(wall, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024)


def best(
    command: Sequence[str], folder: Path, environ: Mapping[str, str], times: int = 3
) -> Measured:
    """The fastest of several runs: noise only ever adds."""
    return min((run(command, folder, environ) for _ in range(times)), key=lambda m: m.wall)
