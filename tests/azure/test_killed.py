"""An apply that is killed at any of its steps; the next ones arrive, and nothing is made twice."""

from __future__ import annotations

import time

import pytest

from .conftest import Stack

WRITES = range(8)


@pytest.mark.parametrize("write", WRITES)
def test_killed_at_every_write(stack: Stack, write: int) -> None:
    stack.door("PUT", "faults", [{"fault": "hang", "method": "PUT", "after": write}])
    process = stack.process("apply", "--yes", "--concurrency", "1")
    _until_hanging(stack)
    process.kill()
    process.communicate()
    stack.door("DELETE", "faults")
    _arrive(stack)
    assert stack.plan()["empty"]


@pytest.mark.parametrize("after", [1, 4, 7, 10])
def test_killed_while_waiting(stack: Stack, after: int) -> None:
    """A wait only reads: it is killed at one of its looks."""
    stack.door("PUT", "azure/durations", {"storageCreate": 0.5, "searchCreate": 0.5})
    stack.door("PUT", "faults", [{"fault": "hang", "method": "GET", "after": 8 + after}])
    process = stack.process("apply", "--yes")
    _until_hanging(stack)
    process.kill()
    process.communicate()
    stack.door("DELETE", "faults")
    _arrive(stack)
    assert stack.plan()["empty"]


def _until_hanging(stack: Stack) -> None:
    for _ in range(1500):
        if any(rule["fired"] for rule in stack.door("GET", "faults")):
            return
        time.sleep(0.02)
    raise AssertionError("no call met the fault")


def _arrive(stack: Stack) -> None:
    """Apply again until it is done: a service that is being provisioned may need a while."""
    for _ in range(20):
        ran = stack.cli("apply", "--yes")
        if ran.code == 0:
            return
        time.sleep(0.3)
    raise AssertionError(ran.err + ran.out)
