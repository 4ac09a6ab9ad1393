"""Ctrl-C while indexers are waited for: nothing is undone, and nothing is stopped."""

from __future__ import annotations

import json
import signal
import subprocess
import threading

import pytest

from tests.faults.gateway import Answer, Forward, Gateway, Request
from tests.operations.test_runs import failing
from tests.world import Ran, World

GOES_ON = "the indexers go on running on the service, and `reconciler status` tells how they end.\n"


@pytest.fixture
def looked(between: Gateway) -> threading.Event:
    """The indexer runs, and runs; set once it was looked at three times."""
    seen = threading.Event()
    answer, looks = failing(status="inProgress", endTime=None, itemsProcessed=5), 0

    def harm(request: Request, forward: Forward) -> Answer:
        nonlocal looks
        looks += request.path.endswith("search.status")
        if looks == 3:
            seen.set()
        return answer(request, forward)

    between.harm = harm
    return seen


def interrupted(
    process: subprocess.Popen[str], looked: threading.Event, number: signal.Signals
) -> Ran:
    """A command that is stopped while it waits."""
    try:
        assert looked.wait(timeout=60), "it does not wait"
        process.send_signal(number)
        out, err = process.communicate(timeout=60)
    finally:
        process.kill()
    return Ran(process.returncode, out, err)


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_apply(pipeline: World, looked: threading.Event, number: signal.Signals) -> None:
    process = pipeline.process("apply", "--yes", "--wait")
    ran = interrupted(process, looked, number)
    assert ran.code == 1
    assert ran.err.endswith(f"Interrupted: what was applied stays applied; {GOES_ON}"), ran.err
    assert "Apply complete: 2 added" in ran.out
    assert ran.last == ("Indexer/docs left: it goes on running on the service; inProgress, 5 items")
    assert pipeline.cli("plan", "--detailed-exitcode").code == 0, "what was applied stays so"


def test_apply_as_json(pipeline: World, looked: threading.Event) -> None:
    process = pipeline.process("apply", "--yes", "--wait", "--format", "json")
    ran = interrupted(process, looked, signal.SIGINT)
    told = json.loads(ran.out)
    (indexer,) = told["indexers"]
    assert (ran.code, indexer["ok"], indexer["run"]["status"]) == (1, False, "inProgress")
    assert indexer["why"] == "it goes on running on the service"


def test_run(pipeline: World, between: Gateway) -> None:
    """Its run is the second one that the service tells of."""
    pipeline.apply()
    started, seen = threading.Event(), threading.Event()
    runs = [{"startTime": "2026-01-01T00:00:00Z", "status": "success"}]

    def harm(request: Request, forward: Forward) -> Answer:
        if request.path.endswith("search.run"):
            started.set()
            return Answer(202)
        if not request.path.endswith("search.status"):
            return forward(request)
        if started.is_set() and len(runs) == 2:
            seen.set()
        if started.is_set() and len(runs) == 1:
            runs.insert(0, {"startTime": "2026-01-01T00:01:00Z", "status": "inProgress"})
        return Answer(
            200, json.dumps({"lastResult": runs[0], "executionHistory": runs[-1:]}).encode()
        )

    between.harm = harm
    ran = interrupted(pipeline.process("run", "docs", "--wait"), seen, signal.SIGINT)
    assert (ran.code, ran.err) == (1, f"Interrupted: {GOES_ON}")
    assert ran.out.startswith("Indexer/docs left: it goes on running on the service; inProgress")
