"""Each rule's own two examples, played through `validate`; a new rule brings its tests along."""

from __future__ import annotations

import json
from typing import Any

import pytest

from reconciler.lint.rule import Rule, rules
from tests.world import World

RULES = list(rules().values())
EVERY = [pytest.param(rule, id=rule.id) for rule in RULES]


AZURE = (
    "azure: {subscription: 00000000-0000-0000-0000-000000000000, resourceGroup: g, location: eu}"
)


def problems(world: World, manifest: str) -> list[dict[str, Any]]:
    world.write("manifests/example.yaml", manifest)
    project = (world.root / "reconciler.yaml").read_text()
    if "azure-resource-manager" in manifest and AZURE not in project:
        world.write(
            "reconciler.yaml", project.replace("    test:\n", f"    test:\n      {AZURE}\n")
        )
    printed = json.loads(world.cli("validate", "--format", "json").out)["problems"]
    assert isinstance(printed, list)
    return printed


@pytest.mark.parametrize("rule", EVERY)
def test_the_failing_example_is_told_and_nothing_else(rule: Rule, offline: World) -> None:
    told = problems(offline, rule.manual.failing)
    assert {(problem["code"], problem["severity"]) for problem in told} == {
        (rule.id, rule.severity.value)
    }


@pytest.mark.parametrize("rule", EVERY)
def test_the_passing_example_passes(rule: Rule, offline: World) -> None:
    assert problems(offline, rule.manual.passing) == []


@pytest.mark.parametrize("level", ["advice", "warning", "error"])
@pytest.mark.parametrize("rule", EVERY)
def test_the_project_grades_it(rule: Rule, level: str, offline: World) -> None:
    offline.project(f"lint: {{{rule.id}: {level}}}")
    told = problems(offline, rule.manual.failing)
    assert {(problem["code"], problem["severity"]) for problem in told} == {(rule.id, level)}


@pytest.mark.parametrize("rule", EVERY)
def test_the_project_turns_it_off(rule: Rule, offline: World) -> None:
    offline.project(f"lint: {{{rule.id}: off}}")
    assert problems(offline, rule.manual.failing) == []


@pytest.mark.parametrize("rule", EVERY)
def test_it_is_silenced_beside_the_object(rule: Rule, offline: World) -> None:
    """Though the project makes it an error: what stands closer goes before."""
    offline.project(f"lint: {{{rule.id}: error}}")
    name = next(line for line in rule.manual.failing.splitlines() if line.startswith("metadata:"))
    silenced = name.replace("}", f', lint: {{{rule.id}: "known"}}}}')
    assert problems(offline, rule.manual.failing.replace(name, silenced, 1)) == []


@pytest.mark.parametrize("rule", EVERY)
def test_a_module_is_called_after_its_rule(rule: Rule) -> None:
    assert rule.check.__module__.rpartition(".")[2] == rule.id.replace("-", "_")


def test_the_list_has_them_all(offline: World) -> None:
    text = offline.cli("lint", "list")
    assert (text.code, text.err) == (0, "")
    assert [line.split()[:2] for line in text.out.splitlines()] == [
        [rule.id, rule.severity.value] for rule in RULES
    ]
    listed = json.loads(offline.cli("lint", "list", "--format", "json").out)["rules"]
    assert [entry["id"] for entry in listed] == [rule.id for rule in RULES]
    assert all(entry["title"] and entry["meaning"] and entry["remedy"] for entry in listed)
