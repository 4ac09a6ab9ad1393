"""`apply FILE`: whatever stands in the file, only the project's own plan is ever done."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from reconciler.planning.plan_file import sealed
from tests.cli.conftest import INDEX
from tests.world import World

Edit = Callable[[dict[str, Any]], Any]


def _changes(plan: dict[str, Any]) -> dict[str, Any]:
    change: dict[str, Any] = plan["changes"][0]
    return change


EDITS: dict[str, Edit] = {
    "a value": lambda plan: _changes(plan)["edits"][0].update(after="theirs"),
    "an action": lambda plan: _changes(plan).update(action="delete"),
    "an address": lambda plan: _changes(plan).update(address="Index/other"),
    "no changes": lambda plan: plan["changes"].clear(),
    "a consent": lambda plan: plan["consents"].append("all"),
    "an object": lambda plan: plan["changes"].append({**_changes(plan), "address": "Index/other"}),
    "a deletion": lambda plan: plan["steps"].append(
        {**plan["steps"][0], "id": "delete Index/other", "method": "DELETE", "name": "other"}
    ),
    "a name on the service": lambda plan: plan["steps"][0].update(name="other"),
    "a version": lambda plan: plan["steps"][0].update(apiVersion="2023-11-01"),
    "a target": lambda plan: plan["target"].update(environment="other"),
    "an endpoint": lambda plan: plan["target"]["targets"].update({"azure-ai-search": "http://x"}),
    "a limit": lambda plan: plan["inputs"]["targets"].append("Index/docs"),
}


@pytest.fixture
def planned(applied: World) -> Path:
    """A saved plan of one update; another index is live and not ours."""
    applied.service.put(
        "Index/other", {"fields": [{"name": "id", "type": "Edm.String", "key": True}]}
    )
    applied.declare("Index/docs", INDEX + "description: ours\n")
    assert applied.cli("plan", "--out", "plan.json").code == 0
    applied.writes()
    return applied.root / "plan.json"


@pytest.mark.parametrize("edit", EDITS.values(), ids=EDITS)
def test_an_edited_file_is_refused(applied: World, planned: Path, edit: Edit) -> None:
    value = json.loads(planned.read_text())
    edit(value)
    planned.write_text(json.dumps(value))
    ran = applied.cli("apply", "plan.json")
    assert (ran.code, ran.out) == (1, "")
    assert "plan.json:1:1: error: the saved plan is damaged, or was edited [not-a-plan]" in ran.err
    assert not applied.writes()


@pytest.mark.parametrize("edit", EDITS.values(), ids=EDITS)
def test_one_with_a_checksum_of_its_own_does_nothing_else(
    applied: World, planned: Path, edit: Edit
) -> None:
    """It does what the project's own plan says, or nothing."""
    value = json.loads(planned.read_text())
    edit(value)
    planned.write_text(json.dumps(sealed(value)))
    ran = applied.cli("apply", "plan.json")
    assert ran.code in (0, 1, 3)
    assert applied.writes() in ([], ["PUT /indexes('docs') -> 200"])
    assert (ran.code == 0) == ((applied.service.get("Index/docs") or {})["description"] == "ours")
    assert applied.service.get("Index/other")


@pytest.mark.usefixtures("planned")
def test_more_than_was_approved_is_shown_beside_it(applied: World) -> None:
    applied.declare("Index/docs", INDEX + "description: another\n")
    ran = applied.cli("apply", "plan.json")
    assert ran.code == 3
    assert '+ /description: "ours"' in ran.out.partition("What would be done now:")[0]
    assert '+ /description: "another"' in ran.out.partition("What would be done now:")[2]
    assert "error: Index/docs: /description would be changed otherwise than approved" in ran.err
    told = json.loads(applied.cli("apply", "plan.json", "--format", "json").out)
    assert told["excess"] == ["Index/docs: /description would be changed otherwise than approved"]
    assert not applied.writes()


@pytest.mark.usefixtures("planned")
def test_the_environment_is_that_of_the_file(applied: World) -> None:
    project = applied.root / "reconciler.yaml"
    text = project.read_text()
    test = text.partition("environments:\n")[2]
    project.write_text(
        text
        + test.replace("    test:", "    prod:").replace(applied.service.url, "http://localhost:1")
    )
    assert applied.cli("plan").code == 1
    other = applied.cli("apply", "plan.json", "-e", "prod")
    assert other.code == 1
    assert "the saved plan is for environment test, not prod [other-plan]" in other.err
    assert applied.cli("apply", "plan.json").code == 0
    assert applied.plan("-e", "test")["empty"]


def test_its_limits_are_those_of_the_file(world: World) -> None:
    world.declare("Index/docs", INDEX)
    world.declare("Index/more", INDEX)
    assert world.cli("plan", "--target", "Index/docs", "--out", "plan.json").code == 0
    assert world.cli("apply", "plan.json", "--target", "Index/docs").code != 0
    world.apply("plan.json")
    assert world.service.objects() == {"Index/docs"}


def test_consents_are_not_in_the_file(applied: World) -> None:
    applied.undeclare("Index/docs")
    consents = ("--consent", "Index/docs", "--consent", "empty")
    assert applied.cli("plan", *consents, "--out", "plan.json").code == 0
    ran = applied.cli("apply", "plan.json")
    assert ran.code == 3
    assert "Refused: Index/docs would be deleted" in ran.out
    assert applied.cli("apply", "plan.json", *consents).code == 0
    assert not applied.service.objects()
