"""Running, resetting and following indexers."""

from __future__ import annotations

import json
import os
import pty
import subprocess
import sys
from collections.abc import Callable
from typing import Any

import pytest

from tests.faults.gateway import Answer, Forward, Gateway, Request
from tests.operations.conftest import INDEXER, documents
from tests.world import World


def hold(world: World) -> None:
    """The indexer is running from now on."""
    door(world, {"state": "inProgress"})


def door(world: World, state: dict[str, Any]) -> None:
    world.service.http.put("/emulator/indexers/docs/state", json=state).raise_for_status()


def failing(**result: Any) -> Callable[[Request, Forward], Answer]:
    """A gateway that tells of a run that came to this."""
    run = {"startTime": "2026-01-01T00:00:00Z", "endTime": "2026-01-01T00:01:05Z", **result}

    def harm(request: Request, forward: Forward) -> Answer:
        if request.path.endswith("search.status"):
            return Answer(200, json.dumps({"lastResult": run, "executionHistory": [run]}).encode())
        return forward(request)

    return harm


def test_a_run_that_is_waited_for(pipeline: World) -> None:
    pipeline.apply()
    documents(pipeline, 7)
    assert pipeline.cli("reset", "Indexer/docs").out == (
        "Indexer/docs reset: its next run processes everything again.\n"
    )
    ran = pipeline.cli("run", "docs", "--wait")
    assert (ran.code, ran.out, ran.err) == (
        0,
        "Indexer/docs done: success, 7 items in 0 s\n",
        "",
    )


def test_a_run_that_is_not_waited_for(pipeline: World) -> None:
    pipeline.apply()
    assert pipeline.cli("run", "docs") == (0, "Indexer/docs started.\n", "")
    told = json.loads(pipeline.cli("run", "docs", "--format", "json").out)
    assert told["started"] == [{"indexer": "docs", "started": True, "why": ""}]


def test_one_that_is_running_is_told(pipeline: World) -> None:
    pipeline.apply()
    hold(pipeline)
    ran = pipeline.cli("run", "docs", "--wait")
    assert (ran.code, ran.out) == (1, "")
    assert "Indexer/docs: it is running already, nothing was started" in ran.err


@pytest.mark.parametrize("command", ["run", "reset"])
def test_nothing_is_done_when_one_does_not_exist(pipeline: World, command: str) -> None:
    pipeline.apply()
    pipeline.service.calls()
    ran = pipeline.cli(command, "docs", "nobody")
    nobody, docs = sorted(ran.err.splitlines(), key=lambda line: "Indexer/docs" in line)
    assert (ran.code, ran.out) == (1, "")
    assert nobody.startswith("error: Indexer/nobody: no manifest declares nobody")
    assert docs == "error: Indexer/docs: nothing was done: see nobody"
    assert {call.method for call in pipeline.service.calls()} == {"GET"}


def test_each_that_was_asked_for_is_in_the_json(pipeline: World) -> None:
    pipeline.apply()
    told = json.loads(pipeline.cli("run", "docs", "nobody", "--format", "json").out)["started"]
    assert [(one["indexer"], one["started"]) for one in told] == [
        ("docs", False),
        ("nobody", False),
    ]
    ran = pipeline.cli("status", "nobody", "docs", "--format", "json")
    docs, nobody = json.loads(ran.out)["indexers"]
    assert (ran.code, docs["indexer"], docs["error"]) == (1, "docs", "")
    assert (nobody["indexer"], nobody["history"]) == ("nobody", [])
    assert nobody["error"].startswith("no manifest declares nobody")


def test_an_address_of_another_kind_is_refused(pipeline: World) -> None:
    for command in ("run", "reset", "status"):
        ran = pipeline.cli(command, "Index/docs")
        assert (ran.code, "Index/docs is not Indexer" in ran.err) == (1, True)


def test_status_before_and_after(pipeline: World) -> None:
    assert pipeline.cli("status").code == 1
    pipeline.declare("Indexer/docs", f"{INDEXER[:-1]}, disabled: true}}")
    pipeline.apply()
    assert pipeline.cli("status").out.splitlines()[1].split() == ["docs", "none", "yet"]
    pipeline.cli("run", "docs")
    head, row = pipeline.cli("status").out.splitlines()
    assert head.split()[:4] == ["INDEXER", "LAST", "RUN", "STARTED"]
    assert row.split()[:2] == ["docs", "success"]
    history = json.loads(pipeline.cli("status", "--format", "json").out)["indexers"][0]["history"]
    assert [entry["status"] for entry in history] == ["success"]


def test_status_without_indexers(world: World) -> None:
    assert world.cli("status") == (0, "The manifests declare no indexer.\n", "")


def test_errors_are_shown_with_their_documents(pipeline: World, between: Gateway) -> None:
    pipeline.apply()
    errors = [{"key": f"doc-{n}", "errorMessage": "Could not parse\nit."} for n in range(7)]
    warnings = [{"key": None, "message": "Truncated.", "details": "To 64000 characters."}]
    between.harm = failing(
        status="transientFailure",
        errorMessage="Too many failed items.",
        itemsProcessed=3,
        itemsFailed=7,
        errors=errors,
        warnings=warnings,
    )
    ran = pipeline.cli("status")
    assert ran.code == 0
    assert ran.out.splitlines()[1].split()[-6:] == ["65", "s", "3", "7", "7", "1"]
    assert ran.out.splitlines()[3:] == [
        "Indexer/docs:",
        "    Too many failed items.",
        *(f"    error: doc-{n}: Could not parse it." for n in range(5)),
        "    and 2 more errors",
        "    warning: Truncated. To 64000 characters.",
    ]


@pytest.mark.parametrize(
    "result",
    [
        {"status": "transientFailure", "errorMessage": "gone"},
        {"status": "persistentFailure"},
        {"status": "success", "itemsFailed": 1},
        {"status": "success", "errors": [{"key": "a", "errorMessage": "b"}]},
    ],
    ids=str,
)
def test_apply_waits_and_tells_of_a_failure(
    pipeline: World, between: Gateway, result: dict[str, Any]
) -> None:
    between.harm = failing(**result)
    ran = pipeline.cli("apply", "-y", "--wait")
    assert ran.code == 1
    assert "Apply complete: 2 added" in ran.out
    assert f"Indexer/docs failed: {result['status']}" in ran.out
    assert pipeline.cli("plan", "--detailed-exitcode").code == 0, "what was applied stays so"


def test_apply_waits_for_a_run_that_takes_a_while(pipeline: World, between: Gateway) -> None:
    looks = 0

    def harm(request: Request, forward: Forward) -> Answer:
        nonlocal looks
        if not request.path.endswith("search.status"):
            return forward(request)
        looks += 1
        run = {"startTime": "2026-01-01T00:00:00Z", "itemsProcessed": 3 * looks}
        run["status"] = "success" if looks == 3 else "inProgress"
        last = [] if looks == 1 else [run]
        status = {"lastResult": last[0] if last else None, "executionHistory": last}
        return Answer(200, json.dumps(status).encode())

    between.harm = harm
    ran = pipeline.cli("apply", "-y", "--wait", "--format", "json")
    assert (ran.code, ran.err) == (0, "")
    (indexer,) = json.loads(ran.out)["indexers"]
    assert (indexer["indexer"], indexer["ok"], indexer["run"]["itemsProcessed"]) == (
        "docs",
        True,
        9,
    )
    assert looks == 3


def test_apply_ends_at_the_time_limit(pipeline: World, between: Gateway) -> None:
    between.harm = failing(status="inProgress", endTime=None)
    ran = pipeline.cli("apply", "-y", "--wait", "--timeout", "0.1s")
    assert ran.code == 1
    assert ran.last == (
        "Indexer/docs failed: the time limit has passed: it is still running; inProgress, 0 items"
    )


def test_apply_follows_only_what_it_started(pipeline: World) -> None:
    pipeline.declare("Indexer/docs", f"{INDEXER[:-1]}, disabled: true}}")
    ran = pipeline.cli("apply", "-y", "--wait")
    assert (ran.code, "Indexer/" in ran.last) == (0, False)
    assert not [call for call in pipeline.service.calls() if "search.status" in call.path]
    pipeline.declare("Indexer/second", INDEXER)
    ran = pipeline.cli("apply", "-y", "--wait")
    assert (ran.code, ran.last) == (0, "Indexer/second done: success, 0 items in 0 s")


def test_a_saved_plan_waits_too(pipeline: World) -> None:
    assert pipeline.cli("plan", "--out", "plan.json").code == 0
    ran = pipeline.cli("apply", "plan.json", "--wait")
    assert (ran.code, ran.last) == (0, "Indexer/docs done: success, 0 items in 0 s")


def test_run_waits_for_its_own_run(pipeline: World) -> None:
    """Not for one before it, whose result the service still shows."""
    pipeline.apply()
    pipeline.cli("run", "docs", "--wait")
    hold(pipeline)
    door(pipeline, {"state": "idle", "status": "transientFailure", "errorMessage": "before"})
    ran = pipeline.cli("run", "docs", "--wait")
    assert (ran.code, "done: success" in ran.out) == (0, True)


@pytest.mark.parametrize("text", ["soon", "-1", "5 minutes", ""])
def test_a_time_that_is_none(pipeline: World, text: str) -> None:
    ran = pipeline.cli("apply", "-y", "--wait", f"--timeout={text}")
    assert (ran.code, "is not a time: write 90s, 30m or 2h" in ran.err) == (1, True)


def test_a_terminal_is_told_how_far_they_are(pipeline: World) -> None:
    pipeline.apply()
    ours, theirs = pty.openpty()
    with os.fdopen(theirs, "w") as screen:
        ran = subprocess.run(
            [sys.executable, "-m", "reconciler", "run", "docs", "--wait"],
            cwd=pipeline.root,
            env={**os.environ, **pipeline.environ},
            stdin=screen,
            stdout=subprocess.PIPE,
            stderr=screen,
            check=False,
            text=True,
        )
        said = os.read(ours, 65_536).decode()
    os.close(ours)
    assert "1 of 1 indexers ended: 0 items done, 0 failed" in said
    assert said.endswith("\r\x1b[K"), "and the line is taken away"
    assert ran.stdout.startswith("Indexer/docs done")
