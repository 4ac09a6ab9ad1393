"""`reconciler test` asks side by side: a few of each endpoint at a time, told in a stable order."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Iterator

import pytest

from tests.faults.gateway import Answer, Forward, Gateway, Request, gateway
from tests.operations.test_models import FOUNDRY, KEY, answer
from tests.operations.test_queries import check
from tests.world import World

ENOUGH = 30.0
"""Seconds after which what should come together does not."""


class Pairs:
    """Answers searches two by two: each waits for another one. Counts how many wait at most."""

    def __init__(self) -> None:
        self.most = 0
        self._now = 0
        self._lock = threading.Lock()
        self._pair = threading.Barrier(2)

    def __call__(self, request: Request, forward: Forward) -> Answer:
        if not request.path.endswith("search.post.search"):
            return forward(request)
        with self._lock:
            self._now += 1
            self.most = max(self.most, self._now)
        try:
            self._pair.wait(ENOUGH)
            time.sleep(0.1)  # so that a third one, which must not come now, would be seen
        except threading.BrokenBarrierError:
            return answer(400, {"error": {"message": "Nobody else asks."}})
        finally:
            with self._lock:
                self._now -= 1
        return answer(200, {"value": [{"id": "1"}]})


def model(world: World, name: str, endpoint: str) -> None:
    spec = {**FOUNDRY, "batch": 1, "endpoint": endpoint, "credential": {"apiKey": KEY}}
    document = {
        "apiVersion": "reconciler/v1",
        "kind": "EmbeddingModel",
        "metadata": {"name": name},
        "spec": spec,
    }
    world.write(f"manifests/model-{name}.json", json.dumps(document))


@pytest.fixture
def other() -> Iterator[Gateway]:
    """The endpoint of a second model."""
    with gateway(lambda *_: answer(200, {"data": [{"embedding": [0.5] * 8}]})) as found:
        yield found


def test_checks_of_one_index(pipeline: World, between: Gateway) -> None:
    pipeline.apply()
    for name in "dbface":
        check(pipeline, name, "{index: docs, query: {search: a}, expect: {minCount: 1}}")
    between.harm = pairs = Pairs()
    ran = pipeline.cli("test", "--concurrency", "2")
    assert (ran.code, ran.err, pairs.most) == (0, "", 2), ran.out
    assert ran.out.splitlines() == [
        *(f"ok      Check/{name}: 1 found" for name in "abcdef"),
        "",
        "All 6 hold.",
    ]


def test_an_endpoint_that_hangs_holds_no_other(
    pipeline: World, between: Gateway, endpoint: Gateway, other: Gateway
) -> None:
    """It does not answer before all others were asked, though one is asked at a time."""
    pipeline.apply()
    checked, embedded = threading.Event(), threading.Event()

    def search(request: Request, forward: Forward) -> Answer:
        checked.set()
        return forward(request)

    def embed(*_: object) -> Answer:
        embedded.set()
        return answer(200, {"data": [{"embedding": [0.5] * 8}]})

    def hang(*_: object) -> Answer:
        if checked.wait(ENOUGH) and embedded.wait(ENOUGH):
            return Answer(None)
        return answer(400, {"error": {"message": "Nobody else was asked."}})

    between.harm, other.harm, endpoint.harm = search, embed, hang
    model(pipeline, "hangs", endpoint.url)
    model(pipeline, "hangs-too", endpoint.url)
    model(pipeline, "other", other.url)
    check(pipeline, "docs", "{index: docs, expect: {documentCount: {max: 0}}}")
    ran = pipeline.cli("test", "--concurrency", "1")
    lines = [line for line in ran.out.splitlines() if line.startswith(("ok", "failed"))]
    assert (ran.code, ran.last) == (1, "2 of 4 hold."), ran.out
    assert lines == [
        "ok      Check/docs: 0 documents",
        "failed  EmbeddingModel/hangs",
        "failed  EmbeddingModel/hangs-too",
        "ok      EmbeddingModel/other: text 8 numbers",
    ]
    assert "Nobody else" not in ran.out
