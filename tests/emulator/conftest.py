"""A synchronous client of an emulator in the same process."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from reconciler.emulator import Settings, create_app

STABLE, PREVIEW = "2026-04-01", "2025-11-01-preview"
RETURN = {"Prefer": "return=representation"}


class Client:
    """Calls one emulator; every call carries a key and, unless told, the stable api-version."""

    def __init__(self, runner: asyncio.Runner, settings: Settings) -> None:
        self._runner = runner
        transport = httpx.ASGITransport(app=create_app(settings))
        self.http = httpx.AsyncClient(transport=transport, base_url="http://emulator")

    def call(
        self,
        method: str,
        path: str,
        body: Any = None,
        *,
        version: str | None = STABLE,
        headers: dict[str, str] | None = None,
        key: str | None = "any",
        timeout: float | None = None,
        **more: Any,
    ) -> httpx.Response:
        params = {"api-version": version} if version else {}
        given = {"api-key": key} if key else {}
        request = self.http.request(
            method,
            path,
            params=params | more.pop("params", {}),
            headers=given | (headers or {}),
            json=body,
            **more,
        )
        return self._runner.run(asyncio.wait_for(request, timeout))

    def get(self, path: str, **more: Any) -> httpx.Response:
        return self.call("GET", path, **more)

    def post(self, path: str, body: Any = None, **more: Any) -> httpx.Response:
        return self.call("POST", path, body, **more)

    def delete(self, path: str, **more: Any) -> httpx.Response:
        return self.call("DELETE", path, **more)

    def put(self, path: str, body: Any, **more: Any) -> httpx.Response:
        """A PUT that asks for the body, as every official client does."""
        more["headers"] = RETURN | more.get("headers", {})
        return self.call("PUT", path, body, **more)

    def made(self, path: str, body: Any, **more: Any) -> dict[str, Any]:
        reply = self.put(path, body, **more)
        assert reply.status_code in (200, 201), reply.text
        content: dict[str, Any] = reply.json()
        return content


@pytest.fixture
def connect() -> Iterator[Callable[..., Client]]:
    with asyncio.Runner() as runner:
        clients: list[Client] = []

        def build(**settings: Any) -> Client:
            clients.append(Client(runner, Settings(**settings)))
            return clients[-1]

        yield build
        for client in clients:
            runner.run(client.http.aclose())


@pytest.fixture
def client(connect: Callable[..., Client]) -> Client:
    return connect()


@pytest.fixture
def docs(client: Client) -> Client:
    """A client of a service with a plain index, `docs`."""
    client.made("/indexes/docs", index_body())
    return client


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder with the recordings; tests that need it skip plainly without it."""
    default = Path(__file__).parents[3] / "shared"
    folder = Path(os.environ.get("RECONCILER_SHARED", default)) / "azure-ai-search"
    if not folder.is_dir():
        pytest.skip("no recordings: set RECONCILER_SHARED to the folder with azure-ai-search/")
    return folder


def index_body(name: str = "docs", **more: Any) -> dict[str, Any]:
    return {
        "name": name,
        "fields": [
            {"name": "id", "type": "Edm.String", "key": True},
            {"name": "title", "type": "Edm.String"},
        ],
        **more,
    }


def vector_index(name: str = "docs", **more: Any) -> dict[str, Any]:
    body = index_body(name, **more)
    body["fields"].append(
        {
            "name": "vector",
            "type": "Collection(Edm.Single)",
            "searchable": True,
            "dimensions": 1536,
            "vectorSearchProfile": "profile",
        }
    )
    body["vectorSearch"] = {
        "profiles": [{"name": "profile", "algorithm": "hnsw"}],
        "algorithms": [{"name": "hnsw", "kind": "hnsw"}],
    }
    return body


def source_body(name: str = "source", secret: str | None = "the-secret") -> dict[str, Any]:
    return {
        "name": name,
        "type": "azureblob",
        "credentials": {"connectionString": secret},
        "container": {"name": "files"},
    }


def split_skill(**more: Any) -> dict[str, Any]:
    return {
        "@odata.type": "#Microsoft.Skills.Text.SplitSkill",
        "inputs": [{"name": "text", "source": "/document/content"}],
        "outputs": [{"name": "textItems", "targetName": "pages"}],
        **more,
    }


def indexer_body(name: str = "indexer", **more: Any) -> dict[str, Any]:
    return {"name": name, "dataSourceName": "source", "targetIndexName": "docs", **more}


def pipeline(client: Client, **indexer: Any) -> dict[str, Any]:
    """A data source that is said to be empty, an index, a skillset and an indexer."""
    client.made("/datasources/source", source_body())
    client.put("/emulator/datasources/source/numbers", {"documents": 0})
    client.made("/indexes/docs", index_body())
    client.made("/skillsets/skills", {"name": "skills", "skills": [split_skill()]})
    return client.made("/indexers/indexer", indexer_body(skillsetName="skills", **indexer))
