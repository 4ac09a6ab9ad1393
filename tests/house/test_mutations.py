"""The list of wrong lines that the tables must find is one of lines that are there."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]


def test_every_text_of_the_list_stands_in_its_module_once() -> None:
    command = [sys.executable, "tools/mutations.py", "--check"]
    ran = subprocess.run(command, cwd=ROOT, capture_output=True, encoding="utf-8")
    assert ran.returncode == 0, ran.stderr
