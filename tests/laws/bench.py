"""A project in a folder, a service in this process, and a record of every call to it."""

from __future__ import annotations

import asyncio
import json
import os
import re
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx
from hypothesis import settings

from reconciler.emulator import Settings as Emulated
from reconciler.emulator import create_app
from reconciler.ledger import FileStore
from reconciler.model.ledger import Ledger, LedgerIdentity
from reconciler.model.outcome import Outcome
from reconciler.model.plan import Plan
from reconciler.planning.claim import excess
from reconciler.planning.plan_file import as_saved, plan_from_json, plan_to_json
from reconciler.redaction import REDACTOR
from reconciler.session.session import Choice, Session
from reconciler.session.workspace import Settings
from reconciler.wire import RetryPolicy
from tests.laws.parts import SECRETS, Body
from tests.laws.recorder import Call, Recorder
from tests.laws.stacks import Stack, filled_in, in_order
from tests.world import API_VERSION, COLLECTIONS, KEY

EXAMPLES = int(os.environ.get("RECONCILER_LAW_EXAMPLES", "0"))
"""How many examples each law is tried on; 0: a few, always the same ones."""


def tried(few: int) -> settings:
    """The settings of a law that is tried on a few examples, or on as many as were asked for."""
    return settings(max_examples=EXAMPLES or few, derandomize=not EXAMPLES)


ENDPOINT = "http://emulator"
SALT = "00" * 16
"""A known salt, so that a secret's fingerprint is computed once a process and not once a stack."""

WHATEVER = Choice(consents=frozenset({"all"}))


@dataclass
class Applied:
    """What an apply did: the plan that it followed, its outcome, and the writes it made."""

    session: Session
    plan: Plan
    outcome: Outcome
    writes: list[Call]

    @property
    def accepted(self) -> list[tuple[str, str]]:
        return [(call.method, call.path) for call in self.writes if call.status in (200, 201, 204)]


@dataclass
class Bench:
    """A world for laws: fast, and seen from both sides."""

    root: Path
    app: Any
    recorder: Recorder
    runner: asyncio.Runner
    secrets: dict[str, str] = field(default_factory=dict)
    stack: Stack = field(default_factory=dict)
    environment: str | None = None

    # the project

    def declare(self, stack: Stack) -> None:
        """Make these the only documents."""
        folder = self.root / "manifests"
        for file in folder.glob("*.json"):
            file.unlink()
        for document in stack.values():
            (folder / f"{document.kind}-{document.name}.json").write_text(document.text)
        self.stack = dict(stack)

    @property
    def environ(self) -> dict[str, str]:
        return {"RECONCILER_API_KEY": KEY, **{k.upper(): v for k, v in self.secrets.items()}}

    def session(self) -> Session:
        settings = Settings(
            path=self.root,
            environment=self.environment,
            environ=self.environ,
            transport=httpx.ASGITransport(self.recorder),
            retry_policy=RetryPolicy(first=0.0, longest=0.0),
        )
        return Session.open(settings)

    def remember(self) -> None:
        """Start with an empty ledger of a known salt."""
        workspace = self.session().workspace
        target = (workspace.project.name, workspace.project.environment, ENDPOINT)
        ledger = Ledger(LedgerIdentity(*target, "0" * 16, SALT))
        self.runner.run(workspace.ledger.save(ledger))

    def forget(self) -> None:
        """Lose the ledger."""
        self.ledger_file.unlink()

    @property
    def ledger_file(self) -> Path:
        store = self.session().workspace.ledger
        assert isinstance(store, FileStore)
        return store.path

    def ledger(self) -> Ledger:
        """What the project owns."""
        return self.runner.run(self.session().workspace.ledger.load())

    # plan and apply

    def plan(self, choice: Choice = WHATEVER) -> Plan:
        return self.runner.run(self._plan(choice))

    async def _plan(self, choice: Choice) -> Plan:
        async with self.session() as session:
            return await session.plan(choice)

    def saved(self, choice: Choice = WHATEVER) -> Body:
        """A plan as it would be saved in a file."""
        return json.loads(json.dumps(plan_to_json(self.plan(choice), REDACTOR)))

    def apply(self, choice: Choice = WHATEVER, saved: Body | None = None) -> Applied:
        """Plan and do it; with a saved plan, only if that is what it says."""
        return self.runner.run(self._apply(choice, saved))

    async def _apply(self, choice: Choice, saved: Body | None) -> Applied:
        seen = len(self.recorder.calls)
        async with self.session() as session, session.locked():
            plan = await session.plan(choice)
            if saved is not None:
                more = list(excess(as_saved(plan, REDACTOR), plan_from_json(saved)))
                assert not more, "; ".join(more)
            outcome = await session.apply(plan, concurrency=4)
        return Applied(session, plan, outcome, _writes(self.recorder.calls[seen:]))

    # the service, by hand and unrecorded

    def http(self, method: str, path: str, body: Any = None, **query: str) -> httpx.Response:
        return self.runner.run(self._http(method, path, body, query))

    async def _http(self, method: str, path: str, body: Any, query: Mapping[str, str]) -> Any:
        transport = httpx.ASGITransport(self.app)
        headers = {"api-key": KEY, "Prefer": "return=representation"}
        async with httpx.AsyncClient(transport=transport, base_url=ENDPOINT) as client:
            params = {"api-version": API_VERSION, **query}
            return await client.request(method, path, params=params, json=body, headers=headers)

    def put(self, address: str, body: Body) -> httpx.Response:
        """Create or replace an object, if the service takes it."""
        kind, _, name = address.partition("/")
        path = f"/{COLLECTIONS[kind]}/{name}"
        return self.http("PUT", path, {"name": name, **body}, allowIndexDowntime="true")

    def delete(self, address: str) -> bool:
        """Delete an object, if the service lets go of it."""
        kind, _, name = address.partition("/")
        return self.http("DELETE", f"/{COLLECTIONS[kind]}/{name}").is_success

    def create(self, stack: Stack) -> None:
        """Create every object of a stack by hand, secrets and all."""
        for document in in_order(stack):
            reply = self.put(document.id, filled_in(document.spec, self.secrets))
            assert reply.is_success, f"{document.id}: {reply.text}"

    def live(self) -> dict[str, Body]:
        """Every object as the service shows it."""
        found = {}
        for kind, collection in COLLECTIONS.items():
            for body in self.http("GET", f"/{collection}").json()["value"]:
                found[f"{kind}/{body['name']}"] = body
        return found

    def stored_secrets(self) -> dict[str, Any]:
        """The digests of all stored secrets, by address and path.

        A skill without a name is one by its number, whether it was written with it or not.
        """
        text = self.http("GET", "/emulator/secrets").text
        found = json.loads(re.sub(r"/#(\d+)/", lambda n: f"/{int(n[1]) - 1}/", text))
        return {
            f"{kind}/{name}": paths
            for kind, collection in COLLECTIONS.items()
            for name, paths in found.get(collection, {}).items()
        }

    def fault(self, **rule: Any) -> None:
        """Set one fault, or with no arguments none."""
        self.faults([rule] if rule else [])

    def faults(self, rules: list[Body]) -> None:
        """Set these faults, and no other."""
        self.http("PUT", "/emulator/faults", rules).raise_for_status()


def _writes(calls: list[Call]) -> list[Call]:
    return [call for call in calls if call.method != "GET"]


@contextmanager
def bench(seed: int = 0, **emulated: Any) -> Iterator[Bench]:
    """A new project and a new service.

    Args:
        seed: decides how calls overlap.
        emulated: settings of the emulator.
    """
    app = create_app(Emulated(tier="standard3", admin_key=KEY, **emulated))
    with tempfile.TemporaryDirectory() as folder, asyncio.Runner() as runner:
        root = Path(folder)
        (root / "manifests").mkdir()
        (root / "reconciler.yaml").write_text(json.dumps(_PROJECT))
        made = Bench(root, app, Recorder(app, seed), runner)
        made.secrets = {name: f"{name}-0-{_TAIL}" for name in SECRETS}
        made.remember()
        yield made


_TAIL = "must/never+show=="
_PROJECT = {
    "apiVersion": "reconciler/v1",
    "kind": "Project",
    "metadata": {"name": "laws"},
    "spec": {
        "secrets": {name: {"env": name.upper()} for name in SECRETS},
        "environments": {
            "test": {
                "service": {
                    "endpoint": ENDPOINT,
                    "propagation": 0,
                    "credential": {"apiKey": "${env.RECONCILER_API_KEY}"},
                }
            }
        },
    },
}
