"""A project of Azure's resources and search objects, and an emulated subscription on a TLS port."""

from __future__ import annotations

import contextlib
import io
import json
import os
import ssl
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from reconciler.cli import run
from tests.emulator.served import served_tls
from tests.world import Ran

SUBSCRIPTION = "00000000-0000-0000-0000-000000000000"
TOKEN = "a-token-for-tests"
CONSENTS = [
    argument
    for name in (
        "ResourceGroup/docs-rg",
        "StorageAccount/docsstore",
        "BlobContainer/docsstore/handbook",
        "SearchService/docs",
    )
    for argument in ("--consent", name)
]
PROJECT = """\
apiVersion: reconciler/v1
kind: Project
metadata: {name: stack}
spec:
  environments:
    dev:
      service:
        endpoint: https://docs-x1.search.windows.net
        credential: {token: "${env.TOKEN}"}
      azure:
        subscription: 00000000-0000-0000-0000-000000000000
        resourceGroup: docs-rg
        location: swedencentral
        token: ${env.TOKEN}
        hosts: {management.azure.com: HOST, docs-x1.search.windows.net: HOST}
"""
RESOURCES = """\
apiVersion: azure-resource-manager
kind: ResourceGroup
metadata: {name: docs-rg}
spec: {}
---
apiVersion: azure-resource-manager
kind: StorageAccount
metadata: {name: docsstore, nameOnService: docsstorex1}
spec: {kind: StorageV2, sku: {name: Standard_LRS}}
---
apiVersion: azure-resource-manager
kind: BlobContainer
metadata: {name: handbook, parent: StorageAccount/docsstore}
spec: {}
---
apiVersion: azure-resource-manager
kind: SearchService
metadata: {name: docs, nameOnService: docs-x1}
spec:
  sku: {name: basic}
  identity: {type: SystemAssigned}
  tags: {team: docs}
  properties: {authOptions: {aadOrApiKey: {aadAuthFailureMode: http401WithBearerChallenge}}}
---
apiVersion: azure-resource-manager
kind: RoleAssignment
metadata: {name: search-reads-blobs}
spec:
  scope: ${StorageAccount.docsstore/id}
  role: Storage Blob Data Reader
  principal: ${SearchService.docs/identity/principalId}
"""
SEARCH = """\
apiVersion: azure-ai-search
kind: DataSource
metadata: {name: docs}
spec:
  type: azureblob
  credentials: {connectionString: "ResourceId=${StorageAccount.docsstore/id};"}
  container: {name: handbook}
---
apiVersion: azure-ai-search
kind: Index
metadata: {name: docs-v1}
spec:
  fields:
    - {name: id, type: Edm.String, key: true}
    - {name: content, type: Edm.String, searchable: true}
---
apiVersion: azure-ai-search
kind: Indexer
metadata: {name: docs}
spec:
  dataSourceName: docs
  targetIndexName: docs-v1
  fieldMappings:
    - sourceFieldName: metadata_storage_path
      targetFieldName: id
      mappingFunction: {name: base64Encode}
"""
DECLARED = {
    "BlobContainer/docsstore/handbook",
    "DataSource/docs",
    "Index/docs-v1",
    "Indexer/docs",
    "ResourceGroup/docs-rg",
    "RoleAssignment/search-reads-blobs",
    "SearchService/docs",
    "StorageAccount/docsstore",
}


class Stack:
    """The project in a folder, and the subscription that it is applied to."""

    def __init__(self, root: Path, url: str, authority: str) -> None:
        self.root = root
        self.environ = {"TOKEN": TOKEN, "SSL_CERT_FILE": authority}
        context = ssl.create_default_context(cafile=authority)
        self.doors = httpx.Client(base_url=url, verify=context)
        (root / "manifests").mkdir(exist_ok=True)
        (root / "reconciler.yaml").write_text(PROJECT.replace("HOST", url.partition("//")[2]))
        self.write(RESOURCES + "---\n" + SEARCH)

    def write(self, text: str) -> None:
        """Make these the only documents."""
        (self.root / "manifests" / "all.yaml").write_text(text)

    def door(self, method: str, name: str, body: Any = None) -> Any:
        """Ask a control door of the emulator."""
        reply = self.doors.request(method, f"/emulator/{name}", json=body)
        reply.raise_for_status()
        return reply.json() if reply.content else None

    def cli(self, *arguments: str) -> Ran:
        """A command, in this process."""
        before = {name: os.environ.get(name) for name in self.environ}
        os.environ.update(self.environ)
        out, err = io.StringIO(), io.StringIO()
        try:
            with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
                code = run([arguments[0], "--project", str(self.root), *arguments[1:]])
        finally:
            for name, value in before.items():
                os.environ.pop(name) if value is None else os.environ.update({name: value})
        return Ran(code, out.getvalue(), err.getvalue())

    def plan(self) -> dict[str, Any]:
        ran = self.cli("plan", "--format", "json", "--allow-refused")
        assert ran.code in (0, 2), ran.err + ran.out
        value: dict[str, Any] = json.loads(ran.out)
        return value

    def apply(self, *arguments: str) -> Ran:
        ran = self.cli("apply", "--yes", *arguments)
        assert ran.code == 0, ran.err + ran.out
        return ran

    def process(self, *arguments: str) -> subprocess.Popen[str]:
        """A command in a process of its own, that can be killed."""
        command = [sys.executable, "-m", "reconciler", arguments[0], "--project", str(self.root)]
        environ = {**os.environ, **self.environ}
        return subprocess.Popen(
            [*command, *arguments[1:]],
            env=environ,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )

    def assignments(self) -> list[dict[str, Any]]:
        """Every role assignment of the subscription."""
        kind = "Microsoft.Authorization/roleAssignments"
        found = self.azure(f"/subscriptions/{SUBSCRIPTION}/providers/{kind}?api-version=2022-04-01")
        value: list[dict[str, Any]] = found.json()["value"]
        return value

    def azure(self, path: str, method: str = "GET", body: Any = None) -> httpx.Response:
        """A call of Azure, by hand."""
        host = "management.azure.com"
        headers = {"host": host, "authorization": f"Bearer {TOKEN}"}
        extensions = {"sni_hostname": host}
        return self.doors.request(method, path, json=body, headers=headers, extensions=extensions)


@pytest.fixture(scope="session")
def port() -> Iterator[tuple[str, str]]:
    with served_tls(azure=True) as served:
        yield served


@pytest.fixture
def stack(port: tuple[str, str], tmp_path: Path) -> Iterator[Stack]:
    made = Stack(tmp_path, *port)
    made.door("DELETE", "faults")
    made.door("DELETE", "state")
    durations = made.door("GET", "azure")["durations"]
    made.door("PUT", "azure/durations", dict.fromkeys(durations, 0.05) | {"retryAfter": 0})
    yield made
    made.doors.close()
