"""Ctrl-C, a job that is stopped, and two applies at once."""

from __future__ import annotations

import json
import signal
import subprocess

import pytest

from tests.faults.stack import (
    DECLARED,
    OLD,
    at_rest,
    declare,
    fails,
    owned,
    path_of,
    wait_for_fault,
)
from tests.world import Ran, World

ONE_BY_ONE = ("apply", "--yes", "--concurrency", "1")


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_running_calls_finish(world: World, number: signal.Signals) -> None:
    """No more are started; what was done is ours, and told, as is what was not."""
    declare(world)
    path = path_of("Index/docs-v1")
    world.service.fault(fault="latency", seconds=0.7, method="PUT", path=path)
    process = _started(world, "latency")
    process.send_signal(number)
    ran = _ended(process)
    assert ran.code == 1
    assert ran.err == "Interrupted: running calls finish, no more are started.\n"
    done = world.service.objects()
    assert "Index/docs-v1" in done
    counts = f"{len(done)} added, 0 changed, 0 destroyed; {len(DECLARED - done)} not started"
    assert ran.last == f"Interrupted: {counts}. Plan again to see what is left."
    assert owned(world) == done < DECLARED
    _goes_on(world)


def test_a_second_time_ends_it_at_once(world: World) -> None:
    """What was going on is settled by the next apply."""
    declare(world)
    world.service.fault(fault="hang", method="PUT", path=path_of("Index/docs-v1"))
    process = _started(world, "hang")
    process.send_signal(signal.SIGINT)
    assert process.stderr is not None
    assert process.stderr.readline().startswith("Interrupted: running calls finish")
    process.send_signal(signal.SIGINT)
    ran = _ended(process)
    assert ran.code == 1
    assert ran.err.strip() == "Interrupted: nothing more was started."
    _goes_on(world)


def test_as_json_it_is_one_failure(world: World) -> None:
    declare(world)
    world.service.fault(fault="hang", method="GET", path="/indexes$")
    process = _started(world, "hang", "--format", "json")
    process.send_signal(signal.SIGINT)
    ran = _ended(process)
    assert ran.code == 1
    assert [problem["code"] for problem in json.loads(ran.out)["problems"]] == ["interrupted"]


def test_while_it_plans(world: World) -> None:
    declare(world)
    world.service.fault(fault="hang", method="GET", path="/indexes$")
    process = _started(world, "hang")
    process.send_signal(signal.SIGINT)
    ran = _ended(process)
    assert ran.code == 1
    assert ran.err.strip() == "Interrupted: nothing more was started."
    assert world.writes() == []
    _goes_on(world)


def test_two_applies_at_once(world: World) -> None:
    """The second one is told, and does no harm; looking is allowed."""
    declare(world)
    path = path_of("Index/docs-v1")
    world.service.fault(fault="latency", seconds=2, method="PUT", path=path)
    first = _started(world, "latency")
    for command in ("apply --yes", "destroy --yes"):
        ran = fails(world, *command.split())
        assert "error: the ledger of test is held by `reconciler apply` of " in ran.err
    assert world.cli("plan").code == 0
    assert first.poll() is None, "the first apply has ended too soon"
    assert _ended(first).code == 0
    assert len(world.writes()) == len(DECLARED)
    at_rest(world, DECLARED, OLD, "first")


def test_a_killed_apply_holds_no_lock(world: World) -> None:
    declare(world)
    world.service.fault(fault="hang", method="PUT", path=path_of("Index/docs-v1"))
    process = _started(world, "hang")
    process.kill()
    process.communicate()
    _goes_on(world)


def _started(world: World, fault: str, *options: str) -> subprocess.Popen[str]:
    """An apply that has come to a call with a fault."""
    world.environ.pop("RECONCILER_DEBUG", None)
    process = world.process(*ONE_BY_ONE, *options)
    wait_for_fault(world, fault)
    return process


def _ended(process: subprocess.Popen[str]) -> Ran:
    try:
        out, err = process.communicate(timeout=20)
    finally:
        process.kill()
    return Ran(process.returncode, out, err)


def _goes_on(world: World) -> None:
    """The next apply does what is left, and does nothing twice."""
    world.service.http.delete("/emulator/faults").raise_for_status()
    world.apply()
    created = [call.path for call in world.service.calls() if call.status == 201]
    assert sorted(created) == sorted(set(created))
    assert len(created) == len(DECLARED)
    at_rest(world, DECLARED, OLD, "first")
