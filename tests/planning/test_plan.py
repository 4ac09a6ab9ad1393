"""What a plan says as a whole: its problems, its notes, what it refuses, what it leaves alone."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from reconciler.model import pointer
from reconciler.model.inquiry import Answers
from reconciler.model.ledger import Entry
from reconciler.model.plan import Action
from reconciler.model.pointer import parse
from reconciler.model.problem import Problem, Severity, Where
from reconciler.model.resource import Lifecycle, Live, Resource
from reconciler.model.resource_id import ResourceId
from reconciler.planning import make_plan
from reconciler.planning.inputs import PlanInputs
from tests.planning.stated import Body, entry, ids, live, resource, situation

OLD = "2024-07-01"
WORDS, OTHER = ({"format": "solr", "synonyms": text} for text in ("a, b", "a, c"))
ONE, TWO = resource("SynonymMap/one", WORDS), resource("SynonymMap/two", WORDS)
LIVE, CHANGED = live("SynonymMap/one", WORDS), live("SynonymMap/one", OTHER)
OURS = entry("SynonymMap/one", WORDS)
X = ResourceId("Index", "x")

# what happens to whom

Actions = dict[str, Action]
HAPPENING: dict[str, tuple[PlanInputs, Actions]] = {
    "nothing": (situation([], []), {}),
    "to what is not ours, nothing": (situation([], [LIVE]), {}),
    "to what stays, nothing": (situation([ONE], [LIVE], [OURS]), {}),
    "what is declared": (situation([ONE], []), {"SynonymMap/one": Action.CREATE}),
    "what is declared no more": (situation([], [LIVE], [OURS]), {"SynonymMap/one": Action.DELETE}),
    "what is gone": (situation([], [], [OURS]), {"SynonymMap/one": Action.FORGET}),
    "in the order of names": (
        situation([TWO, ONE], []),
        {"SynonymMap/one": Action.CREATE, "SynonymMap/two": Action.CREATE},
    ),
    "only to what is chosen": (
        situation([ONE, TWO], [], chosen=frozenset(ids("SynonymMap/two"))),
        {"SynonymMap/two": Action.CREATE},
    ),
}


@pytest.mark.parametrize(("inputs", "actions"), HAPPENING.values(), ids=HAPPENING)
def test_what_happens(inputs: PlanInputs, actions: Actions) -> None:
    plan = make_plan(inputs)
    assert {str(change.id): change.action for change in plan.changes} == actions
    assert [str(change.id) for change in plan.changes] == list(actions)


def test_what_is_counted_and_recorded() -> None:
    strangers = [live("SynonymMap/z", WORDS), live("SynonymMap/y", WORDS)]
    plan = make_plan(situation([ONE, TWO], [*strangers, LIVE], [OURS]))
    assert plan.unchanged == 1
    assert [str(one) for one in plan.unmanaged_ids] == ["SynonymMap/y", "SynonymMap/z"]
    assert plan.unmanaged == 2
    assert plan.records == {}
    adopted = make_plan(situation([ONE], [LIVE]))
    assert (adopted.unchanged, set(adopted.records)) == (1, {ONE.id})


# problems

HIDDEN: dict[str, tuple[PlanInputs, list[str]]] = {
    "live in its version": (situation([ONE], [LIVE]), []),
    "live in another version only": (
        situation([resource("SynonymMap/one", WORDS, OLD)], [LIVE]),
        ["hidden-in-version"],
    ),
    "as we wrote it last": (
        situation([], [LIVE], [replace(OURS, api_version=OLD)]),
        ["hidden-in-version"],
    ),
    "not ours": (situation([], [LIVE]), []),
    "not planned for": (
        situation([resource("SynonymMap/one", WORDS, OLD)], [LIVE], chosen=frozenset()),
        [],
    ),
}


@pytest.mark.parametrize(("inputs", "codes"), HIDDEN.values(), ids=HIDDEN)
def test_what_its_version_does_not_show(inputs: PlanInputs, codes: list[str]) -> None:
    plan = make_plan(inputs)
    assert [problem.code for problem in plan.problems] == codes
    assert plan.steps == ()


MATCHING: dict[str, tuple[set[str], frozenset[ResourceId] | None, list[str]]] = {
    "none": (set(), None, []),
    "what is needed": ({"SynonymMap/one"}, None, []),
    "what is needed, for one action": ({"SynonymMap/one:adopt"}, None, []),
    "another object": ({"SynonymMap/two"}, None, ["unused-consent"]),
    "another action": ({"SynonymMap/one:delete"}, None, ["unused-consent"]),
    "a whole": ({"mass-change", "empty"}, None, ["unused-consent"] * 2),
    "a whole, of a part": ({"mass-change"}, frozenset(ids("SynonymMap/one")), []),
    "of what is not planned for": ({"SynonymMap/two"}, frozenset(ids("SynonymMap/one")), []),
    "everything": ({"all", "SynonymMap/two"}, None, []),
}


@pytest.mark.parametrize(("consents", "chosen", "codes"), MATCHING.values(), ids=MATCHING)
def test_consents_that_match_nothing(
    consents: set[str], chosen: frozenset[ResourceId] | None, codes: list[str]
) -> None:
    plan = make_plan(situation([ONE], [CHANGED], consents=frozenset(consents), chosen=chosen))
    assert [problem.code for problem in plan.problems] == codes
    assert {problem.severity for problem in plan.problems} <= {Severity.WARNING}


PLACE = Where(Path("m.yaml"))
TOLD: dict[str, tuple[Problem, Live, Severity]] = {
    "where nothing is sent": (
        Problem("p", "t", PLACE, "", Severity.WARNING, on_write=True),
        LIVE,
        Severity.WARNING,
    ),
    "where it is sent": (
        Problem("p", "t", PLACE, "", Severity.WARNING, on_write=True),
        CHANGED,
        Severity.ERROR,
    ),
    "what may be sent": (
        Problem("p", "t", PLACE, "", Severity.WARNING),
        CHANGED,
        Severity.WARNING,
    ),
    "of another document": (
        Problem("p", "t", Where(Path("n.yaml")), "", Severity.WARNING, on_write=True),
        CHANGED,
        Severity.WARNING,
    ),
}


@pytest.mark.parametrize(("problem", "now", "severity"), TOLD.values(), ids=TOLD)
def test_what_may_stand_and_not_be_sent(problem: Problem, now: Live, severity: Severity) -> None:
    plan = make_plan(situation([ONE], [now], [OURS], problems=(problem,)))
    assert [one.severity for one in plan.problems] == [severity]


# refusals

FOREIGN: dict[str, tuple[Resource, list[Entry], list[str]]] = {
    "ours": (ONE, [OURS], []),
    "not ours": (ONE, [], ["take-over"]),
    "not ours, and to be adopted": (replace(ONE, lifecycle=Lifecycle(adopt=True)), [], []),
}


@pytest.mark.parametrize(("declared", "ours", "codes"), FOREIGN.values(), ids=FOREIGN)
def test_what_is_taken_over(declared: Resource, ours: list[Entry], codes: list[str]) -> None:
    plan = make_plan(situation([declared], [CHANGED], ours))
    assert [refusal.code for refusal in plan.blocked] == codes


FIELDS = {"fields": [{"name": "f", "type": "Edm.String", "synonymMaps": ["one"]}]}
USER = live("Index/x", FIELDS)
REFERRING: dict[str, tuple[PlanInputs, list[str]]] = {
    "a stranger": (situation([], [LIVE, USER], [OURS]), ["empty", "unmanaged-referrer"]),
    "nobody": (situation([], [LIVE], [OURS]), ["empty"]),
    "one of ours": (
        situation([resource("Index/x", FIELDS)], [LIVE, USER], [OURS, entry("Index/x", FIELDS)]),
        [],
    ),
    "a stranger to what stays": (situation([ONE], [LIVE, USER], [OURS]), []),
}


@pytest.mark.parametrize(("inputs", "codes"), REFERRING.values(), ids=REFERRING)
def test_who_refers_to_what_goes(inputs: PlanInputs, codes: list[str]) -> None:
    assert sorted(refusal.code for refusal in make_plan(inputs).blocked) == codes


# notes

LOST: dict[str, tuple[int | None, tuple[str, ...]]] = {
    "not asked": (None, ()),
    "none": (0, ()),
    "one": (1, ("1 document is lost",)),
    "many": (4200, ("4,200 documents are lost",)),
}


@pytest.mark.parametrize(("count", "notes"), LOST.values(), ids=LOST)
def test_how_many_documents_are_lost(count: int | None, notes: tuple[str, ...]) -> None:
    answers = Answers(documents={} if count is None else {X: count})
    gone = situation([], [live("Index/x", {})], [entry("Index/x", {})], answers=answers)
    assert [change.notes for change in make_plan(gone).changes] == [notes]
    stays = situation([resource("Index/x", {})], [live("Index/x", {})], answers=answers)
    assert [change.notes for change in make_plan(stays).changes] == [()]


LIMITED: dict[str, tuple[frozenset[ResourceId] | None, tuple[str, ...]]] = {
    "everything": (None, ()),
    "all that there is": (frozenset(ids("SynonymMap/one", "SynonymMap/two")), ()),
    "one of two": (
        frozenset(ids("SynonymMap/two")),
        ("limited to 1 of 2 objects by --target or --exclude",),
    ),
}


@pytest.mark.parametrize(("chosen", "notes"), LIMITED.values(), ids=LIMITED)
def test_what_a_plan_is_limited_to(
    chosen: frozenset[ResourceId] | None, notes: tuple[str, ...]
) -> None:
    assert make_plan(situation([TWO], [LIVE], [OURS], chosen=chosen)).notes == notes


READING: dict[str, tuple[str, Body, Body, bool]] = {
    "another query": ("DataSource/d", {"container": {"query": "a"}}, {"container": {}}, True),
    "another description": ("DataSource/d", {"description": "a"}, {"description": "b"}, False),
}


@pytest.mark.parametrize(("address", "before", "after", "told"), READING.values(), ids=READING)
def test_what_keeps_its_old_result(address: str, before: Body, after: Body, told: bool) -> None:
    plan = make_plan(
        situation([resource(address, after)], [live(address, before)], [entry(address, before)])
    )
    assert [note.rpartition(": ")[2] for note in plan.notes] == ([address] if told else [])


# drift beside the plan

DRIFTED: dict[str, tuple[Resource, Live, list[list[str]]]] = {
    "somebody's edit that is undone": (ONE, CHANGED, [["/synonyms"]]),
    "nothing changed": (replace(ONE, body=OTHER), LIVE, []),
    "somebody did what is declared": (replace(ONE, body=OTHER), CHANGED, []),
    "what is ignored from now on": (
        replace(ONE, lifecycle=Lifecycle(ignore=(parse("/synonyms"),))),
        CHANGED,
        [],
    ),
}


@pytest.mark.parametrize(("declared", "now", "paths"), DRIFTED.values(), ids=DRIFTED)
def test_what_somebody_changed(declared: Resource, now: Live, paths: list[list[str]]) -> None:
    plan = make_plan(situation([declared], [now], [OURS]))
    found = [[pointer.render(edit.path) for edit in drift.edits] for drift in plan.drift]
    assert found == paths
