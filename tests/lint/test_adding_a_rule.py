"""The walk-through of docs/architecture.md, done in a copy of the tree: one file is a rule."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from reconciler.lint.rule import rules
from tests.docs.pages import ROOT
from tests.house.walkthrough import copy_of, run

SECTION = (ROOT / "docs" / "architecture.md").read_text().split("## Add a lint rule\n")[1]
PYTHON = re.search(r"```python\n(.*?)```", SECTION, re.DOTALL)
FILE = re.search(r"This is `(reconciler/lint/rules/\w+\.py)`", SECTION)


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """The parts of the tree that a rule is about, with the rule of the page."""
    copy_of(tmp_path, "lint", "manifests", "problems")
    assert PYTHON is not None
    assert FILE is not None
    (tmp_path / FILE[1]).write_text(PYTHON[1])
    return tmp_path


def test_one_file_is_a_rule(copy: Path) -> None:
    assert "empty-synonym-map" not in rules(), "the page shows a rule that is not there yet"
    listed = run(copy, "-m", "reconciler", "lint", "list").stdout
    assert "empty-synonym-map" in listed
    explained = run(copy, "-m", "reconciler", "explain", "empty-synonym-map")
    assert explained.stdout.startswith("empty-synonym-map: a synonym map holds no synonyms\n")
    (copy / "reconciler.yaml").write_text(
        "apiVersion: reconciler/v1\nkind: Project\nmetadata: {name: a}\n"
        'spec: {environments: {e: {service: {endpoint: "http://127.0.0.1:9"}}}}\n'
    )
    manifest = explained.stdout.split("Fails:\n\n")[1].split("Passes:")[0]
    (copy / "manifests").mkdir()
    (copy / "manifests" / "places.yaml").write_text(re.sub(r"^ {4}", "", manifest, flags=re.M))
    validated = run(copy, "-m", "reconciler", "validate")
    assert validated.returncode == 0
    assert validated.stderr == (
        "manifests/places.yaml:4:32: advice: the map holds no synonyms [empty-synonym-map]\n"
        "    fix: write some\n"
    )


def test_its_tests_and_its_page_are_made_from_it(copy: Path) -> None:
    stale = run(copy, "tools/docs.py", "--check")
    assert "docs/problems/lint.md is stale" in stale.stderr
    assert run(copy, "tools/docs.py").returncode == 0
    assert "\n## empty-synonym-map\n" in (copy / "docs" / "problems" / "lint.md").read_text()
    options = ("-q", "-p", "no:cacheprovider", "-n", "0", "-k", "empty-synonym-map or entry")
    tests = ("tests/lint/test_rules.py", "tests/problems")
    ran = run(copy, "-m", "pytest", *options, *tests)
    assert ran.returncode == 0, ran.stdout
