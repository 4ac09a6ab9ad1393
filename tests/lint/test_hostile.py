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
from reconciler.model.problem import Where
from reconciler.model.resource import Resource
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


def resource(document: dict[str, Any], number: int) -> Resource:
    name, version = document["metadata"]["name"], "2026-04-01"
    where = Where(Path("example.yaml"), number)
    return Resource(ResourceId(document["kind"], name), name, version, document["spec"], where)


def tell(rule: Rule, every: list[dict[str, Any]]) -> None:
    """Check, and look up every place that is told."""
    resources = [resource(document, number) for number, document in enumerate(every)]
    local = tuple(one for one in resources if one.id.kind in ("Check", "EmbeddingModel"))
    sent = tuple(one for one in resources if one not in local)
    for problem in rule.check(Stack(sent, local, Where(Path("reconciler.yaml")), Path(), "test")):
        assert problem.where is not None
        at(every[problem.where.document], problem.where.path)


@pytest.mark.parametrize("rule", EVERY)
def test_anything_at_any_place(rule: Rule) -> None:
    every = documents(rule)
    for number, document in enumerate(every):
        for path in spots(document["spec"], ("spec",)):
            for value in HOSTILE:
                changed = with_one(document, path, value)
                tell(rule, [*every[:number], changed, *every[number + 1 :]])
