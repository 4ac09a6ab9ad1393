"""A whole pipeline, as users have it: a served emulator over a folder of files."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest

from tests.faults.gateway import Answer, Forward, Gateway, Request, gateway
from tests.indexing.conftest import KEYLESS, age
from tests.storage.azurite import azurite
from tests.world import Service, emulator

__all__ = ["azurite"]  # a fixture

URL = "https://acme.blob.core.windows.net/files/"
ALL = {"maxFailedItems": -1, "maxFailedItemsPerBatch": -1}
FIELDS: list[dict[str, Any]] = [
    {"name": "id", "type": "Edm.String", "key": True},
    {"name": "metadata_storage_name", "type": "Edm.String", "filterable": True},
    {
        "name": "content",
        "type": "Edm.String",
        "filterable": False,
        "sortable": False,
        "facetable": False,
    },
]
Start = Callable[..., "Files"]


class Files:
    """An emulator whose container `files` is a folder, and what a run made of it."""

    def __init__(self, service: Service, folder: Path) -> None:
        self.service = service
        self.folder = folder

    def write(self, name: str, content: str | bytes) -> None:
        """A file that is a minute old."""
        data = content.encode() if isinstance(content, str) else content
        (self.folder / name).write_bytes(data)
        age(self.folder / name)

    def create(
        self, *skills: dict[str, Any], index: dict[str, Any] | None = None, **indexer: Any
    ) -> dict[str, Any]:
        """The data source, an index `docs`, the skills and an indexer; the result of its run."""
        source = {
            "type": "azureblob",
            "credentials": {"connectionString": KEYLESS},
            "container": {"name": "files"},
        }
        self.service.put("DataSource/source", source)
        self.service.put("Index/docs", index or {"fields": FIELDS})
        body = {"dataSourceName": "source", "targetIndexName": "docs", **indexer}
        if skills:
            self.service.put("Skillset/skills", {"skills": list(skills)})
            body["skillsetName"] = "skills"
        self.service.put("Indexer/indexer", body)
        return self.result()

    def run(self) -> dict[str, Any]:
        self.service.http.post("/indexers/indexer/run").raise_for_status()
        return self.result()

    def result(self) -> dict[str, Any]:
        """Waits for the end of the run."""
        deadline = time.monotonic() + 60
        while time.monotonic() < deadline:
            reply = self.service.http.get("/indexers/indexer/status")
            last: dict[str, Any] = reply.json()["lastResult"]
            if last["status"] != "inProgress":
                return last
            time.sleep(0.02)
        raise AssertionError(last)

    def found(self, search: str = "*") -> list[str]:
        """The names of the files that a query finds."""
        reply = self.service.http.get("/indexes/docs/docs", params={"search": search})
        assert reply.status_code == 200, reply.text
        return sorted(found["metadata_storage_name"] for found in reply.json()["value"])


def names(entry: dict[str, Any], file: str) -> bool:
    """Whether an error or a warning names a file."""
    return bool(entry["key"].startswith(f"localId={quote(URL + file, safe='')}&"))


@pytest.fixture
def start(tmp_path: Path) -> Iterator[Start]:
    """Starts an emulator over the folder, with more options."""
    folder = tmp_path / "acme" / "files"
    folder.mkdir(parents=True)
    running = []

    def begin(*options: str) -> Files:
        storage = ("--storage", f"acme={folder.parent}")
        served = emulator(tmp_path / "access.log", *storage, *options)
        running.append(served)
        return Files(served.__enter__(), folder)

    yield begin
    for served in running:
        served.__exit__(None, None, None)


@pytest.fixture
def files(start: Start) -> Files:
    """Two sound files among which a test puts others."""
    made = start()
    made.write("a.txt", "The first walrus.")
    made.write("z.txt", "The last walrus.")
    return made


@pytest.fixture
def endpoint() -> Iterator[Gateway]:
    """Somebody's skill; a test says with `harm` what it answers."""

    def unset(request: Request, forward: Forward) -> Answer:
        raise AssertionError((request.path, forward))

    with gateway(unset) as made:
        yield made
