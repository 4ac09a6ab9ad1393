"""An emulator with `--state` that is stopped and started again over a folder of files."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import pytest

from tests.pipeline.conftest import FIELDS, Files
from tests.world import emulator

INDEX = {"fields": FIELDS}


class Restarted:
    """Runs one emulator after the other over the same state."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.files = folder / "acme" / "files"
        self.files.mkdir(parents=True)
        self.state = folder / "state"
        self.options = ("--storage", f"acme={self.files.parent}", "--state", str(self.state))

    def __call__(self, *more: str) -> Any:
        return emulator(self.folder / "access.log", *self.options, *more)


@pytest.fixture
def restarted(tmp_path: Path) -> Restarted:
    """With two files, which an indexer has brought in."""
    made = Restarted(tmp_path)
    with made() as service:
        files = Files(service, made.files)
        files.write("a.txt", "The first walrus.")
        files.write("b.txt", "The second walrus.")
        last = files.create()
        assert (last["status"], last["itemsProcessed"]) == ("success", 2)
    return made


def test_nothing_is_indexed_again(restarted: Restarted) -> None:
    with restarted() as service:
        files = Files(service, restarted.files)
        assert files.found("walrus") == ["a.txt", "b.txt"]
        history = service.http.get("/indexers/indexer/status").json()["executionHistory"]
        assert [run["itemsProcessed"] for run in history] == [2]
        assert files.run()["itemsProcessed"] == 0
        assert service.http.get("/indexes/docs/stats").json()["documentCount"] == 2


def test_only_what_changed_is_indexed(restarted: Restarted) -> None:
    with restarted() as service:
        files = Files(service, restarted.files)
        files.write("b.txt", "The second whale, which is much larger.")
        files.write("c.txt", "A third walrus.")
        last = files.run()
        assert (last["status"], last["itemsProcessed"]) == ("success", 2)
        assert files.found("walrus") == ["a.txt", "c.txt"]
        assert files.found("whale") == ["b.txt"]
    with restarted() as service:
        files = Files(service, restarted.files)
        assert files.found("walrus") == ["a.txt", "c.txt"]
        assert files.found("whale") == ["b.txt"]
        assert files.run()["itemsProcessed"] == 0


def test_a_reset_lasts(restarted: Restarted) -> None:
    with restarted() as service:
        service.http.post("/indexers/indexer/reset").raise_for_status()
    with restarted() as service:
        assert Files(service, restarted.files).run()["itemsProcessed"] == 2


def test_a_schedule_lasts(restarted: Restarted) -> None:
    schedule = {"interval": "PT1H", "startTime": "2026-01-01T00:00:00Z"}
    body = {"dataSourceName": "source", "targetIndexName": "docs", "schedule": schedule}
    with restarted() as service:
        service.put("Indexer/indexer", body)
    with restarted() as service:
        files = Files(service, restarted.files)
        files.write("c.txt", "A third walrus.")
        service.http.post("/emulator/clock", json={"seconds": 3601}).raise_for_status()
        assert files.result()["itemsProcessed"] == 1
        assert files.found("third") == ["c.txt"]


def test_a_deleted_index_is_gone(restarted: Restarted) -> None:
    (journal,) = (restarted.state / "documents").iterdir()
    left = restarted.folder / "left.sqlite"
    shutil.copy(journal, left)
    with restarted() as service:
        service.delete("Index/docs")
    assert not journal.exists()
    with restarted() as service:
        assert service.http.get("/indexes/docs").status_code == 404
        assert service.http.get("/indexes/docs/docs/$count").status_code == 404
    shutil.copy(left, journal)  # as when it was killed while it deleted the index
    with restarted() as service:
        service.put("Index/docs", INDEX)
        files = Files(service, restarted.files)
        assert files.found() == []
        assert files.run()["itemsProcessed"] == 0
        service.http.post("/indexers/indexer/reset").raise_for_status()
        assert files.run()["itemsProcessed"] == 2
        assert files.found("walrus") == ["a.txt", "b.txt"]
