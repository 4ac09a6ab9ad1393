"""What linting takes beside reading the manifests: both in a process that has done nothing before.

`python -m bench.linting FOLDER` prints the two for one project.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

from bench import stacks

ROOT = Path(__file__).parent.parent


class Parts(NamedTuple):
    """Seconds, each with the imports that it takes."""

    reading: float
    linting: float


def table(objects: list[int], kilobytes: list[int], environ: Mapping[str, str]) -> None:
    """A line for each size, the fastest of three; `environ` has what the project's secrets name."""
    print("\nReading manifests without a cache, and linting them (fastest of three)")
    print(f"  {'':<34}{'reading':>10}{'linting':>12}{'share':>9}")
    for size in kilobytes:
        for count in objects:
            parts = _best(count, size, environ)
            name, share = f"{count} objects of {size} KB", parts.linting / parts.reading
            row = f"{parts.reading:8.2f} s  {parts.linting:8.2f} s  {share:7.2f}"
            print(f"  {name:<34}{row}  (goal 1.00)", flush=True)


def _best(objects: int, kilobytes: int, environ: Mapping[str, str]) -> Parts:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name) / "project"
        stacks.write(folder, "http://127.0.0.1:9", objects, kilobytes)
        return min((_apart(folder, environ) for _ in range(3)), key=sum)


def _apart(folder: Path, environ: Mapping[str, str]) -> Parts:
    shutil.rmtree(folder / ".reconciler", ignore_errors=True)
    command = [sys.executable, "-m", "bench.linting", str(folder)]
    ran = subprocess.run(
        command, cwd=ROOT, env={**os.environ, **environ}, capture_output=True, text=True, check=True
    )
    return Parts(*json.loads(ran.stdout))


def measured(folder: Path) -> Parts:
    """One project, read and linted as `validate` does it."""
    from reconciler import Settings
    from reconciler.session.workspace import Workspace

    workspace = Workspace(Settings(folder))
    started = time.perf_counter()
    from reconciler.manifest.load import load_resources

    loaded = load_resources(workspace.project, workspace.environ, workspace.secrets)
    read = time.perf_counter()
    from reconciler import lint

    stack = workspace.stack(tuple(loaded.resources), tuple(loaded.own), loaded.doubtful)
    lint.check(stack)
    return Parts(read - started, time.perf_counter() - read)


if __name__ == "__main__":
    print(json.dumps(measured(Path(sys.argv[1]))))
