"""The eight steps in order: manifest, resources, graph, live, diff, plan, apply, verify.

The only file that knows the whole order. Verifying is planning again: that plan must be empty.
"""

from __future__ import annotations

import asyncio
import os
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field, replace
from datetime import UTC, datetime
from functools import cached_property, partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from reconciler.checks import check
from reconciler.checks.cycles import needs
from reconciler.graph import Graph, referrers
from reconciler.kinds import kind
from reconciler.kinds.versions import knows
from reconciler.ledger import LedgerFile
from reconciler.ledger.journal import settled
from reconciler.manifest.expressions import ExpressionError, Scope
from reconciler.manifest.load import load_resources
from reconciler.manifest.project import Project, load_project
from reconciler.model.address import Address
from reconciler.model.ledger import Header, Ledger
from reconciler.model.outcome import Outcome
from reconciler.model.plan import Action, Drift, Plan, Ready
from reconciler.model.problem import Problem, ProblemsError, errors
from reconciler.model.resource import Live, Resource
from reconciler.secrets import Redactor, Secrets, fingerprint

if TYPE_CHECKING:
    import httpx

    from reconciler.applying.apply import Progress
    from reconciler.service import SearchService
    from reconciler.wire import Patience, Wire


@dataclass(frozen=True)
class Settings:
    """What a command is asked to work on.

    Args:
        path: the project file or its folder.
        environment: None where the project has only one.
        variables: overrides, as text.
        environ: where `${env.X}` and secrets look.
        transport: replaces the network, for a service in the same process.
    """

    path: Path = Path()
    environment: str | None = None
    variables: Mapping[str, str] = field(default_factory=dict)
    environ: Mapping[str, str] = field(default_factory=lambda: os.environ)
    transport: httpx.AsyncBaseTransport | None = None
    patience: Patience | None = None


@dataclass(frozen=True)
class Choice:
    """What a plan is limited to, and what was consented to."""

    targets: tuple[Address, ...] = ()
    excludes: tuple[Address, ...] = ()
    consents: frozenset[str] = frozenset()
    destroy: bool = False


class Session:
    """One project in one environment; nothing is read before it is needed.

    Raises:
        ProblemsError: (on construction) the project file is wrong.
    """

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self.project: Project = load_project(
            settings.path, settings.environment, settings.variables
        )
        self.redact = Redactor()
        self.secrets = Secrets(self.project.secrets, settings.environ, self.project.root)
        self.file = LedgerFile(
            self.project.state,
            self.project.name,
            self.project.environment,
            self.project.service.endpoint,
        )

    # manifest -> resources -> graph

    @cached_property
    def loaded(self) -> tuple[tuple[Resource, ...], tuple[Problem, ...]]:
        """The desired resources, and every problem of the documents, one by one and as a whole."""
        resources, problems = load_resources(self.project, self._settings.environ, self.secrets)
        for resource in resources:
            for secret in resource.secrets.values():
                self.redact.learn(secret.value)
        return tuple(resources), (*problems, *check(resources, self.project))

    def require_valid(self) -> None:
        """Stop before anything is called when the documents have errors.

        Raises:
            ProblemsError: they have.
        """
        _, problems = self.loaded
        if errors(problems):
            raise ProblemsError(problems)

    # live

    def connect(self) -> Wire:
        """The wire to the service, an asynchronous context manager."""
        from reconciler.wire import ApiKey, EntraId, Patience, Wire

        service = self.project.service
        key = self._api_key()
        credential = ApiKey(key) if key else EntraId(service.scope, service.authority)
        patience = self._settings.patience or Patience()
        return Wire(service.endpoint, credential, patience, self._settings.transport)

    def _api_key(self) -> str | None:
        spec = self.project.service.credential.apiKey
        if spec is None:
            return None
        project, environ = self.project, self._settings.environ
        where = project.where.at("spec", "environments", project.environment, "service")
        try:
            scope = Scope(project.root, project.variables, environ, self.secrets)
            value = scope.evaluate(spec)
        except ExpressionError as error:
            place = where.at("credential", "apiKey")
            raise ProblemsError.of(error.code, error.message, error.fix, place) from None
        key = value if isinstance(value, str) else getattr(value, "value", None)
        if not key:
            text = "the api key is empty or not available"
            raise ProblemsError.of("no-credential", text, where=where.at("credential", "apiKey"))
        self.redact.learn(key)
        return str(key)

    # diff -> plan

    async def plan(self, service: SearchService, ledger: Ledger, choice: Choice) -> Ready:
        """The plan against what is live now; nothing is written anywhere.

        The documents must be valid (`require_valid`).

        Raises:
            ServiceError: the service cannot be read.
        """
        from reconciler.planning import Situation, make_plan

        resources, problems = ((), ()) if choice.destroy else self.loaded
        reader = _Reader(service, self.project.api_version)
        await reader.read(_in_use(resources, ledger))
        recovered = ledger.run is not None
        ledger = settled(ledger, reader.live)
        case = Situation(
            resources=resources,
            live=reader.live,
            ledger=ledger,
            fingerprint=self.fingerprint(ledger),
            problems=problems,
            chosen=_chosen(resources, ledger, choice),
            consents=self._consents(choice),
            read_at=datetime.now(UTC).isoformat(timespec="seconds"),
        )
        plan = make_plan(case)
        if plan.count(Action.DELETE, Action.REPLACE, Action.REBUILD):
            documents = await reader.more(plan)
            plan = make_plan(replace(case, live=reader.live, documents=documents))
        return Ready(plan, ledger, recovered)

    def _consents(self, choice: Choice) -> frozenset[str]:
        declared = {
            consent.action
            if consent.action in ("mass-change", "empty")
            else f"{consent.address}:{consent.action}"
            for consent in self.project.consents
        }
        return choice.consents | declared | ({"all"} if choice.destroy else set())

    def fingerprint(self, ledger: Ledger) -> Any:
        """The fingerprint of a secret under a ledger's salt."""
        return partial(fingerprint, salt=ledger.header.salt)

    # apply -> verify

    async def apply(
        self,
        ready: Ready,
        service: SearchService,
        *,
        concurrency: int,
        stop: asyncio.Event,
        progress: Progress,
    ) -> Outcome:
        """Do what a plan says; the ledger's file must be locked.

        Args:
            stop: once set, running calls finish and no more are started.
        """
        from reconciler.applying import apply_plan

        return await apply_plan(
            ready, service, self.file, concurrency=concurrency, stop=stop, progress=progress
        )

    async def revive(self, plan: Plan, service: SearchService) -> Ready:
        """A saved plan made ready to be applied: checked against what is live, secrets filled in.

        Raises:
            ProblemsError: it is for something else, or what it was made from has changed.
        """
        from reconciler.planning.saved import with_secrets
        from reconciler.planning.stale import staleness

        ledger = self.file.load()
        if not self.file.exists and plan.target.serial == 0:
            ledger = replace(ledger, header=Header(**asdict(plan.target)))
        resources, _ = self.loaded
        reader = _Reader(service, self.project.api_version)
        await reader.read(_in_use(resources, ledger))
        await reader.read({(a.kind, self.project.api_version) for a in plan.reads} - reader.read_in)
        recovered = ledger.run is not None
        ledger = settled(ledger, reader.live)
        stale = list(staleness(plan, ledger.header, reader.live))
        if stale:
            raise ProblemsError(
                Problem("stale-plan", f"the plan is stale: {reason}", fix="plan again")
                for reason in stale
            )
        by_address = {resource.address: resource for resource in resources}
        ready = with_secrets(plan, by_address, self.fingerprint(ledger))
        return Ready(ready, ledger, recovered)

    # drift

    async def drift(self, service: SearchService, ledger: Ledger) -> tuple[list[Drift], Ledger]:
        """What somebody changed since the last apply, and the ledger that takes it as it is."""
        from reconciler.planning.accept import accepted
        from reconciler.planning.drift import drifted

        reader = _Reader(service, self.project.api_version)
        await reader.read({(a.kind, e.api_version) for a, e in ledger.entries.items()})
        ledger = settled(ledger, reader.live)
        found = drifted(ledger.entries.values(), reader.live, self.fingerprint(ledger))
        return found, accepted(ledger, reader.live, found)


class _Reader:
    """One list call for each kind and api-version, in parallel."""

    def __init__(self, service: SearchService, default_version: str) -> None:
        self._service = service
        self._default = default_version
        self.read_in: set[tuple[str, str]] = set()
        self.live: dict[Address, Live] = {}

    async def read(self, wanted: Iterable[tuple[str, str]]) -> None:
        """List kinds; where one is read in two versions, an object keeps the first."""
        pairs = sorted(set(wanted))
        self.read_in |= set(pairs)
        lists = await asyncio.gather(*(self._service.list(kind(n), v) for n, v in pairs))
        for objects in lists:
            for live in objects:
                self.live.setdefault(live.address, live)

    async def more(self, plan: Plan) -> dict[Address, int]:
        """What must be known when something goes: who else refers to it, and its documents."""
        going = [
            change.address
            for change in plan.changes
            if change.action in (Action.DELETE, Action.REPLACE, Action.REBUILD)
        ]
        kinds = {name for address in going for name in referrers(address.kind)}
        kinds -= {name for name, _ in self.read_in}
        await self.read(
            (name, self._default) for name in kinds if knows(self._default, kind(name).since)
        )
        indexes = [address for address in going if address.kind == "Index"]
        counts = await asyncio.gather(
            *(self._service.document_count(a.name, self.live[a].api_version) for a in indexes)
        )
        return dict(zip(indexes, counts, strict=True))


def _in_use(resources: Iterable[Resource], ledger: Ledger) -> set[tuple[str, str]]:
    """The kinds that occur in documents or ledger, each with the api-version it is read in."""
    found = {(resource.address.kind, resource.api_version) for resource in resources}
    entries = ledger.entries.values()
    found |= {(entry.address.kind, entry.api_version) for entry in entries}
    if ledger.run is not None:
        intents = ledger.run.intents.values()
        found |= {(i.entry.address.kind, i.entry.api_version) for i in intents if i.entry}
    return found


def _chosen(
    resources: tuple[Resource, ...], ledger: Ledger, choice: Choice
) -> frozenset[Address] | None:
    """The addresses to plan for: the targets and all they need, without the excluded ones.

    Raises:
        ProblemsError: a target or an exclusion names nothing.
    """
    if not choice.targets and not choice.excludes:
        return None
    known = {resource.address for resource in resources} | set(ledger.entries)
    for address in (*choice.targets, *choice.excludes):
        if address not in known:
            text = f"{address} is neither declared nor in the ledger"
            raise ProblemsError.of("unknown-address", text, "see `reconciler ledger list`")
    chosen = known
    if choice.targets:
        chosen = set(choice.targets) | Graph(needs(resources)).closure(choice.targets)
    return frozenset(chosen - set(choice.excludes))
