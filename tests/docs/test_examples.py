"""Every example is valid in all its environments, has a page, and the page is true."""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path

import pytest

from tests.world import KEY, Service, World

ROOT = Path(__file__).parents[2]
EXAMPLES = sorted(file.parent for file in ROOT.glob("examples/*/reconciler.yaml"))
STORAGE = "DefaultEndpointsProtocol=https;AccountName=x;AccountKey=y"
LOCAL = {"three-environments": "dev"}  # the others call it local

EDITS = [
    ("weights: {partNumber: 10,", "weights: {partNumber: 12,", "in-place"),
    (
        "    - name: price\n",
        "    - {name: mass, type: Edm.Double}\n    - name: price\n",
        "in-place",
    ),
    ("    b: 0.3", "    k1: 1.5\n    b: 0.3", "brief-downtime"),
    ("minGram: 3", "minGram: 2", "rebuild"),
    ("sourceFields: [title, brand]", "sourceFields: [title, brand, categories]", "rebuild"),
    ("      type: Edm.Int32\n      facetable: false", "      type: Edm.Int32", "rebuild"),
]


@pytest.fixture
def here(world: World, example: Path, service: Service) -> World:
    """A copy of an example whose local environment is the running service."""
    shutil.copytree(example, world.root, dirs_exist_ok=True)
    project = world.root / "reconciler.yaml"
    text = project.read_text()
    project.write_text(text.replace("http://127.0.0.1:8471", service.url))
    secrets = re.findall(r"^ +\w+: \{env: (\w+)\}", text, re.MULTILINE)
    world.environ = {"RECONCILER_API_KEY": KEY} | dict.fromkeys(secrets, STORAGE)
    return world


@pytest.fixture
def example(request: pytest.FixtureRequest) -> Path:
    folder: Path = request.param
    return folder


every_example = pytest.mark.parametrize("example", EXAMPLES, ids=lambda p: p.name, indirect=True)


@every_example
def test_it_has_a_page(example: Path) -> None:
    assert (example / "README.md").read_text().startswith("# ")


@every_example
def test_it_is_applied_as_its_page_says(here: World, example: Path) -> None:
    environment = LOCAL.get(example.name, "local")
    page = (example / "README.md").read_text()
    assert f"$ reconciler apply --environment {environment}\n" in page
    assert here.cli("validate", "-e", environment).code == 0
    here.apply("-e", environment)
    assert here.cli("plan", "-e", environment).last.startswith("No changes.")


@every_example
def test_it_is_valid_everywhere(here: World) -> None:
    text = (here.root / "reconciler.yaml").read_text()
    names = re.findall(r"^    ([a-z]+):\n      service:", text, re.MULTILINE)
    assert len(names) >= 2
    for name in names:
        ran = here.cli("validate", "--environment", name)
        assert ran.code == 0, ran.err
        assert ran.err == ""


@pytest.mark.parametrize("example", [ROOT / "examples/keyword-index"], indirect=True)
@pytest.mark.parametrize(("before", "after", "effect"), EDITS)
def test_an_edit_has_the_effect_of_the_table(
    here: World, before: str, after: str, effect: str
) -> None:
    here.apply("-e", "local")
    file = here.root / "manifests" / "parts.yaml"
    text = file.read_text()
    assert text.count(before) == 1
    file.write_text(text.replace(before, after))
    plan = json.loads(here.cli("plan", "-e", "local", "--format", "json").out)
    assert [change["effect"] for change in plan["changes"]] == [effect]
