"""Which steps are started, in what order, and which never are, when others end so or so."""

from __future__ import annotations

import asyncio
from typing import Literal

import pytest

from reconciler.applying.walk import walk
from reconciler.model.outcome import Outcome, Result
from reconciler.model.resource_id import ResourceId
from reconciler.model.step import Run, Step

Status = Literal["done", "failed", "skipped", "unclear", "not-started"]
Needs = dict[str, str]
"""Each step, by one letter, with those that it waits for."""


class Performer:
    """Ends steps as told; notes the order in which they start, and how many ran at once."""

    def __init__(self, ends: dict[str, Status], stop_at: str = "") -> None:
        self.ends, self.stop_at, self.stop = ends, stop_at, asyncio.Event()
        self.started: list[str] = []
        self.running = self.most = 0

    async def __call__(self, step: Step) -> Result:
        self.started.append(step.id)
        self.running += 1
        self.most = max(self.most, self.running)
        if step.id == self.stop_at:
            self.stop.set()
        await asyncio.sleep(0)
        self.running -= 1
        return Result(step.id, step.resource, self.ends.get(step.id, "done"))


def walked(needs: Needs, performer: Performer, concurrency: int) -> tuple[Outcome, list[Result]]:
    """The outcome, and what was told of each step's end."""
    one = ResourceId("Index", "x")
    steps = [Step(id_, one, Run("x"), waits_for=tuple(waits)) for id_, waits in needs.items()]
    told: list[Result] = []

    def ended(step: Step, result: Result) -> None:
        assert step.id == result.step
        told.append(result)

    return asyncio.run(walk(steps, performer, concurrency, performer.stop, ended)), told


FORK = {"a": "", "b": "a", "c": "a", "d": "bc"}
PAIRS = {"a": "", "b": "a", "c": "", "d": "c"}
ORDERED: dict[str, tuple[Needs, int, str, int]] = {
    "nothing": ({}, 1, "", 0),
    "one after the other, as they stand": ({"a": "", "b": "", "c": ""}, 1, "abc", 1),
    "all at once": ({"b": "", "a": "", "c": ""}, 9, "bac", 3),
    "two at once": ({"a": "", "b": "", "c": ""}, 2, "abc", 2),
    "a fork that meets again": (FORK, 9, "abcd", 2),
    "what is ready and stands first": (PAIRS, 1, "abcd", 1),
}


@pytest.mark.parametrize(("needs", "concurrency", "order", "most"), ORDERED.values(), ids=ORDERED)
def test_the_order(needs: Needs, concurrency: int, order: str, most: int) -> None:
    performer = Performer({})
    outcome, told = walked(needs, performer, concurrency)
    assert "".join(performer.started) == order
    assert performer.most == most
    assert outcome.ok
    assert outcome.results == tuple(told)
    assert sorted(result.step for result in told) == sorted(needs)


ENDS: dict[str, tuple[Needs, dict[str, Status], str, dict[str, Status]]] = {
    "a failure skips what waits for it, directly or not": (
        {"a": "", "b": "a", "c": "b", "d": ""},
        {"a": "failed"},
        "ad",
        {"a": "failed", "b": "skipped", "c": "skipped", "d": "done"},
    ),
    "and not what it waited for": (
        {"a": "", "b": "a", "c": "a"},
        {"b": "failed"},
        "abc",
        {"a": "done", "b": "failed", "c": "done"},
    ),
    "one of two is enough": (
        FORK,
        {"b": "failed"},
        "abc",
        {"a": "done", "b": "failed", "c": "done", "d": "skipped"},
    ),
    "what is unclear counts as failed": (
        {"a": "", "b": "a"},
        {"a": "unclear"},
        "a",
        {"a": "unclear", "b": "skipped"},
    ),
}


@pytest.mark.parametrize(("needs", "ends", "order", "statuses"), ENDS.values(), ids=ENDS)
def test_what_a_failure_skips(
    needs: Needs, ends: dict[str, Status], order: str, statuses: dict[str, Status]
) -> None:
    performer = Performer(ends)
    outcome, told = walked(needs, performer, 1)
    assert "".join(performer.started) == order
    assert {result.step: result.status for result in told} == statuses
    assert len(told) == len(needs)
    assert not outcome.ok
    assert not outcome.interrupted


def test_what_was_skipped_says_because_of_what() -> None:
    _, told = walked({"a": "", "b": "a", "c": "b"}, Performer({"a": "failed"}), 1)
    assert {result.step: result.error for result in told} == {
        "a": "",
        "b": "because of: a",
        "c": "because of: b",
    }


STOPPED: dict[str, tuple[Needs, int, dict[str, Status]]] = {
    "what runs is finished": (
        {"a": "", "b": "", "c": ""},
        2,
        {"a": "done", "b": "done", "c": "not-started"},
    ),
    "what waits for what is not started is not skipped": (
        {"a": "", "b": "a", "c": "b"},
        1,
        {"a": "done", "b": "not-started", "c": "not-started"},
    ),
}


@pytest.mark.parametrize(("needs", "concurrency", "statuses"), STOPPED.values(), ids=STOPPED)
def test_a_stop(needs: Needs, concurrency: int, statuses: dict[str, Status]) -> None:
    outcome, told = walked(needs, Performer({}, stop_at="a"), concurrency)
    assert {result.step: result.status for result in told} == statuses
    assert len(told) == len(needs)
    assert outcome.interrupted


def test_a_failure_beside_a_stop_skips_what_waits_for_it() -> None:
    outcome, told = walked({"a": "", "b": "a", "c": ""}, Performer({"a": "failed"}, stop_at="a"), 1)
    assert {result.step: result.status for result in told} == {
        "a": "failed",
        "b": "skipped",
        "c": "not-started",
    }
    assert outcome.interrupted
