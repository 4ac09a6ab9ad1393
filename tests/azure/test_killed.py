"""An apply that is killed at any of its steps; the next ones arrive, and nothing is made twice."""

from __future__ import annotations

import time

import pytest

from .conftest import RESOURCES, Stack

WRITES = range(8)


@pytest.mark.parametrize("write", WRITES)
def test_killed_at_every_write(stack: Stack, write: int) -> None:
    stack.door("PUT", "faults", [{"fault": "hang", "method": "PUT", "after": write}])
    process = stack.process("apply", "--yes", "--concurrency", "1")
    until_met(stack)
    process.kill()
    process.communicate()
    stack.door("DELETE", "faults")
    arrive(stack)
    assert stack.plan()["empty"]


@pytest.mark.parametrize("after", [1, 4, 7, 10])
def test_killed_while_waiting(stack: Stack, after: int) -> None:
    """A wait only reads: it is killed at one of its looks."""
    stack.door("PUT", "azure/durations", {"storageCreate": 0.5, "searchCreate": 0.5})
    stack.door("PUT", "faults", [{"fault": "hang", "method": "GET", "after": 8 + after}])
    process = stack.process("apply", "--yes")
    until_met(stack)
    process.kill()
    process.communicate()
    stack.door("DELETE", "faults")
    arrive(stack)
    assert stack.plan()["empty"]


def test_killed_before_it_knows_of_what_it_wrote(stack: Stack) -> None:
    """Nobody declares the assignment any more: it is ours all the same, and goes."""
    reply = {"fault": "lost-reply", "method": "PUT", "path": "roleAssignments"}
    look = {"fault": "hang", "method": "GET", "path": "roleAssignments", "after": 2}
    stack.door("PUT", "faults", [reply, look])
    process = stack.process("apply", "--yes", "--concurrency", "1")
    until_met(stack)
    process.kill()
    process.communicate()
    stack.door("DELETE", "faults")
    assert len(stack.assignments()) == 1
    stack.write("---\n".join(RESOURCES.split("---\n")[:-1]))
    actions = {change["address"]: change["action"] for change in stack.plan()["changes"]}
    assert actions["RoleAssignment/search-reads-blobs"] == "delete"
    stack.apply("--consent", "Index/docs-v1")
    assert stack.assignments() == []


def until_met(stack: Stack) -> None:
    """Until every fault was met."""
    for _ in range(1500):
        if all(rule["fired"] for rule in stack.door("GET", "faults")):
            return
        time.sleep(0.02)
    raise AssertionError("no call met the fault")


def arrive(stack: Stack) -> None:
    """Apply again until it is done: a service that is being provisioned may need a while."""
    for _ in range(20):
        ran = stack.cli("apply", "--yes")
        if ran.code == 0:
            return
        time.sleep(0.3)
    raise AssertionError(ran.err + ran.out)
