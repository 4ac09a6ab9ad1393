"""The emulator as users start it: `--storage`, and its end while a run goes on."""

from __future__ import annotations

import os
import time
from pathlib import Path

from tests.indexing.conftest import KEY, KEYLESS, field
from tests.world import Service, emulator

INDEXER = {"dataSourceName": "source", "targetIndexName": "docs"}


def begin(service: Service) -> None:
    """A pipeline over the container `files` of the account `acme`; its run has begun."""
    source = {"type": "azureblob", "credentials": {"connectionString": KEYLESS}}
    service.put("DataSource/source", source | {"container": {"name": "files"}})
    service.put("Index/docs", {"fields": [KEY, field("content")]})
    service.put("Indexer/indexer", INDEXER)


def last(service: Service) -> dict[str, object]:
    """The last result once the run has read something or ended."""
    for _ in range(600):
        found: dict[str, object] = service.http.get("/indexers/indexer/status").json()["lastResult"]
        if found["itemsProcessed"] or found["status"] != "inProgress":
            return found
        time.sleep(0.05)
    raise AssertionError(found)


def test_a_stuck_run_does_not_keep_the_process(tmp_path: Path) -> None:
    files = tmp_path / "acme" / "files"
    files.mkdir(parents=True)
    (files / "a.txt").write_text("one")
    os.mkfifo(files / "b.txt")
    options = ("--storage", f"acme={files.parent}", "--state", str(tmp_path / "state"))
    with emulator(tmp_path / "access.log", *options) as service:
        begin(service)
        assert last(service)["status"] == "inProgress"
    (files / "b.txt").unlink()
    with emulator(tmp_path / "access.log", *options) as service:
        interrupted = last(service)
        assert interrupted["status"] == "transientFailure"
        assert interrupted["errorMessage"] == "The run was interrupted when the emulator stopped."
        service.http.post("/indexers/indexer/run").raise_for_status()
        assert service.http.get("/indexes/docs/docs/$count").text.endswith("1")
