"""The measure of the linter works, and nothing that works is called an error.

`make foresight` measures all; here is a part that is chosen by chance, always the same.
"""

from __future__ import annotations

import json
from itertools import chain
from pathlib import Path

import pytest

from tools.foresight import told
from tools.foresight.families import FAMILIES
from tools.foresight.inputs import inputs
from tools.foresight.measure import Finding, findings, judged, tasks
from tools.foresight.mutator import MUTATORS, Verdict
from tools.foresight.report import as_json, false_alarms, lists, table, told_of

ALONE = {"missing-reference"}
"""Said of a published definition that stands alone: what it names is not beside it."""


@pytest.mark.parametrize("name", inputs())
def test_what_works_has_no_error(name: str, tmp_path: Path) -> None:
    said = told.said(inputs()[name], tmp_path)
    alone = ALONE if name.startswith(("published", "recorded")) else set()
    assert {one for one in said if one.severity == "error" and one.code not in alone} == set()


STACKS = ("catalog", "handbook", "manuals")


@pytest.fixture(scope="module")
def found() -> list[Finding]:
    """A few mutants of every family, of three stacks."""
    few = (tasks(family, stacks=name, limit=4, seed=1) for family in FAMILIES for name in STACKS)
    return list(findings(sorted(chain.from_iterable(few)), workers=1))


def test_no_harmless_edit_is_an_error(found: list[Finding]) -> None:
    assert false_alarms(found) == []


def test_every_family_has_mistakes_with_a_place(found: list[Finding]) -> None:
    assert {one.family for one in found if one.harmful} == set(FAMILIES)
    assert all(one.place and one.description for one in found)


@pytest.mark.parametrize(("refused", "floor"), [(False, 0.95), (True, 0.99)])
def test_nearly_all_are_told(refused: bool, floor: float, found: list[Finding]) -> None:
    """Of all that is harmful, and of what the service refuses."""
    graver = {Verdict.REFUSED} if refused else set(Verdict) - {Verdict.HARMLESS}
    those = [one for one in found if one.truth in graver]
    assert len(told_of(those)) >= floor * len(those) > 50, lists(those)


def test_most_are_told_where_they_are(found: list[Finding]) -> None:
    harmful = [one for one in found if one.harmful]
    assert sum(one.in_place for one in harmful) >= 0.9 * len(harmful)


def test_the_report_counts_them_all(found: list[Finding]) -> None:
    lines = table(found).splitlines()
    assert [line.split()[0] for line in lines[1:]] == [*FAMILIES, "all"]
    assert int(lines[-1].split()[1]) == len(found)
    missed = {one.task.mutator for one in found if one.harmful and not one.told}
    assert all(name in lists(found) for name in missed)
    assert as_json(found).count('"task":') == len(found)


@pytest.mark.parametrize(
    ("mutator", "stack", "outcome"),
    [
        ("path-typo-in-input", "handbook", Verdict.RUN),
        ("path-typo-in-projection", "handbook", Verdict.NULL),
        ("skill-dimensions-differ", "handbook", Verdict.RUN),
        ("profile-typo", "handbook", Verdict.REFUSED),
        ("profile-without-vectorizer", "handbook", Verdict.QUERY),
        ("skills-in-another-order", "handbook", Verdict.HARMLESS),
        ("file-data-left-out", "manuals", Verdict.RUN),
        ("output-mapping-removed", "wiki", Verdict.NULL),
    ],
)
def test_an_emulator_knows_what_becomes_of_it(mutator: str, stack: str, outcome: Verdict) -> None:
    """The harness sees each way in which a mistake shows, as documentation has it."""
    one = judged(tasks(mutator=mutator, stacks=stack, each=1))[0]
    assert (one.outcome, one.truth) == (outcome, outcome)
    assert MUTATORS[mutator].verdict is outcome


def test_every_mutator_makes_a_mistake_somewhere() -> None:
    assert {task.mutator for task in tasks(each=1)} == set(MUTATORS)
    assert len(MUTATORS) >= 60


@pytest.mark.parametrize("name", ["handbook", "catalog", "tickets"])
def test_a_mutant_leaves_the_stack_that_it_is_made_of_alone(name: str) -> None:
    stack = inputs()[name]
    before = json.dumps(stack)
    mutants = [mutant for one in MUTATORS.values() for mutant in one.mutate(stack)]
    assert json.dumps(stack) == before
    assert all(mutant.stack != stack for mutant in mutants)
