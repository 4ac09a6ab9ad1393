"""Services that hold objects which a stable api-version cannot express, in each way to list them.

Which way the real one has is not known; in none is an object that is there taken for gone.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.world import Service, World, emulator

PREVIEW = "2026-08-01-preview"
SPLIT = """
    skills:
      - "@odata.type": "#Microsoft.Skills.Text.SplitSkill"
        inputs: [{name: text, source: /document/content}]
        outputs: [{name: textItems}]
    """
VECTORIZE = {
    "@odata.type": "#Microsoft.Skills.Vision.VectorizeSkill",
    "modelVersion": "2023-04-15",
    "inputs": [{"name": "text", "source": "/document/content"}],
    "outputs": [{"name": "vector"}],
}
SAID = (
    "The skillset 'new' is of a kind that api-version '2026-04-01' does not know "
    "('Microsoft.Skills.Vision.VectorizeSkill')"
)


@pytest.fixture(params=["shows", "hides", "refuses"])
def choice(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def world(choice: str, tmp_path: Path) -> Iterator[World]:
    """A project and a service of its own; what the command line says is what users see."""
    with emulator(tmp_path / "access.log", "--preview-objects", choice) as service:
        world = World(tmp_path / "project", service)
        world.environ["RECONCILER_DEBUG"] = ""
        yield world


def declare_preview(world: World) -> None:
    world.declare("Skillset/new", f"skills: [{VECTORIZE!r}]".replace("'", '"'))
    file = world.root / "manifests/skillset-new.yaml"
    file.write_text(file.read_text().replace("azure-ai-search\n", f"azure-ai-search/{PREVIEW}\n"))


def put_preview(service: Service) -> None:
    body = {"name": "new", "skills": [VECTORIZE]}
    query = {"api-version": PREVIEW}
    assert service.http.put("/skillsets('new')", json=body, params=query).status_code == 201


def test_a_project_with_an_object_of_a_preview(world: World) -> None:
    """Alone, it is listed in its own api-version: no choice matters."""
    declare_preview(world)
    world.apply()
    assert world.cli("plan").last == "No changes. 1 unchanged, 0 unmanaged."
    world.undeclare("Skillset/new")
    world.apply("--consent", "empty")
    assert world.service.get("Skillset/new") is None


def test_beside_an_object_of_a_stable_version(world: World, choice: str) -> None:
    declare_preview(world)
    world.declare("Skillset/old", SPLIT)
    world.apply()
    world.service.calls()
    for command in (["plan"], ["apply", "--yes"], ["drift"]):
        ran = world.cli(*command)
        if choice == "refuses":
            assert ran.code == 1
            assert SAID in ran.err
        else:
            assert ran.code == 0, ran.err
            assert ran.last.startswith(("No changes. 2 unchanged", "No drift"))
    assert world.writes() == []


def test_somebody_elses_under_a_name_that_is_declared(world: World, choice: str) -> None:
    """Hidden, it looks as if there were none: the service takes no creation for an update."""
    put_preview(world.service)
    world.declare("Skillset/new", SPLIT)
    ran = world.cli("apply", "--yes")
    code, said = {
        "shows": (3, "Skillset/new exists, is not ours, and differs in 1 place"),
        "hides": (1, "create Skillset/new: it has changed since it was read: nothing was written"),
        "refuses": (1, SAID),
    }[choice]
    assert ran.code == code
    assert said in ran.out + ran.err
    stored = world.service.http.get("/skillsets('new')", params={"api-version": PREVIEW}).json()
    assert stored["skills"][0]["@odata.type"] == VECTORIZE["@odata.type"]
