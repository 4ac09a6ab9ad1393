"""Injected faults, the access log, and the emulator's own doors."""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import httpx
import pytest

from reconciler.emulator import create_app
from reconciler.emulator.rules import RULES, Evidence

from .conftest import Client, index_body, indexer_body, pipeline, source_body


def set_faults(client: Client, *rules: dict[str, Any]) -> None:
    reply = client.put("/emulator/faults", list(rules))
    assert reply.status_code == 204, reply.text


def test_a_status_for_a_number_of_times(client: Client) -> None:
    rule = {"fault": "status", "status": 429, "retryAfter": 2, "after": 1, "times": 2}
    set_faults(client, rule | {"method": "GET", "path": "^/indexes"})
    statuses = [client.get("/indexes").status_code for _ in range(4)]
    assert statuses == [200, 429, 429, 200]
    assert client.get("/datasources").status_code == 200
    shown = client.get("/emulator/faults").json()[0]
    assert (shown["matched"], shown["fired"]) == (4, 2)
    client.delete("/emulator/faults")
    assert client.get("/emulator/faults").json() == []


def test_retry_after_and_for_ever(client: Client) -> None:
    set_faults(client, {"fault": "status", "status": 503, "retryAfter": 2})
    assert {client.get("/indexes").headers["retry-after"] for _ in range(3)} == {"2"}


def test_a_lost_reply_is_done_and_a_reset_is_not(client: Client) -> None:
    set_faults(client, {"fault": "lost-reply", "method": "PUT", "times": 1})
    with pytest.raises(httpx.TransportError):
        client.put("/indexes/docs", index_body())
    assert client.get("/indexes/docs").status_code == 200
    set_faults(client, {"fault": "reset", "method": "DELETE", "times": 1})
    with pytest.raises(httpx.TransportError):
        client.delete("/indexes/docs")
    assert client.get("/indexes/docs").status_code == 200


def test_latency_and_hang(client: Client) -> None:
    set_faults(
        client,
        {"fault": "latency", "seconds": 0.05, "path": "/indexes"},
        {"fault": "hang", "path": "/skillsets"},
    )
    started = time.perf_counter()
    assert client.get("/indexes").status_code == 200
    assert time.perf_counter() - started >= 0.05
    with pytest.raises(TimeoutError):
        client.get("/skillsets", timeout=0.05)


def test_touch_moves_the_etag_just_before(client: Client) -> None:
    etag = client.made("/indexes/docs", index_body())["@odata.etag"]
    set_faults(client, {"fault": "touch", "method": "PUT", "path": "/indexes", "times": 1})
    stale = client.put("/indexes/docs", index_body(), headers={"If-Match": etag})
    assert stale.status_code == 412


def test_busy_keeps_a_run_in_progress(client: Client) -> None:
    pipeline(client)
    set_faults(client, {"fault": "busy", "times": 1, "path": "run|other"})
    client.made("/indexers/other", indexer_body("other"))
    assert client.post("/indexers/other/run").status_code == 409
    assert client.post("/indexers/indexer/run").status_code == 202


@pytest.mark.parametrize(
    "rule",
    [{"fault": "fire"}, {"fault": "status"}, {"fault": "hang", "seconds": 1}, {"path": "("}, 7],
)
def test_senseless_rules_are_refused(rule: object, client: Client) -> None:
    assert client.put("/emulator/faults", [rule]).status_code == 400


def test_the_access_log(connect: Callable[..., Client], tmp_path: Path) -> None:
    log = tmp_path / "access.jsonl"
    client = connect(access_log=log)
    client.made("/datasources/source", source_body())
    client.get("/emulator/secrets")
    set_faults(client, {"fault": "reset"})
    with pytest.raises(httpx.TransportError):
        client.get("/indexes")
    text = log.read_text()
    lines = [json.loads(line) for line in text.splitlines()]
    assert [(line["method"], line["path"], line["status"]) for line in lines] == [
        ("PUT", "/datasources/source", 201),
        ("GET", "/indexes", None),
    ]
    assert lines[0]["query"] == {"api-version": "2026-04-01"}
    assert "the-secret" not in text


def test_every_rule_names_its_source(client: Client) -> None:
    shown = client.get("/emulator/rules").json()
    assert len(shown) == len(RULES)
    for rule in RULES.values():
        assert rule.source, rule.id
        assert rule.evidence in Evidence


def test_wiping_the_state(client: Client) -> None:
    pipeline(client)
    assert client.delete("/emulator/state").status_code == 204
    assert client.get("/indexers").json()["value"] == []
    assert client.get("/emulator/secrets").json() == {}


def test_an_app_is_made_in_no_time() -> None:
    create_app()
    started = time.perf_counter()
    create_app()
    assert time.perf_counter() - started < 0.005
