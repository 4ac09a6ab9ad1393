"""A client of an emulated subscription in the same process: every host of it through one app."""

from __future__ import annotations

import asyncio
import os
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from reconciler.emulator import Settings, create_app

SUBSCRIPTION = "00000000-0000-0000-0000-000000000000"
ROOT = f"/subscriptions/{SUBSCRIPTION}"
GROUP = f"{ROOT}/resourceGroups/docs-rg"
SEARCH = f"{GROUP}/providers/Microsoft.Search/searchServices/docs"
ACCOUNT = f"{GROUP}/providers/Microsoft.Storage/storageAccounts/docsstore"
BLOBS = f"{ACCOUNT}/blobServices/default"
CONTAINER = f"{BLOBS}/containers/handbook"
READER = "2a2b9908-6ea1-4ae2-8e65-a410df84e7d1"
LASTING = (
    *("searchCreate", "searchScale", "searchNetwork", "searchIpRules", "searchName"),
    *("storageCreate", "containerName", "groupDelete", "principal", "role"),
)
AT_ONCE = dict.fromkeys(LASTING, 0)
VERSIONS = {
    "microsoft.search": "2025-05-01",
    "microsoft.storage": "2025-06-01",
    "microsoft.authorization": "2022-04-01",
}
Body = dict[str, Any]


class Subscription:
    """One emulator with `azure`; durations are 0 unless a test sets them."""

    def __init__(self, runner: asyncio.Runner, settings: Settings) -> None:
        self._runner = runner
        self._transport = httpx.ASGITransport(app=create_app(settings))
        self._clients: dict[str, httpx.AsyncClient] = {}
        self._key = settings.admin_key or "any"
        self.door("PUT", "durations", AT_ONCE)

    def ask(self, host: str, method: str, path: str, **more: Any) -> httpx.Response:
        """Any request to any host; a path may be a whole URL."""
        if host not in self._clients:
            base = f"https://{host}"
            self._clients[host] = httpx.AsyncClient(transport=self._transport, base_url=base)
        return self._runner.run(self._clients[host].request(method, path, **more))

    def call(
        self, method: str, path: str, body: Any = None, *, version: str | None = "", **more: Any
    ) -> httpx.Response:
        """Resource Manager, with a token and an api-version of the type."""
        if version == "" and "api-version=" not in path:
            provider = path.lower().rpartition("/providers/")[2].partition("/")[0]
            version = VERSIONS.get(provider, "2024-11-01")
        headers = {"authorization": "Bearer token"} | more.pop("headers", {})
        params = more.pop("params", {}) | ({"api-version": version} if version else {})
        return self.ask(
            "management.azure.com",
            method,
            path,
            json=body,
            headers=headers,
            params=params or None,
            **more,
        )

    def get(self, path: str, **more: Any) -> Body:
        reply = self.call("GET", path, **more)
        assert reply.status_code == 200, reply.text
        body: Body = reply.json()
        return body

    def put(self, path: str, body: Any = None, **more: Any) -> Body:
        """A PUT that must succeed, waited for."""
        reply = self.call("PUT", path, body, **more)
        assert reply.status_code in (200, 201, 202), reply.text
        if reply.status_code == 202:
            reply = self.polled(reply)
        answer: Body = reply.json()
        return answer

    def delete(self, path: str) -> int:
        reply = self.call("DELETE", path)
        if reply.status_code == 202:
            self.polled(reply)
        return reply.status_code

    def polled(self, reply: httpx.Response) -> httpx.Response:
        """Follows a Location to its end."""
        place = reply.headers["location"]
        for _ in range(200):
            reply = self.call("GET", place, version=None)
            if reply.status_code != 202:
                return reply
            time.sleep(0.01)
        raise AssertionError("it did not end")

    def refused(self, method: str, path: str, body: Any = None, **more: Any) -> tuple[int, str]:
        """Status and code of a refusal."""
        reply = self.call(method, path, body, **more)
        assert reply.status_code >= 400, reply.text
        return reply.status_code, reply.json()["error"]["code"]

    def door(self, method: str, path: str, body: Any = None) -> httpx.Response:
        place, headers = f"/emulator/azure/{path}", {"api-key": self._key}
        reply = self.ask("localhost", method, place, json=body, headers=headers)
        assert reply.is_success, reply.text
        return reply

    def advance(self, seconds: float) -> None:
        reply = self.ask("localhost", "POST", "/emulator/clock", json={"seconds": seconds})
        assert reply.status_code == 204

    def search(self, method: str, path: str, body: Any = None, **more: Any) -> httpx.Response:
        """The data plane of the service `docs`."""
        params = {"api-version": "2026-04-01"} | more.pop("params", {})
        headers = more.pop("headers", {"authorization": "Bearer token"})
        host = more.pop("host", "docs.search.windows.net")
        return self.ask(host, method, path, json=body, headers=headers, params=params, **more)

    def close(self) -> None:
        for client in self._clients.values():
            self._runner.run(client.aclose())

    # What most tests begin with.

    def group(self) -> Body:
        return self.put(GROUP, {"location": "westus2"})

    def service(self, sku: str = "basic", **more: Any) -> Body:
        return self.put(SEARCH, service_body(sku, **more))

    def account(self, **more: Any) -> Body:
        return self.put(ACCOUNT, account_body(**more))

    def role(self, scope: str, principal: str, role: str = READER, name: int = 1) -> Body:
        path = f"{scope}/providers/Microsoft.Authorization/roleAssignments/{guid(name)}"
        return self.put(path, role_body(principal, role))


def guid(number: int) -> str:
    return f"88888888-0000-0000-0000-{number:012d}"


def service_body(sku: str = "basic", identity: bool = True, **properties: Any) -> Body:
    body: Body = {"location": "westus2", "sku": {"name": sku}, "properties": properties}
    return body | ({"identity": {"type": "SystemAssigned"}} if identity else {})


def account_body(**properties: Any) -> Body:
    return {
        "location": "westus2",
        "kind": "StorageV2",
        "sku": {"name": "Standard_LRS"},
        "properties": properties,
    }


def role_body(principal: str, role: str = READER, type: str | None = "ServicePrincipal") -> Body:
    definition = f"{ROOT}/providers/Microsoft.Authorization/roleDefinitions/{role}"
    properties = {"roleDefinitionId": definition, "principalId": principal}
    return {"properties": properties | ({"principalType": type} if type else {})}


@pytest.fixture
def subscribe() -> Iterator[Callable[..., Subscription]]:
    with asyncio.Runner() as runner:
        made: list[Subscription] = []

        def build(**settings: Any) -> Subscription:
            made.append(Subscription(runner, Settings(azure=True, **settings)))
            return made[-1]

        yield build
        for one in made:
            one.close()


@pytest.fixture
def azure(subscribe: Callable[..., Subscription]) -> Subscription:
    return subscribe()


@pytest.fixture
def grouped(azure: Subscription) -> Subscription:
    azure.group()
    return azure


@pytest.fixture(scope="session")
def recordings() -> Path:
    """The folder with the dialogues; tests that need it skip plainly without it."""
    default = Path(__file__).parents[4] / "shared"
    folder = Path(os.environ.get("RECONCILER_SHARED", default)) / "azure-management" / "recordings"
    if not folder.is_dir():
        pytest.skip("no recordings: set RECONCILER_SHARED to the folder with azure-management/")
    return folder
