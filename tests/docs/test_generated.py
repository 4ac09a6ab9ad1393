"""The generated pages: written from the marks and rules of today, and noticed when they are not."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.docs.pages import ROOT
from tests.world import Service


def run(checkout: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "tools/docs.py", *arguments]
    return subprocess.run(command, cwd=checkout, capture_output=True, encoding="utf-8", timeout=60)


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """What the generator reads and writes of the repository."""
    shutil.copytree(ROOT / "tools", tmp_path / "tools")
    shutil.copytree(ROOT / "docs", tmp_path / "docs")
    return tmp_path


def test_they_are_fresh() -> None:
    ran = run(ROOT, "--check")
    assert ran.returncode == 0, ran.stderr


@pytest.mark.parametrize("page", ["effects.md", "emulator.md"])
def test_a_stale_page_is_noticed_and_written_anew(checkout: Path, page: str) -> None:
    file = checkout / "docs" / page
    fresh = file.read_text()
    file.write_text(
        fresh.replace("| 400 |", "| 418 |").replace("| rebuild | `false`", "| rebuild | `true`")
    )
    assert file.read_text() != fresh
    ran = run(checkout, "--check")
    assert ran.returncode == 1
    assert f"docs/{page} is stale" in ran.stderr
    assert run(checkout).returncode == 0
    assert file.read_text() == fresh


def test_what_is_written_by_hand_stays(checkout: Path) -> None:
    file = checkout / "docs" / "emulator.md"
    file.write_text("# By hand\n\n" + file.read_text())
    assert run(checkout).returncode == 0
    assert file.read_text().startswith("# By hand\n")


def test_the_page_has_every_rule_that_is_served(service: Service) -> None:
    page = (ROOT / "docs" / "emulator.md").read_text()
    served = service.http.get("/emulator/rules").json()
    assert len(served) > 50
    missing = [rule["id"] for rule in served if f"| `{rule['id']}` | " not in page]
    assert missing == []
    assert json.dumps(served).count('"seen"') == int(page.split("real service: ")[1].split()[0])


@pytest.mark.parametrize(
    ("line", "why"),
    [
        ("| `/schedule/interval` | in-place |", "in place"),
        ("| `/credentials/connectionString` | in-place |  | secret |", "a secret"),
        ("| `/targetIndexName` | reprocess |  | the name of Index/… |", "a reference"),
        ("| Field | `/dimensions` | rule *field* |", "a family's member"),
        ("| `/purviewEnabled` | rebuild | `false` | since 2025-11-01-preview |", "a default"),
        ('| all | `/context` | reprocess | `"/document"` |', "what all members have"),
    ],
)
def test_marks_are_in_the_tables(line: str, why: str) -> None:
    assert line in (ROOT / "docs" / "effects.md").read_text(), why
