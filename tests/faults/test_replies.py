"""Replies that are lost, late or refusals: every write is done once, or said not to be."""

from __future__ import annotations

import json
from typing import Any

import pytest

from tests.faults.gateway import Answer, Forward, Gateway, Harm, Request
from tests.faults.stack import (
    CONSENTS,
    DECLARED,
    NEW,
    OLD,
    ORDER,
    at_rest,
    declare,
    fails,
    path_of,
    undeclare,
)
from tests.world import World


@pytest.mark.parametrize("address", ORDER)
def test_a_lost_reply_is_settled_by_reading(world: World, address: str) -> None:
    """To a creation, to an update, to a deletion: each is sent once."""
    declare(world)
    _lost_once(world, address, "PUT")
    at_rest(world, DECLARED, OLD, "first")
    declare(world, "second")
    world.environ["STORAGE_KEY"] = NEW
    _lost_once(world, address, "PUT")
    at_rest(world, DECLARED, NEW, "second")
    undeclare(world)
    _lost_once(world, address, "DELETE")
    at_rest(world, set(), NEW, "second")


def _lost_once(world: World, address: str, method: str) -> None:
    """Apply while one reply gets lost; every write has been sent once."""
    world.service.http.delete("/emulator/faults").raise_for_status()
    world.service.calls()
    world.service.fault(fault="lost-reply", method=method, path=path_of(address), times=1)
    world.apply(*(CONSENTS if method == "DELETE" else ()))
    writes = [call for call in world.service.calls() if call.method == method]
    assert len({call.path for call in writes}) == len(writes) == len(DECLARED)
    assert [call.status for call in writes].count(None) == 1


def test_a_write_that_never_arrived_is_sent_again(world: World) -> None:
    """A creation, an update, a new secret alone (nothing shows whether it came), a deletion."""
    declare(world)
    _cut_twice(world, "PUT", len(DECLARED))
    at_rest(world, DECLARED, OLD, "first")
    declare(world, "second")
    _cut_twice(world, "PUT", len(DECLARED))
    at_rest(world, DECLARED, OLD, "second")
    world.environ["STORAGE_KEY"] = NEW
    _cut_twice(world, "PUT", 3)
    at_rest(world, DECLARED, NEW, "second")
    undeclare(world)
    _cut_twice(world, "DELETE", len(DECLARED))
    at_rest(world, set(), NEW, "second")


def _cut_twice(world: World, method: str, writes: int) -> None:
    """Apply while two connections are cut before anything was done."""
    world.service.http.delete("/emulator/faults").raise_for_status()
    world.service.calls()
    world.service.fault(fault="reset", method=method, times=2)
    world.apply(*(CONSENTS if method == "DELETE" else ()))
    statuses = [call.status for call in world.service.calls() if call.method == method]
    assert statuses.count(None) == 2
    assert len(statuses) == writes + 2


def test_a_list_that_never_arrived_is_read_again(world: World) -> None:
    declare(world)
    world.service.fault(fault="reset", method="GET", path="/indexes$", times=1)
    world.service.fault(fault="status", status=502, method="GET", path="/skillsets$", times=1)
    world.apply()
    at_rest(world, DECLARED, OLD, "first")


def test_the_service_says_how_long_to_wait(world: World) -> None:
    """Longer than the first pause of our own, and then it works."""
    declare(world)
    path = path_of("Index/docs-v1")
    world.service.fault(fault="status", status=429, retryAfter=1, method="PUT", path=path, times=1)
    results = _results(world)
    assert 1 <= results["Index/docs-v1"]["seconds"] < 3
    assert results["Index/docs-v1"]["attempts"] == 2
    assert results["Index/docs-v2"]["seconds"] < 1
    at_rest(world, DECLARED, OLD, "first")


def test_pauses_grow(world: World) -> None:
    """Of at least a quarter and then half a second, where the service does not say."""
    declare(world)
    path = path_of("DataSource/docs")
    world.service.fault(fault="status", status=503, method="PUT", path=path, times=2)
    results = _results(world)
    assert 0.75 <= results["DataSource/docs"]["seconds"] < 3
    assert results["DataSource/docs"]["attempts"] == 3
    at_rest(world, DECLARED, OLD, "first")


def test_pauses_grow_after_cut_connections_too(world: World) -> None:
    declare(world)
    path = path_of("DataSource/docs")
    world.service.fault(fault="reset", method="PUT", path=path, times=2)
    results = _results(world)
    assert 0.75 <= results["DataSource/docs"]["seconds"] < 4
    assert [call.status for call in world.service.calls()].count(None) == 2
    at_rest(world, DECLARED, OLD, "first")


def _results(world: World) -> dict[str, dict[str, Any]]:
    ran = world.apply("--format", "json")
    return {result["address"]: result for result in json.loads(ran.out)["results"]}


@pytest.mark.parametrize(
    ("status", "said"),
    [(503, "503: the service was overloaded"), (429, "429: too many requests")],
)
def test_patience_ends(world: World, status: int, said: str) -> None:
    """What cannot be done is told once; what waits for it is skipped quietly; the rest is done."""
    declare(world)
    path = path_of("DataSource/docs")
    world.service.fault(fault="status", status=status, retryAfter=0, method="PUT", path=path)
    ran = fails(world, "apply", "--yes")
    assert ran.err.count("error") == 1
    assert f"error: create DataSource/docs: {said} also at attempt 8" in ran.err
    assert f"{len(DECLARED) - 2} added, 0 changed, 0 destroyed; 1 failed, 1 skipped" in ran.last
    assert [call.status for call in world.service.calls()].count(status) == 8
    assert world.service.objects() == DECLARED - {"DataSource/docs", "Indexer/docs"}
    _goes_on(world, 2)


@pytest.mark.parametrize(("status", "times"), [(400, 1), (409, 1), (500, 5), (502, 5)])
def test_a_refused_write_is_told(world: World, status: int, times: int) -> None:
    """One that a broken service or gateway did not do, as reading shows, is sent again before."""
    declare(world)
    path = path_of("Indexer/docs")
    world.service.fault(fault="status", status=status, method="PUT", path=path)
    ran = fails(world, "apply", "--yes")
    assert f"error: create Indexer/docs: Injected by the emulator: status {status}." in ran.err
    assert f"{len(DECLARED) - 1} added, 0 changed, 0 destroyed; 1 failed." in ran.last
    assert [call.status for call in world.service.calls()].count(status) == times
    _goes_on(world, 1)


def _goes_on(world: World, writes: int) -> None:
    """Once all is well again, only what was not done is written."""
    world.service.http.delete("/emulator/faults").raise_for_status()
    world.service.calls()
    world.apply()
    assert len(world.writes()) == writes
    at_rest(world, DECLARED, OLD, "first")


def test_no_reply_at_all_stays_unclear(world: World) -> None:
    """It is told as such, and the next apply settles it."""
    declare(world)
    world.service.fault(fault="lost-reply", method="PUT", path=path_of("Indexer/docs"))
    world.service.fault(fault="status", status=400, method="GET", path=path_of("Indexer/docs"))
    ran = fails(world, "apply", "--yes")
    assert "error: create Indexer/docs: no answer came" in ran.err
    assert "1 with unclear outcome" in ran.last
    _goes_on(world, 0)


@pytest.mark.parametrize("moment", ["reset", "lost-reply"])
def test_what_nobody_else_touched_is_no_drift(world: World, moment: str) -> None:
    """An update without an answer was done or was not: neither is a change by somebody else."""
    world.declare("SynonymMap/docs", "{format: solr, synonyms: first}")
    world.apply()
    world.declare("SynonymMap/docs", "{format: solr, synonyms: second}")
    world.service.fault(fault=moment, method="PUT", path=path_of("SynonymMap/docs"))
    world.service.fault(fault="status", status=400, method="GET", path=path_of("SynonymMap/docs"))
    fails(world, "apply", "--yes")
    assert world.cli("drift").code == 0
    assert world.plan()["drift"] == []


@pytest.mark.parametrize("status", [408, 499, 507, 520, 524, 598])
def test_a_gateway_that_gave_up_does_not_say_what_became_of_a_write(
    world: World, between: Gateway, status: int
) -> None:
    """Cloudflare's, nginx's, Azure's own: reading does, whether it was done or not."""
    world.project()
    given_up = Answer(status, b"", "text/html")
    for text, done in (("first", True), ("second", True), ("third", False)):
        world.declare("SynonymMap/docs", f"{{format: solr, synonyms: {text}}}")
        between.harm = _once(given_up, done=done)
        world.apply()
        assert world.plan()["empty"]
        assert world.cli("drift").code == 0


def _once(answer: Answer, *, done: bool) -> Harm:
    """Answers the first write so, which was done or was not."""
    left = [answer]

    def harm(request: Request, forward: Forward) -> Answer:
        if request.method != "PUT" or not left:
            return forward(request)
        if done:
            forward(request)
        return left.pop()

    return harm


def test_an_error_without_a_reason_names_who_gave_it(world: World, between: Gateway) -> None:
    world.project()
    world.declare("SynonymMap/docs", "{format: solr, synonyms: first}")
    between.harm = lambda *_: Answer(404, b"", "text/html")
    ran = fails(world, "plan")
    assert "127.0.0.1 answered 404 Not Found without a reason: Azure AI Search gives one" in ran.err


def test_a_moment_that_has_passed_asks_for_no_haste(world: World, between: Gateway) -> None:
    """Where this machine's clock is ahead of the service's, the pauses are our own."""
    world.project()
    world.declare("SynonymMap/docs", "{format: solr, synonyms: first}")
    past = {"Retry-After": "Mon, 01 Jan 2024 00:00:00 GMT"}
    between.harm = lambda *_: Answer(503, b"", headers=past)
    ran = fails(world, "plan", "--call-timeout", "2s")
    assert "--call-timeout ends before" in ran.err


def test_a_busy_indexer_is_no_change(world: World) -> None:
    """It runs from its creation on; its next edit goes through, and its etag does not matter."""
    declare(world)
    world.service.fault(fault="busy", method="PUT", path=path_of("Indexer/docs"))
    world.apply()
    at_rest(world, DECLARED, OLD, "first")
    declare(world, "second")
    world.apply()
    at_rest(world, DECLARED, OLD, "second")
