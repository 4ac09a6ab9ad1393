"""The demo as a process, on a copy of the repository: it tells its story, or what is wrong."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
STORY = [
    ("emulator --port 0 --storage docsstorage=storage", None),
    ("validate", 0),
    ("plan --detailed-exitcode", 2),
    ("apply --yes --wait", 0),
    ("plan --detailed-exitcode", 0),
    ("drift", 0),
    ("drift", 2),
    ("plan --detailed-exitcode", 2),
    ("apply --yes", 0),
    ("drift", 0),
    ("query docs", 0),
    ("query docs", 0),
    ("test", 0),
    ("run docs --wait", 0),
    ("query docs", 0),
    ("query docs", 0),
    ("test the-passphrase-rule-is-found", 1),
]


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """What the demo reads of the repository."""
    for folder in ("tools", "manifests", "handbook"):
        shutil.copytree(ROOT / folder, tmp_path / folder)
    shutil.copy(ROOT / "reconciler.yaml", tmp_path)
    return tmp_path


def demo(checkout: Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "tools/demo.py"]
    environ = {**os.environ, "CI": "true"}
    return subprocess.run(
        command, cwd=checkout, env=environ, capture_output=True, encoding="utf-8", timeout=240
    )


def test_the_story_is_told(checkout: Path) -> None:
    ran = demo(checkout)
    assert ran.returncode == 0, ran.stdout + ran.stderr
    assert ran.stderr == ""
    found = re.findall(r"^\$ reconciler ([^#\n]+?)(?:  .*)?$", ran.stdout, re.MULTILINE)
    assert [re.sub("^query docs .*", "query docs", line) for line in found] == [
        line for line, _ in STORY
    ]
    codes = [int(code) for code in re.findall(r"^\[exit code (\d)]$", ran.stdout, re.MULTILINE)]
    assert codes == [code for _, code in STORY if code is not None]
    assert '- Indexer/docs: /schedule {"interval": "PT1H"} -> null' in ran.stdout
    assert (checkout / ".demo" / ".reconciler" / "local.ledger.json").exists()


def test_it_can_be_told_again(checkout: Path) -> None:
    (checkout / ".demo" / ".reconciler").mkdir(parents=True)
    (checkout / ".demo" / ".reconciler" / "local.ledger.json").write_text("left by another run")
    assert demo(checkout).returncode == 0


def test_another_exit_code_is_a_failure(checkout: Path) -> None:
    (checkout / "manifests" / "alias.yaml").write_text("kind: Alias\n")
    ran = demo(checkout)
    assert ran.returncode == 1
    assert "The demo failed: `reconciler validate` ended with 1, not with 0" in ran.stderr


def test_another_outcome_is_a_failure(checkout: Path) -> None:
    (checkout / "manifests" / "model.yaml").unlink()
    ran = demo(checkout)
    assert ran.returncode == 1
    assert (
        "`reconciler validate` did not say: 5 objects and 6 checks or models: no errors."
        in ran.stderr
    )
