"""A copy of the tree, in which a walk-through of docs/architecture.md is done."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

from tests.docs.pages import ROOT

ALWAYS = ("reconciler", "docs", "tools")


def copy_of(folder: Path, *tests: str) -> None:
    """Copy the product, its pages and some folders of tests."""
    ignored = shutil.ignore_patterns("__pycache__", "test_adding_*")
    for name in (*ALWAYS, *(f"tests/{room}" for room in tests)):
        shutil.copytree(ROOT / name, folder / name, ignore=ignored)
    for file in (ROOT / "pyproject.toml", ROOT / "README.md", *(ROOT / "tests").glob("*.py")):
        shutil.copy(file, folder / file.relative_to(ROOT))


def run(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Python in the copy, with what is copied."""
    return subprocess.run(
        [sys.executable, *arguments],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(folder), "NO_COLOR": "1"},
        capture_output=True,
        encoding="utf-8",
        timeout=120,
    )
