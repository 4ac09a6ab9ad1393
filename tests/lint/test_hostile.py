"""A rule sees bodies with anything at any place: it says nothing untrue of a place, and goes on."""

from __future__ import annotations

import copy
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML

from reconciler.lint.rule import Rule, rules
from reconciler.lint.stack import Stack
from reconciler.manifest.contracts import contract_name
from reconciler.model.problem import Where
from reconciler.model.resource import ContractFile, Resource
from reconciler.model.resource_id import ResourceId
from reconciler.model.unknown import Unknown

LATER = Unknown(ResourceId("SearchService", "docs"), "docs", "2025-05-01", ("identity",))
HOSTILE: tuple[Any, ...] = (
    None,
    True,
    0,
    -1.5,
    "",
    "x",
    [],
    {},
    [None],
    [[]],
    [{}],
    {"": 1},
    LATER,
)
EVERY = [pytest.param(rule, id=rule.id) for rule in rules().values()]


def documents(rule: Rule) -> list[dict[str, Any]]:
    """What the rule's own examples declare."""
    text = f"{rule.manual.failing}---\n{rule.manual.passing}"
    return list(YAML(typ="safe").load_all(text))


def spots(value: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """The path of every value beneath a value."""
    pairs = value.items() if isinstance(value, dict) else enumerate(value)
    for key, inner in pairs:
        yield (*path, key)
        if isinstance(inner, (dict, list)):
            yield from spots(inner, (*path, key))


def at(value: Any, path: tuple[Any, ...]) -> Any:
    for key in path:
        value = value[key]
    return value


def with_one(document: dict[str, Any], path: tuple[Any, ...], value: Any) -> dict[str, Any]:
    changed = copy.deepcopy(document)
    at(changed, path[:-1])[path[-1]] = value
    return changed


def resource(document: dict[str, Any], number: int, beside: Any) -> Resource:
    metadata, version = document["metadata"], "2026-04-01"
    name, where = metadata["name"], Where(Path("example.yaml"), number)
    contracts = {
        part: ContractFile(*contract_name(text), beside)
        for part, text in metadata.get("contracts", {}).items()
    }
    id_ = ResourceId(document["kind"], name)
    return Resource(id_, name, version, document["spec"], where, contracts=contracts)


def tell(rule: Rule, every: list[dict[str, Any]], beside: Any) -> None:
    """Check, and look up every place that is told."""
    resources = [resource(document, number, beside) for number, document in enumerate(every)]
    local = tuple(one for one in resources if one.id.kind in ("Check", "EmbeddingModel"))
    sent = tuple(one for one in resources if one not in local)
    for problem in rule.check(Stack(sent, local, Where(Path("reconciler.yaml")), Path(), "test")):
        assert problem.where is not None
        at(every[problem.where.document], problem.where.path)


@pytest.mark.parametrize("rule", EVERY)
def test_anything_at_any_place(rule: Rule) -> None:
    every, beside = documents(rule), YAML(typ="safe").load(rule.manual.beside)
    for number, document in enumerate(every):
        for path in spots(document["spec"], ("spec",)):
            for value in HOSTILE:
                changed = with_one(document, path, value)
                tell(rule, [*every[:number], changed, *every[number + 1 :]], beside)


BESIDE = [pytest.param(rule, id=rule.id) for rule in rules().values() if rule.manual.beside]


@pytest.mark.parametrize("rule", BESIDE)
def test_anything_at_any_place_of_what_is_beside(rule: Rule) -> None:
    """Only what a contract names is there: the loader refuses a file without it."""
    every, beside = documents(rule), YAML(typ="safe").load(rule.manual.beside)
    named = {
        contract_name(text)[1] for one in every for text in one["metadata"]["contracts"].values()
    }
    for path in spots(beside):
        if not any(one[: len(path)] == path for one in named):
            for value in HOSTILE[:-1]:
                tell(rule, every, with_one(beside, path, value))
                tell(rules()["missing-path"], every, with_one(beside, path, value))
