"""The walk-through of docs/architecture.md, done in a copy of the tree: three places are a kind."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

from reconciler.providers import CATALOGUE
from tests.docs.pages import ROOT
from tests.house.walkthrough import copy_of, run

SECTION = (ROOT / "docs" / "architecture.md").read_text().split("## Add a kind\n")[1]
MODULE, LINE = re.findall(r"```python\n(.*?)```", SECTION, re.DOTALL)[:2]
MEANINGS = re.findall(r"```md\n(.*?)```", SECTION, re.DOTALL)[0]
EXAMPLE = re.findall(r"```yml\n(.*?)```", SECTION, re.DOTALL)[0]
TABLE = Path("reconciler/providers/azure/__init__.py")
TESTS = ("tests/kinds/test_catalogue.py", "tests/kinds/test_meanings.py")
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

PLANNED = """\
import json, sys
from reconciler.model.resource import Live
from reconciler.planning import make_plan
from reconciler.report.text import render_plan
from reconciler.session.workspace import Settings, Workspace
from tests.planning.stated import situation

[declared] = Workspace(Settings()).manifests.resources
answers = [json.loads(answer) for answer in sys.argv[1:]]
live = [
    Live(declared.id, answer, None, declared.api_version, answer["id"]) for answer in answers
]
print(render_plan(make_plan(situation([declared], live))))
"""
"""A plan of what the project declares and what a service answered, as text."""

ANSWER = {
    "id": "/subscriptions/00000000-0000-0000-0000-000000000000/resourcegroups/docs-rg"
    "/providers/Microsoft.ManagedIdentity/userAssignedIdentities/docs-indexing",
    "name": "docs-indexing",
    "type": "Microsoft.ManagedIdentity/userAssignedIdentities",
    "location": "Sweden Central",
    "tags": {"team": "docs"},
    "properties": {"principalId": "1", "clientId": "2", "tenantId": "3"},
}
"""What Resource Manager says of it."""

IT = "ManagedIdentity/docs-indexing"
PLANS: dict[str, tuple[dict[str, Any] | None, tuple[str, ...]]] = {
    "not there": (None, (f"# {IT} will be created\n+ {IT}\n", '+ /tags: {"team": "docs"}\n')),
    "as declared": (ANSWER, (f"< {IT} will be adopted", "No changes. 1 unchanged")),
    "with another tag": (
        {**ANSWER, "tags": {"team": "search"}},
        (f"# {IT} will be updated in place\n~ {IT}\n", '~ /tags/team: "search" -> "docs"\n'),
    ),
    "elsewhere": (
        {**ANSWER, "location": "westeurope"},
        (f"# {IT} must be recreated", "# cannot change in place\n", f"Refused: {IT} cannot be"),
    ),
}


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """The parts of the tree that a kind is about, with the kind of the page."""
    copy_of(tmp_path, "kinds", "docs", "planning")
    (tmp_path / "reconciler/providers/azure/kinds/managed_identity.py").write_text(MODULE)
    (tmp_path / "reconciler/providers/azure/kinds/managed_identity.md").write_text(MEANINGS)
    table = (tmp_path / TABLE).read_text()
    before = '        "RoleAssignment":'
    assert before in table
    (tmp_path / TABLE).write_text(table.replace(before, LINE + before))
    (tmp_path / "docs/kinds/examples/ManagedIdentity.yaml").write_text(EXAMPLE)
    return tmp_path


def declared(copy: Path) -> Path:
    """The page's example as the one manifest of a project."""
    (copy / "reconciler.yaml").write_text(PROJECT)
    (copy / "manifests").mkdir()
    manifest = copy / "manifests" / "identity.yaml"
    manifest.write_text(EXAMPLE)
    return manifest


def test_three_places_are_a_kind(copy: Path) -> None:
    assert "ManagedIdentity" not in CATALOGUE, "the page shows a kind that is not there yet"
    manifest = declared(copy)
    validated = run(copy, "-m", "reconciler", "validate")
    assert validated.returncode == 0, validated.stderr
    manifest.write_text(EXAMPLE.replace("tags:", "tag:"))
    refused = run(copy, "-m", "reconciler", "validate")
    assert refused.returncode == 1
    assert "manifests/identity.yaml:7:3: " in refused.stderr


@pytest.mark.parametrize(("answer", "says"), PLANS.values(), ids=PLANS)
def test_it_is_planned(copy: Path, answer: dict[str, Any] | None, says: tuple[str, ...]) -> None:
    declared(copy)
    answers = [] if answer is None else [json.dumps(answer)]
    planned = run(copy, "-c", PLANNED, *answers)
    assert planned.returncode == 0, planned.stderr
    for text in says:
        assert text in planned.stdout, planned.stdout


def test_its_page_and_its_tests_find_it(copy: Path) -> None:
    stale = run(copy, "tools/docs.py", "--check")
    assert "docs/kinds/ManagedIdentity.md is stale" in stale.stderr
    assert run(copy, "tools/docs.py").returncode == 0
    page = (copy / "docs" / "kinds" / "ManagedIdentity.md").read_text()
    assert "| `/tags` | mapping to string |  | in-place | Names and values to find the" in page
    options = ("-q", "-p", "no:cacheprovider", "-n", "0", "-k", "ManagedIdentity")
    # None selected would be exit code 5.
    ran = run(copy, "-m", "pytest", *options, *TESTS)
    assert ran.returncode == 0, ran.stdout
