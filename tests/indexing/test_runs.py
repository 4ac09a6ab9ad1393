"""Runs: what they read, what they say, how they end."""

from __future__ import annotations

import json
import os
import re
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, NamedTuple, TextIO

import pytest

from tests.emulator.conftest import Client
from tests.indexing.conftest import KEY, KEYLESS, URL, Pipeline, field, touch

CONTENT = field("content")
NAME = field("metadata_storage_name")
INDEXER = {"name": "indexer", "dataSourceName": "source", "targetIndexName": "docs"}


def test_a_new_indexer_reads_every_file(pipeline: Pipeline) -> None:
    pipeline.write("a.txt", "one")
    pipeline.write("deep/er/b.txt", "two")
    pipeline.index(KEY, CONTENT, NAME, field("metadata_storage_path"))
    last = pipeline.indexer()
    assert (last["status"], last["itemsProcessed"], last["itemsFailed"]) == ("success", 2, 0)
    assert pipeline.column("content") == ["one", "two"]
    assert pipeline.column("metadata_storage_path") == [f"{URL}/a.txt", f"{URL}/deep/er/b.txt"]


def test_the_tracking_state_is_shown_as_it_was_recorded(pipeline: Pipeline) -> None:
    pipeline.index(KEY)
    last = pipeline.indexer()
    first = json.loads(last["initialTrackingState"])
    assert first["lastFullEnumerationStartTime"] == "0001-01-01T00:00:00Z"
    assert "\r\n" in last["initialTrackingState"]
    assert re.search(r'"NameHighWaterMark":null\}$', last["finalTrackingState"])
    again = json.loads(pipeline.run()["initialTrackingState"])
    assert again["lastFullEnumerationStartTime"] > "2020"
    assert pipeline.status()["currentState"]["allDocsInitialTrackingState"]


def test_only_what_changed_is_read_again(pipeline: Pipeline) -> None:
    pipeline.index(KEY, CONTENT)
    changed = pipeline.write("a.txt", "one")
    pipeline.write("b.txt", "two")
    pipeline.indexer()
    assert pipeline.run()["itemsProcessed"] == 0
    changed.write_text("three")
    touch(changed)
    assert pipeline.run()["itemsProcessed"] == 1
    assert pipeline.column("content") == ["three", "two"]


def test_a_reset_reads_everything_again_and_deletes_nothing(pipeline: Pipeline) -> None:
    pipeline.index(KEY, CONTENT)
    pipeline.write("a.txt", "one")
    gone = pipeline.write("b.txt", "two")
    pipeline.indexer()
    gone.unlink()
    pipeline.reset()
    assert pipeline.run()["itemsProcessed"] == 1
    statuses = [entry["status"] for entry in pipeline.status()["executionHistory"]]
    assert statuses == ["success", "reset", "success"]
    assert pipeline.column("content") == ["one", "two"]


def test_a_run_moves_the_etag(pipeline: Pipeline) -> None:
    pipeline.index(KEY)
    pipeline.indexer()
    before = pipeline.client.get("/indexers/indexer").headers["etag"]
    pipeline.run()
    assert pipeline.client.get("/indexers/indexer").headers["etag"] != before


def test_a_folder_of_the_container(pipeline: Pipeline) -> None:
    pipeline.write("in/a.txt", "one")
    pipeline.write("inside/b.txt", "two")
    pipeline.source(container={"name": "files", "query": "in"})
    pipeline.index(KEY, CONTENT)
    pipeline.indexer()
    assert pipeline.column("content") == ["one"]


def test_extensions(pipeline: Pipeline) -> None:
    for name in ("a.txt", "b.TXT", "c.md", "d.json"):
        pipeline.write(name, "{}")
    pipeline.index(KEY, NAME)
    configuration = {
        "indexedFileNameExtensions": ".txt,.md",
        "excludedFileNameExtensions": ".md",
    }
    pipeline.indexer(parameters={"configuration": configuration})
    assert pipeline.column("metadata_storage_name") == ["a.txt", "b.TXT"]


def test_a_blob_that_wants_to_be_left_out(pipeline: Pipeline) -> None:
    pipeline.write("a.txt", "one", AzureSearch_Skip="true")
    pipeline.write("b.txt", "two", AzureSearch_SkipContent="true")
    pipeline.index(KEY, CONTENT, NAME)
    pipeline.indexer()
    assert pipeline.column("metadata_storage_name") == ["b.txt"]
    assert pipeline.column("content") == [None]


def test_the_state_survives_a_restart(connect: Callable[..., Client], tmp_path: Path) -> None:
    files = tmp_path / "acme" / "files"
    files.mkdir(parents=True)
    settings = {"storage": {"acme": str(files.parent)}, "state_dir": tmp_path / "state"}
    first = Pipeline(connect(**settings), files)
    first.source()
    first.index(KEY, CONTENT)
    first.write("a.txt", "one")
    first.indexer()
    second = Pipeline(connect(**settings), files)
    assert second.status()["lastResult"]["status"] == "success"
    assert second.run()["itemsProcessed"] == 0
    assert second.column("content") == ["one"]


def test_a_young_file_is_read_again(pipeline: Pipeline) -> None:
    """The mark of a run lies half a minute before its beginning, as recorded."""
    pipeline.index(KEY, CONTENT)
    old, young = pipeline.write("old.txt", "one"), pipeline.write("young.txt", "two")
    now = time.time()
    os.utime(old, (now - 40, now - 40))
    os.utime(young, (now - 20, now - 20))
    assert pipeline.indexer()["itemsProcessed"] == 2
    for _ in range(2):
        assert pipeline.run()["itemsProcessed"] == 1
    assert pipeline.column("content") == ["one", "two"]
    pipeline.reset()
    assert pipeline.run()["itemsProcessed"] == 2


def test_a_run_right_after_the_creation(pipeline: Pipeline) -> None:
    pipe = pipeline.files / "a.txt"
    os.mkfifo(pipe)
    pipeline.index(KEY, CONTENT)
    pipeline.client.made("/indexers/indexer", INDEXER)
    run = "/indexers/indexer/run"
    assert pipeline.client.post(run).status_code == 202
    assert pipeline.client.post(run).status_code == 409
    with pipe.open("w") as end:
        pipe.unlink()  # the second run is not to wait for it
        pipeline.write("b.txt", "two")  # after the first run has listed the files
        end.write("one")

    def history() -> list[str]:
        return [entry["status"] for entry in pipeline.status()["executionHistory"]]

    for _ in range(600):
        if history() == ["success", "success"]:
            break
        time.sleep(0.05)
    assert history() == ["success", "success"]
    assert pipeline.column("content") == ["one", "two"]
    assert pipeline.run()["status"] == "success"


def test_a_run_that_was_seen_in_progress_is_the_only_one(pipeline: Pipeline) -> None:
    pipe = pipeline.files / "a.txt"
    os.mkfifo(pipe)
    pipeline.index(KEY, CONTENT)
    pipeline.client.made("/indexers/indexer", INDEXER)
    assert pipeline.status()["lastResult"]["status"] == "inProgress"
    refused = pipeline.client.post("/indexers/indexer/run")
    assert refused.status_code == 409
    assert "currently in progress" in refused.json()["error"]["message"]
    with pipe.open("w") as end:
        end.write("one")
    assert pipeline.result()["status"] == "success"
    assert len(pipeline.status()["executionHistory"]) == 1


def test_one_run_at_a_time(pipeline: Pipeline) -> None:
    pipeline.index(KEY)
    pipeline.indexer()
    rule = {"fault": "busy", "method": "POST", "path": "/run$", "times": 1}
    pipeline.client.call("PUT", "/emulator/faults", [rule])
    assert pipeline.client.post("/indexers/indexer/run").status_code == 202
    assert pipeline.client.post("/indexers/indexer/run").status_code == 409
    door = "/emulator/indexers/indexer/state"
    assert pipeline.client.put(door, {"state": "idle"}).status_code == 204
    assert pipeline.run()["status"] == "success"


class Stuck(NamedTuple):
    """A run that has read `a.txt`, and waits for the end of `b.txt`."""

    pipeline: Pipeline
    end: TextIO


@pytest.fixture
def stuck(pipeline: Pipeline) -> Iterator[Stuck]:
    pipeline.write("a.txt", "one")
    pipe = pipeline.files / "b.txt"
    os.mkfifo(pipe)
    pipeline.index(KEY, CONTENT)
    pipeline.client.made("/indexers/indexer", INDEXER)
    pipeline.until(lambda last: last["itemsProcessed"] == 1)
    with pipe.open("w") as end:
        yield Stuck(pipeline, end)


def test_progress_is_seen_while_a_run_goes_on(stuck: Stuck) -> None:
    pipeline, end = stuck
    status = pipeline.status()
    assert status["lastResult"]["status"] == "inProgress"
    assert status["lastResult"]["endTime"] is None
    assert status["executionHistory"] == []
    assert pipeline.column("content") == ["one"]
    assert pipeline.client.post("/indexers/indexer/run").status_code == 409
    end.write("two")
    end.close()
    assert pipeline.result()["itemsProcessed"] == 2
    assert pipeline.column("content") == ["one", "two"]


def test_an_indexer_that_is_deleted_while_it_runs(stuck: Stuck) -> None:
    pipeline, end = stuck
    assert pipeline.client.delete("/indexers/indexer").status_code == 204
    end.close()
    (pipeline.files / "b.txt").unlink()
    last = pipeline.indexer()
    assert (last["status"], last["itemsProcessed"]) == ("success", 1)
    assert len(pipeline.status()["executionHistory"]) == 1


def test_a_reset_under_a_run_counts(stuck: Stuck) -> None:
    pipeline, end = stuck
    pipeline.reset()
    end.close()
    pipeline.result()
    (pipeline.files / "b.txt").unlink()
    assert pipeline.run()["itemsProcessed"] == 1


def test_a_run_that_a_door_ends(stuck: Stuck) -> None:
    pipeline, end = stuck
    told = {"state": "idle", "status": "transientFailure", "errorMessage": "enough"}
    pipeline.client.put("/emulator/indexers/indexer/state", told)
    assert pipeline.result()["errorMessage"] == "enough"
    end.close()
    assert [entry["errorMessage"] for entry in pipeline.status()["executionHistory"]] == ["enough"]


def test_an_index_that_is_deleted_under_a_run(stuck: Stuck) -> None:
    pipeline, end = stuck
    pipeline.client.delete("/indexes/docs")
    end.write("two")
    end.close()
    assert pipeline.result()["errorMessage"] == "'docs' was not found in indexes."


def test_a_schedule(pipeline: Pipeline) -> None:
    pipeline.index(KEY, CONTENT)
    pipeline.indexer(schedule={"interval": "PT5M"})
    pipeline.write("a.txt", "one")
    clock = "/emulator/clock"
    assert pipeline.client.post(clock, {"seconds": "later"}).status_code == 400
    assert pipeline.client.post(clock, {"seconds": 60}).status_code == 204
    assert len(pipeline.status()["executionHistory"]) == 1
    pipeline.client.post(clock, {"seconds": 300})
    pipeline.result()
    assert pipeline.column("content") == ["one"]
    pipeline.client.post(clock, {"seconds": 3600})  # eleven slots were missed: one run
    pipeline.result()
    assert len(pipeline.status()["executionHistory"]) == 3


def test_a_disabled_indexer_waits(pipeline: Pipeline) -> None:
    pipeline.index(KEY)
    body = INDEXER | {"schedule": {"interval": "PT5M"}}
    pipeline.client.made("/indexers/indexer", body | {"disabled": True})
    pipeline.client.post("/emulator/clock", {"seconds": 600})
    assert pipeline.status()["lastResult"] is None
    pipeline.client.made("/indexers/indexer", body)
    pipeline.client.post("/emulator/clock", {"seconds": 600})
    assert pipeline.result()["status"] == "success"


def failed(pipeline: Pipeline, **source: Any) -> str:
    """The message of the failed run of a data source that cannot be read."""
    pipeline.source(**source)
    pipeline.index(KEY)
    last = pipeline.indexer()
    assert last["status"] == "transientFailure"
    message: str = last["errorMessage"]
    return message


def test_an_account_that_is_not_mapped(pipeline: Pipeline) -> None:
    text = "DefaultEndpointsProtocol=https;AccountName=other;AccountKey=c2VjcmV0"
    message = failed(pipeline, credentials={"connectionString": text})
    assert "--storage other=FOLDER" in message
    assert "c2VjcmV0" not in message


def test_a_container_that_is_not_there(pipeline: Pipeline) -> None:
    assert "container does not exist: 'no'" in failed(pipeline, container={"name": "no"})


def test_a_container_outside_the_folder(pipeline: Pipeline) -> None:
    assert "does not exist" in failed(pipeline, container={"name": "../acme/files"})


def test_another_type_of_data_source(pipeline: Pipeline) -> None:
    message = failed(pipeline, type="azuresql", credentials={"connectionString": KEYLESS})
    assert "type 'azuresql' are not emulated" in message


def test_an_endpoint_where_nobody_answers(pipeline: Pipeline) -> None:
    text = "BlobEndpoint=http://127.0.0.1:1/acct;AccountName=acct;AccountKey=c2VjcmV0"
    message = failed(pipeline, credentials={"connectionString": text})
    assert "cannot be reached" in message
    assert "c2VjcmV0" not in message


def test_a_lakehouse(connect: Callable[..., Client], tmp_path: Path) -> None:
    files = tmp_path / "lake"
    pipeline = Pipeline(connect(storage={"workspace": str(tmp_path)}), files)
    pipeline.write("Files/docs/a.txt", "one")
    pipeline.write("Files/others/b.txt", "two")
    pipeline.source(
        type="onelake",
        credentials={"connectionString": "ResourceId=workspace"},
        container={"name": "lake", "query": "Files/docs"},
    )
    pipeline.index(KEY, field("metadata_storage_path"))
    pipeline.indexer()
    place = "https://onelake.blob.fabric.microsoft.com/workspace/lake/Files/docs/a.txt"
    assert pipeline.column("metadata_storage_path") == [place]


def test_what_was_pretended_ends_with_the_first_real_document(pipeline: Pipeline) -> None:
    """Statistics first show what a door said, then what the index holds."""
    pipeline.index(KEY, field("content"))
    numbers = "/emulator/datasources/source/numbers"
    assert pipeline.client.put(numbers, {"documents": 9}).status_code == 204
    pipeline.indexer()

    def count() -> int:
        """Statistics and $count say the same."""
        shown: int = pipeline.client.get("/indexes/docs/stats").json()["documentCount"]
        assert pipeline.client.get("/indexes/docs/docs/$count").text.lstrip("\ufeff") == str(shown)
        return shown

    assert count() == 9
    pipeline.client.delete("/datasources/source")
    pipeline.source()
    assert pipeline.run()["itemsProcessed"] == 0
    assert count() == 9
    pipeline.write("a.txt", "text")
    assert pipeline.run()["itemsProcessed"] == 1
    assert count() == 1
    pipeline.client.put("/emulator/indexes/docs/numbers", {"documentCount": 7})
    assert count() == 7
    upload = {"value": [{"id": "x", "content": "text"}]}
    assert pipeline.client.post("/indexes/docs/docs/index", upload).status_code == 200
    assert count() == 2
