"""The walk-through of docs/architecture.md, done in a copy of the tree: three places are a kind."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from reconciler.providers import CATALOGUE
from tests.docs.pages import ROOT

SECTION = (ROOT / "docs" / "architecture.md").read_text().split("## Add a kind\n")[1]
MODULE, LINE = re.findall(r"```python\n(.*?)```", SECTION, re.DOTALL)[:2]
EXAMPLE = re.findall(r"```yml\n(.*?)```", SECTION, re.DOTALL)[0]
TABLE = Path("reconciler/providers/azure/__init__.py")
NEEDED = ("reconciler", "docs", "tools", "tests/kinds", "tests/docs", "tests/recordings")
PROJECT = """\
apiVersion: reconciler/v1
kind: Project
metadata: {name: walk}
spec:
  environments:
    dev:
      service: {endpoint: "http://127.0.0.1:9"}
      azure:
        subscription: 00000000-0000-0000-0000-000000000000
        resourceGroup: docs-rg
        location: swedencentral
"""


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """The parts of the tree that a kind is about, with the kind of the page."""
    for name in NEEDED:
        if (ROOT / name).is_dir():
            ignored = shutil.ignore_patterns("__pycache__")
            shutil.copytree(ROOT / name, tmp_path / name, ignore=ignored)
    for name in ("pyproject.toml", "README.md", *_modules("tests")):
        shutil.copy(ROOT / name, tmp_path / name)
    (tmp_path / "reconciler/providers/azure/kinds/managed_identity.py").write_text(MODULE)
    table = (tmp_path / TABLE).read_text()
    before = '        "RoleAssignment":'
    assert before in table
    (tmp_path / TABLE).write_text(table.replace(before, LINE + before))
    (tmp_path / "docs/kinds/examples/ManagedIdentity.yaml").write_text(EXAMPLE)
    return tmp_path


def _modules(folder: str) -> list[str]:
    return [str(path.relative_to(ROOT)) for path in (ROOT / folder).glob("*.py")]


def run(copy: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, *arguments],
        cwd=copy,
        env={**os.environ, "PYTHONPATH": str(copy), "NO_COLOR": "1"},
        capture_output=True,
        encoding="utf-8",
        timeout=120,
    )


def test_three_places_are_a_kind(copy: Path) -> None:
    assert "ManagedIdentity" not in CATALOGUE, "the page shows a kind that is not there yet"
    (copy / "reconciler.yaml").write_text(PROJECT)
    (copy / "manifests").mkdir()
    manifest = copy / "manifests" / "identity.yaml"
    manifest.write_text(EXAMPLE)
    validated = run(copy, "-m", "reconciler", "validate")
    assert validated.returncode == 0, validated.stderr
    manifest.write_text(EXAMPLE.replace("tags:", "tag:"))
    refused = run(copy, "-m", "reconciler", "validate")
    assert refused.returncode == 1
    assert "manifests/identity.yaml:7:3: " in refused.stderr


def test_its_page_and_its_tests_find_it(copy: Path) -> None:
    stale = run(copy, "tools/docs.py", "--check")
    assert "docs/kinds/ManagedIdentity.md is stale" in stale.stderr
    assert run(copy, "tools/docs.py").returncode == 0
    assert "`/tags`" in (copy / "docs" / "kinds" / "ManagedIdentity.md").read_text()
    options = ("-q", "-p", "no:cacheprovider", "-n", "0", "-k", "ManagedIdentity")
    # None selected would be exit code 5.
    ran = run(copy, "-m", "pytest", *options, "tests/kinds/test_catalogue.py")
    assert ran.returncode == 0, ran.stdout
