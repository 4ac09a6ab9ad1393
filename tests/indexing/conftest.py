"""An emulated service whose data source is a folder, and what one looks at after a run."""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.emulator.conftest import PREVIEW, Client, client, connect
from tests.storage.azurite import azurite

__all__ = ["azurite", "client", "connect"]  # fixtures

KEYLESS = "ResourceId=/subscriptions/s/resourceGroups/g/providers/x/storageAccounts/acme;"
URL = "https://acme.blob.core.windows.net/files"


def field(name: str, kind: str = "Edm.String", **more: Any) -> dict[str, Any]:
    return {"name": name, "type": kind, **more}


KEY = field("id", key=True)


class Pipeline:
    """One service, its files, and an indexer named `indexer` from `source` into `docs`."""

    def __init__(self, client: Client, files: Path) -> None:
        self.client = client
        self.files = files

    def write(self, name: str, content: str | bytes, **metadata: str) -> Path:
        """A file that is a minute old: a second run does not read it again for being young."""
        path = self.files / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        if metadata:
            pairs = ",".join(f'"{key}":"{value}"' for key, value in metadata.items())
            beside = Path(f"{path}.metadata.json")
            beside.write_text("{" + pairs + "}")
            age(beside)
        age(path)
        return path

    def source(self, **more: Any) -> None:
        body = {
            "name": "source",
            "type": "azureblob",
            "credentials": {"connectionString": KEYLESS},
            "container": {"name": "files"},
        }
        if "type" in more:  # it stays what it is
            self.client.delete("/datasources/source")
        self.client.made("/datasources/source", body | more)

    def index(self, *fields: dict[str, Any], name: str = "docs") -> None:
        self.client.made(f"/indexes/{name}", {"name": name, "fields": list(fields)})

    def skillset(self, *skills: dict[str, Any], **more: Any) -> None:
        body = {"name": "skills", "skills": list(skills), **more}
        self.client.made("/skillsets/skills", body)

    def indexer(self, **more: Any) -> dict[str, Any]:
        """Creates or changes the indexer; the result of the run if it was created."""
        body = {"name": "indexer", "dataSourceName": "source", "targetIndexName": "docs"}
        self.client.made("/indexers/indexer", body | more)
        return self.result()

    def run(self) -> dict[str, Any]:
        """Runs the indexer and waits; the result."""
        reply = self.client.post("/indexers/indexer/run")
        assert reply.status_code == 202, reply.text
        return self.result()

    def reset(self) -> None:
        assert self.client.post("/indexers/indexer/reset").status_code == 204

    def status(self) -> dict[str, Any]:
        status: dict[str, Any] = self.client.get("/indexers/indexer/status", version=PREVIEW).json()
        return status

    def result(self) -> dict[str, Any]:
        return self.until(lambda last: last["status"] != "inProgress")

    def until(self, seen: Callable[[dict[str, Any]], bool]) -> dict[str, Any]:
        """Asks for the status until the last result is as wanted."""
        for _ in range(600):
            last: dict[str, Any] = self.status()["lastResult"]
            if last is not None and seen(last):
                return last
            time.sleep(0.05)
        raise AssertionError(f"the run went on: {last}")

    def docs(self, index: str = "docs") -> list[dict[str, Any]]:
        """Every document, by key."""
        reply = self.client.get(f"/indexes/{index}/docs", params={"search": "*", "$top": "1000"})
        assert reply.status_code == 200, reply.text
        found = reply.json()["value"]
        return [{k: v for k, v in doc.items() if not k.startswith("@")} for doc in found]

    def column(self, name: str, index: str = "docs") -> list[Any]:
        """One field of every document, sorted."""
        return sorted(doc[name] for doc in self.docs(index))


@pytest.fixture
def pipeline(connect: Callable[..., Client], tmp_path: Path) -> Pipeline:
    """A pipeline whose data source stands; its container is an empty folder."""
    files = tmp_path / "acme" / "files"
    files.mkdir(parents=True)
    made = Pipeline(connect(storage={"acme": str(files.parent)}), files)
    made.source()
    return made


def age(path: Path) -> None:
    """Makes a file a minute older: what is young is read again (rule blob-changed)."""
    made = path.stat().st_mtime_ns - 60_000_000_000
    os.utime(path, ns=(made, made))


def touch(path: Path) -> None:
    """A later time, also where clocks are coarse."""
    later = path.stat().st_mtime_ns + 1_000_000_000
    os.utime(path, ns=(later, later))
