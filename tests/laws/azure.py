"""Stacks of Azure's resources with search objects on them, and a subscription in this process."""

from __future__ import annotations

import asyncio
import json
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType
from typing import Any, NamedTuple

import httpx
from hypothesis import strategies as st

from reconciler.emulator import Settings as Emulated
from reconciler.emulator import create_app
from reconciler.model.ledger import Ledger
from reconciler.model.outcome import Outcome
from reconciler.model.plan import Drift, Plan
from reconciler.session.session import Choice, Session
from reconciler.session.workspace import Settings
from reconciler.wire import RetryPolicy
from tests.laws.parts import Body, optional, perhaps
from tests.laws.recorder import Call, Recorder, Send

SUBSCRIPTION = "/subscriptions/00000000-0000-0000-0000-000000000000"
VERSIONS = {
    "resourceGroups": "2024-11-01",
    "storageAccounts": "2025-06-01",
    "containers": "2025-06-01",
    "searchServices": "2025-05-01",
    "roleAssignments": "2022-04-01",
}
_SOMEBODY = "11111111-1111-1111-1111-111111111111"
_ROLES = ("Storage Blob Data Reader", "Reader")
_ADMITS = {"authOptions": {"aadOrApiKey": {"aadAuthFailureMode": "http403"}}}


class Document(NamedTuple):
    """One manifest."""

    kind: str
    name: str
    spec: Body
    metadata: Mapping[str, str] = MappingProxyType({})
    group: str = "azure-resource-manager"

    @property
    def id(self) -> str:
        holder = self.metadata.get("parent", "").rpartition("/")[2]
        return "/".join(part for part in (self.kind, holder, self.name) if part)

    @property
    def text(self) -> str:
        head = {"apiVersion": self.group, "kind": self.kind}
        metadata = {"name": self.name, **self.metadata}
        return json.dumps({**head, "metadata": metadata, "spec": self.spec})


Stack = dict[str, Document]


@st.composite
def stacks(draw: st.DrawFn) -> Stack:
    """Some of a few resources: two stacks have many in common, and what is in both differs."""
    found = [Document("ResourceGroup", "docs-rg", _tagged(draw))]
    groups = ["docs-rg"]
    if draw(st.booleans()):
        found.append(Document("ResourceGroup", "more-rg", _tagged(draw)))
        groups.append("more-rg")
    services = [_service(draw, "docs", "docs-rg"), _service(draw, "more", "docs-rg")]
    found += services[: draw(st.integers(1, 2))]
    for name, group in zip(("alpha", "beta"), groups, strict=False):
        if draw(st.booleans()):
            found += _account(draw, name, group)
    found += _grants(draw, found)
    found += _on_the_service(draw, found)
    return {document.id: document for document in found}


def _tagged(draw: st.DrawFn) -> Body:
    body: Body = {}
    perhaps(draw, body, "tags", {"team": draw(st.sampled_from(("docs", "search")))})
    return body


def _service(draw: st.DrawFn, name: str, group: str) -> Document:
    properties: Body = dict(_ADMITS)
    optional(draw, properties, "replicaCount", 1, 2)
    spec = _tagged(draw) | {"sku": {"name": "basic"}, "properties": properties}
    perhaps(draw, spec, "identity", {"type": "SystemAssigned"})
    metadata = {"nameOnService": f"laws-{name}", "resourceGroup": group}
    return Document("SearchService", name, spec, metadata)


def _account(draw: st.DrawFn, name: str, group: str) -> Iterator[Document]:
    """An account with some containers."""
    properties: Body = {}
    optional(draw, properties, "allowSharedKeyAccess", True, False)
    sku = {"name": draw(st.sampled_from(("Standard_LRS", "Standard_GRS", "standard_lrs")))}
    spec = _tagged(draw) | {"kind": "StorageV2", "sku": sku, "properties": properties}
    perhaps(draw, spec, "identity", {"type": "SystemAssigned"})
    metadata = {"nameOnService": f"laws{name}", "resourceGroup": group}
    yield Document("StorageAccount", name, spec, metadata)
    for box in ("leave", "pay"):
        if draw(st.booleans()):
            spec = {}
            perhaps(draw, spec, "properties", {"metadata": {"a": draw(st.sampled_from("xy"))}})
            yield Document("BlobContainer", box, spec, {"parent": f"StorageAccount/{name}"})


def _grants(draw: st.DrawFn, there: list[Document]) -> Iterator[Document]:
    """Some assignments of what there is; under names that may go to another one later."""
    who = [_SOMEBODY]
    for document in there:
        if document.spec.get("identity"):
            who.append(f"${{{document.kind}.{document.name}/identity/principalId}}")
    scopes = [
        f"${{{document.kind}.{document.name}/id}}"
        for document in there
        if document.kind != "BlobContainer"
    ]
    grants = st.tuples(*map(st.sampled_from, (scopes, _ROLES, who)))
    for number, (scope, role, principal) in enumerate(
        draw(st.lists(grants, max_size=3, unique=True))
    ):
        spec = {"scope": scope, "role": role, "principal": principal}
        spec |= {"principalType": "ServicePrincipal"} if principal == _SOMEBODY else {}
        perhaps(draw, spec, "description", draw(st.sampled_from(("reads", "looks"))))
        yield Document("RoleAssignment", f"r{number}", spec)


def _on_the_service(draw: st.DrawFn, there: list[Document]) -> Iterator[Document]:
    """Search objects that use what resources say of themselves."""
    for document in there:
        if document.kind == "StorageAccount":
            text = f"ResourceId=${{StorageAccount.{document.name}/id}};"
            spec: Body = {"type": "azureblob", "credentials": {"connectionString": text}}
            spec["container"] = {"name": "leave"}
            if document.spec.get("identity") and draw(st.booleans()):
                spec["description"] = f"${{StorageAccount.{document.name}/identity/principalId}}"
            yield Document("DataSource", document.name, spec, group="azure-ai-search")
    if draw(st.booleans()):
        spec = {"format": "solr", "synonyms": "${SearchService.docs/properties/endpoint}"}
        yield Document("SynonymMap", "words", spec, group="azure-ai-search")


class Killed(BaseException):
    """The process is no more: nobody may do anything about it."""


@dataclass
class Kill:
    """The write at which a process is killed, counted from 0, and whether it was done before."""

    write: int
    done: bool


@dataclass
class AzureBench:
    """A project, a subscription, and a record of every call to it."""

    root: Path
    app: Any
    recorder: Recorder
    kill: Kill | None = None
    stack: Stack = field(default_factory=dict)
    consents: set[str] = field(default_factory=set)

    async def __call__(self, scope: Any, receive: Any, send: Send) -> None:
        """The subscription, as the project sees it."""
        if scope["method"] in ("PUT", "DELETE") and self.kill is not None:
            self.kill.write -= 1
            if self.kill.write < 0:
                if self.kill.done:
                    await self.recorder(scope, receive, send)
                raise Killed
        await self.recorder(scope, receive, send)

    def declare(self, stack: Stack) -> None:
        """Make these the only documents; what holds others may go, if it comes to that."""
        text = "\n---\n".join(document.text for document in stack.values())
        (self.root / "manifests" / "all.yaml").write_text(text)
        self.stack, self.consents = stack, self.consents | stack.keys()

    def session(self) -> Session:
        settings = Settings(
            path=self.root,
            environ={"TOKEN": "a-token"},
            transport=httpx.ASGITransport(self),
            retry_policy=RetryPolicy(first=0.0, longest=0.0),
        )
        return Session.open(settings)

    def choice(self, *, destroy: bool = False) -> Choice:
        return Choice(consents=frozenset({"all", *self.consents}), destroy=destroy)

    def plan(self) -> Plan:
        async def plan() -> Plan:
            async with self.session() as session:
                return await session.plan(self.choice())

        return asyncio.run(plan())

    def apply(self, *, destroy: bool = False) -> tuple[Plan, Outcome, list[Call]]:
        """Plan and do it: the plan, its end, and the writes that were made."""

        async def apply() -> tuple[Plan, Outcome]:
            async with self.session() as session, session.locked():
                plan = await session.plan(self.choice(destroy=destroy))
                return plan, await session.apply(plan, concurrency=4)

        seen = len(self.recorder.calls)
        plan, outcome = asyncio.run(apply())
        return plan, outcome, [c for c in self.recorder.calls[seen:] if c.method != "GET"]

    def killed(self, kill: Kill) -> bool:
        """Apply, and be killed in it; False when it had ended before."""
        self.kill = kill
        try:
            self.apply()
        except Killed:
            return True
        finally:
            self.kill = None
        return False

    def drift(self) -> tuple[Drift, ...]:
        async def drift() -> tuple[Drift, ...]:
            async with self.session() as session:
                return await session.drift()

        return asyncio.run(drift())

    def ledger(self) -> Ledger:
        return asyncio.run(self.session().workspace.ledger.load())

    def http(self, method: str, path: str, body: Any = None) -> httpx.Response:
        """A call of Azure, or of a door of the emulator, by hand and unrecorded."""

        async def call() -> httpx.Response:
            transport = httpx.ASGITransport(self.app)
            door = path.startswith("/emulator/")
            url = ("http://emulator" if door else "https://management.azure.com") + path
            headers = {"authorization": "Bearer a-token"}
            known = [VERSIONS[part] for part in path.split("/") if part in VERSIONS]
            query = {"api-version": known[-1]} if known else {}
            async with httpx.AsyncClient(transport=transport, headers=headers) as client:
                return await client.request(method, url, params=query, json=body)

        return asyncio.run(call())

    def live(self) -> dict[str, Body]:
        """Every resource and every assignment of the subscription, by its id."""
        groups = self.http("GET", f"{SUBSCRIPTION}/resourceGroups").json()["value"]
        types = ("Microsoft.Storage/storageAccounts", "Microsoft.Search/searchServices")
        types = (*types, "Microsoft.Authorization/roleAssignments")
        found = list(groups)
        for kind in types:
            listed = self.http("GET", f"{SUBSCRIPTION}/providers/{kind}").json()["value"]
            found += [self.http("GET", one["id"]).json() for one in listed]
        for account in [one for one in found if "/storageAccounts/" in one["id"]]:
            if "/roleAssignments/" not in account["id"]:
                boxes = f"{account['id']}/blobServices/default/containers"
                found += self.http("GET", boxes).json()["value"]
        return {one["id"].lower(): one for one in found}


@contextmanager
def azure_bench(seed: int = 0) -> Iterator[AzureBench]:
    """A new project and an empty subscription.

    Args:
        seed: decides how calls overlap.
    """
    app = create_app(Emulated(azure=True))
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        (root / "manifests").mkdir()
        (root / "reconciler.yaml").write_text(json.dumps(_PROJECT))
        made = AzureBench(root, app, Recorder(app, seed))
        durations = made.http("GET", "/emulator/azure").json()["durations"]
        made.http("PUT", "/emulator/azure/durations", dict.fromkeys(durations, 0))
        yield made


_PROJECT = {
    "apiVersion": "reconciler/v1",
    "kind": "Project",
    "metadata": {"name": "laws"},
    "spec": {
        "environments": {
            "test": {
                "service": {
                    "endpoint": "https://laws-docs.search.windows.net",
                    "propagation": 0,
                    "credential": {"token": "${env.TOKEN}"},
                },
                "azure": {
                    "subscription": SUBSCRIPTION.rpartition("/")[2],
                    "resourceGroup": "docs-rg",
                    "location": "swedencentral",
                    "token": "${env.TOKEN}",
                },
            }
        }
    },
}
