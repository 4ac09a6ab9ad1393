"""Rules about indexers and what they name: right and wrong instances, one small change each."""

from __future__ import annotations

import json
from typing import Any

import pytest

from reconciler.lint.rule import rules
from tests.lint import data_sources, mappings, settings
from tests.lint.mappings import called
from tests.lint.pipelines import BASE64, CHANGE, MAPPING, MARK, OUTPUT, PATH, STRING, pipeline, told
from tests.world import World

WRONG = [*mappings.WRONG, *settings.WRONG, *data_sources.WRONG]
RIGHT = [*mappings.RIGHT, *settings.RIGHT, *data_sources.RIGHT]
OURS = {rule for rule, *_ in WRONG}


@pytest.mark.parametrize(("rule", "changes", "expected"), WRONG, ids=lambda value: str(value)[:60])
def test_what_is_wrong_is_told_at_its_place(
    rule: str, changes: dict[str, str], expected: list[tuple[str, str]], offline: World
) -> None:
    found = told(offline, rule, changes)
    assert [one.severity for one in found] == [severity for severity, _ in expected]
    for one, (_, place) in zip(found, expected, strict=True):
        assert one.place.startswith(place), one


@pytest.mark.parametrize(("rule", "changes"), RIGHT, ids=lambda value: str(value)[:60])
def test_what_is_right_is_not(rule: str, changes: dict[str, str], offline: World) -> None:
    assert told(offline, rule, changes) == []


def test_the_pipeline_by_itself_is_right(offline: World) -> None:
    offline.write("manifests/docs.yaml", pipeline({}))
    printed = json.loads(offline.cli("validate", "--format", "json").out)["problems"]
    assert {problem["code"] for problem in printed} == {"unfilled-field"}


def test_a_secret_is_in_no_message(offline: World) -> None:
    secret = "a-secret-that-nobody-reads"
    offline.write("manifests/docs.yaml", pipeline({STRING: f"AccountKey={secret}"}))
    ran = offline.cli("validate")
    assert "[connection-string]" in ran.err
    assert secret not in ran.out + ran.err


def test_with_unknown_properties_a_function_may_be_one_that_we_do_not_know(offline: World) -> None:
    offline.project("allowUnknownProperties: true")
    assert told(offline, "mapping-function", called("toXml")) == []


ODD: list[Any] = [None, True, 7, 0.5, "text", "", [], {}, [[]], [None], [{}], {"a": {}}, ["x"]]


@pytest.mark.parametrize("odd", ODD, ids=repr)
def test_any_value_at_any_place_is_passed_over(odd: Any, offline: World) -> None:
    """The rules say what they like of it, and do not fail."""
    documents = [json.loads(text) for text in pipeline(FULL).split("---\n")]
    for document in documents:
        for place in _places(document["spec"]):
            holder, name = place
            kept, holder[name] = holder[name], odd
            offline.write("manifests/docs.yaml", "---\n".join(map(json.dumps, documents)))
            holder[name] = kept
            ran = offline.cli("validate", "--format", "json")
            assert ran.code in (0, 1)
            assert isinstance(json.loads(ran.out)["problems"], list)


FULL = {
    MAPPING: f"[{{{PATH}, {BASE64}}}]",
    OUTPUT: "[{sourceFieldName: /document/title}]",
    "Indexer/parameters": "{maxFailedItems: 1, configuration: {parsingMode: default}}",
    CHANGE: MARK % "_ts",
}


def _places(value: Any) -> list[tuple[Any, Any]]:
    """Every place in a body: its holder, and the key or position."""
    pairs = value.items() if isinstance(value, dict) else enumerate(value)
    found = [(value, key) for key, _ in pairs]
    inner = list(value.values()) if isinstance(value, dict) else value
    return found + [p for one in inner if isinstance(one, (dict, list)) for p in _places(one)]


def test_every_rule_of_pipelines_is_here() -> None:
    assert rules().keys() >= OURS
    assert {rule for rule, _ in RIGHT} == OURS
