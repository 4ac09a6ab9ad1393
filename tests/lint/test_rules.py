"""Each rule's own two examples, played through `validate`; a new rule brings its tests along."""

from __future__ import annotations

import json
from typing import Any

import pytest

from reconciler.lint.rule import Rule, rules
from tests.world import World

RULES = list(rules().values())
EVERY = [pytest.param(rule, id=rule.id) for rule in RULES]


def problems(world: World, rule: Rule, manifest: str) -> list[dict[str, Any]]:
    """Everything that is told of a manifest, beside which stands what the rule's examples name."""
    if rule.manual.beside:
        world.write("contract.yaml", rule.manual.beside)
    world.write("manifests/example.yaml", manifest)
    printed = json.loads(world.cli("validate", "--format", "json").out)["problems"]
    assert isinstance(printed, list)
    return printed


def severities(world: World, rule: Rule, manifest: str) -> set[str]:
    """How grave what a rule says is."""
    told = problems(world, rule, manifest)
    return {problem["severity"] for problem in told if problem["code"] == rule.id}


@pytest.mark.parametrize("rule", EVERY)
def test_the_failing_example_is_told_and_no_other_error(rule: Rule, offline: World) -> None:
    told = problems(offline, rule, rule.manual.failing)
    assert {problem["severity"] for problem in told if problem["code"] == rule.id} == {
        rule.severity.value
    }
    errors = {problem["code"] for problem in told if problem["severity"] == "error"}
    assert errors <= {rule.id}


@pytest.mark.parametrize("rule", EVERY)
def test_the_passing_example_passes(rule: Rule, offline: World) -> None:
    told = problems(offline, rule, rule.manual.passing)
    wrong = {p["code"] for p in told if p["severity"] == "error" or p["code"] == rule.id}
    assert wrong == set()


@pytest.mark.parametrize("level", ["advice", "warning", "error"])
@pytest.mark.parametrize("rule", EVERY)
def test_the_project_grades_it(rule: Rule, level: str, offline: World) -> None:
    offline.project(f"lint: {{{rule.id}: {level}}}")
    assert severities(offline, rule, rule.manual.failing) == {level}


@pytest.mark.parametrize("rule", EVERY)
def test_the_project_turns_it_off(rule: Rule, offline: World) -> None:
    offline.project(f"lint: {{{rule.id}: off}}")
    assert severities(offline, rule, rule.manual.failing) == set()


@pytest.mark.parametrize("rule", EVERY)
def test_it_is_silenced_beside_the_object(rule: Rule, offline: World) -> None:
    """Though the project makes it an error: what stands closer goes before."""
    offline.project(f"lint: {{{rule.id}: error}}")
    name = next(line for line in rule.manual.failing.splitlines() if line.startswith("metadata:"))
    silenced = name.replace("}", f', lint: {{{rule.id}: "known"}}}}')
    manifest = rule.manual.failing.replace(name, silenced, 1)
    assert severities(offline, rule, manifest) == set()


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
