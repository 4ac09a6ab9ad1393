"""docs/plan.md describes the JSON format as it is printed."""

from __future__ import annotations

import json
import re

from tests.docs.pages import ROOT
from tests.world import World

PAGE = (ROOT / "docs" / "plan.md").read_text()


def rows() -> dict[str, set[str]]:
    """The keys of the JSON format, each with the names that its row says are inside."""
    table = PAGE.split("is one object:\n\n", 1)[1].split("\n\n", 1)[0]
    found = {}
    for line in table.splitlines()[2:]:
        keys, about = line.strip("| ").split(" | ", 1)
        for key in re.findall(r"`(\w+)`", keys):
            found[key] = set(re.findall(r"`(\w+)`", about))
    return found


def test_the_json_format_is_as_described(world: World) -> None:
    world.declare("Alias/products", "indexes: [gone]")
    world.declare("Index/gone", "fields: [{name: id, type: Edm.String, key: true}]")
    world.apply()
    world.undeclare("Index/gone")
    world.undeclare("Alias/products")
    world.service.edit("Index/gone", lambda body: body.update(description="by hand"))
    plan = json.loads(world.cli("plan", "--format", "json").out)
    described = rows()
    assert set(plan) == set(described)
    for key in ("changes", "drift", "blocked", "calls"):
        assert set(plan[key][0]) == described[key], key
    assert set(plan["counts"]) <= described["counts"]
    edit = PAGE.split("An edit has ", 1)[1].split(".", 1)[0]
    assert set(plan["drift"][0]["edits"][0]) == set(re.findall(r"`(\w+)`", edit))


def test_the_keys_of_a_problem_are_as_described(world: World) -> None:
    world.write("manifests/a.yaml", "kind: Alias\n")
    problem = json.loads(world.cli("validate", "--format", "json").out)["problems"][0]
    assert set(problem) == rows()["problems"]
