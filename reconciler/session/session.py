"""A project's session: manifest, resources, graph, live, diff, plan, apply, verify, in that order.

The one place that knows the whole order; what holds between the steps (validity, the lock, the
journal) is kept here. Verifying is planning again: that plan must be empty.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterable, Mapping, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from reconciler.model.problem import ProblemsError
from reconciler.session.workspace import Manifests, Settings, Workspace

if TYPE_CHECKING:
    from reconciler.applying import Progress
    from reconciler.assertions.result import AssertionResult
    from reconciler.exporting.collect import Exported
    from reconciler.manifest.project import Project
    from reconciler.model.outcome import Outcome, Result
    from reconciler.model.plan import Drift, Plan
    from reconciler.model.resource import Resource
    from reconciler.model.resource_id import ResourceId
    from reconciler.model.step import Step
    from reconciler.providers.azure.service import ResourceManager
    from reconciler.providers.search.documents import SearchDocuments
    from reconciler.providers.search.indexers import Indexers
    from reconciler.providers.search.lists import ListCall
    from reconciler.providers.search.service import SearchService
    from reconciler.providers.service import Services
    from reconciler.session.noop_cache import Noop
    from reconciler.session.planning import Prepared
    from reconciler.wire import Reply, Wire

__all__ = ["Choice", "Session", "Settings"]


class Choice(NamedTuple):
    """What a plan is limited to, and what was consented to.

    Args:
        targets: these and all that they need; none: everything.
        excludes: these not.
        consents: addresses, for one action (`Index/docs:delete`) or any; `mass-change`, `empty`.
        destroy: everything that is owned is to go.
    """

    targets: tuple[ResourceId, ...] = ()
    excludes: tuple[ResourceId, ...] = ()
    consents: frozenset[str] = frozenset()
    destroy: bool = False


class Session:
    """One project in one environment, and its services; an asynchronous context manager.

        async with Session.open(Settings(Path("search"), environment="prod")) as session:
            plan = await session.plan()
            outcome = await session.apply(plan)

    1. `plan` reads manifests, ledger and services and decides everything. Nothing is written.
    2. `apply` does what a plan of this session says, under the ledger's lock; it decides nothing.
       Who plans under the lock (`locked`) applies what nobody has changed meanwhile.
    3. To verify, plan again: that plan is empty.

    `drift`, `export`, `adopt` and `test` stand beside these. Connections are opened when they are
    first used, and closed at the end.
    """

    def __init__(self, settings: Settings) -> None:
        self.workspace = Workspace(settings)
        self._open = AsyncExitStack()
        self._wires: dict[bool, Wire] = {}
        self._replies: dict[ListCall, Reply] = {}
        self._search: SearchService | None = None
        self._azure: ResourceManager | None = None
        self._prepared: Prepared | None = None
        self._holds_lock = False

    @property
    def project(self) -> Project:
        """The project file, as it is in the environment."""
        return self.workspace.project

    @property
    def manifests(self) -> Manifests:
        """What the documents declare, and what is wrong with them."""
        return self.workspace.manifests

    @classmethod
    def open(cls, settings: Settings) -> Session:
        """A session of a project.

        Raises:
            ProblemsError: the project file is wrong.
        """
        return cls(settings)

    async def __aenter__(self) -> Session:
        return self

    async def __aexit__(self, *_: object) -> None:
        await self._open.aclose()

    # diff -> plan

    async def noop(self) -> Noop | None:
        """What a plan without any choice would say, if it is known to find nothing to do.

        Raises:
            ServiceError: the service cannot be read.
        """
        from reconciler.session.noop_cache import NoopCache

        noop, replies = await NoopCache(self.workspace).recall(await self._wire())
        self.reuse(replies)
        return noop

    async def plan(self, choice: Choice = Choice()) -> Plan:  # noqa: B008
        """What would change on the services, and why.

        Raises:
            ProblemsError: the documents have errors, or the ledger cannot be used.
            ServiceError: a service cannot be read.
        """
        from reconciler.session.planning import prepare

        if not choice.destroy:
            self.workspace.require_valid()
        self._prepared = await prepare(self.workspace, await self.services(), choice)
        plan = self._prepared.plan
        quiet = not (plan.changes or plan.problems or plan.notes or plan.drift)
        if choice == Choice() and quiet and self.project.azure is None:
            from reconciler.session.noop_cache import Noop, NoopCache

            service = await self.search()
            noop = Noop(plan.unchanged, plan.unmanaged)
            await NoopCache(self.workspace).remember(noop, service.listed)
        return plan

    # apply -> verify

    @asynccontextmanager
    async def locked(self, command: str = "apply", patience: float = 0) -> AsyncIterator[None]:
        """Hold the project's ledger; within, nobody else applies.

        Args:
            command: what it is held for; others who wait are told.
            patience: for how many seconds to wait for another process.

        Raises:
            ProblemsError: another process holds it.
        """
        if self._holds_lock:
            yield
            return
        async with self.workspace.ledger.locked(command, patience):
            self._holds_lock = True
            try:
                yield
            finally:
                self._holds_lock = False

    async def apply(
        self,
        plan: Plan,
        *,
        concurrency: int = 8,
        stop: asyncio.Event | None = None,
        progress: Progress | None = None,
    ) -> Outcome:
        """Do what a plan says.

        Args:
            plan: the last one that this session made.
            concurrency: calls at a time.
            stop: once set, running calls finish and no more are started.
            progress: told of each step's start and end.

        Raises:
            ProblemsError: the plan has errors or is refused, is not of this session, or the ledger
                was changed since it was made.
        """
        from reconciler.session.planning import perform

        prepared = self._prepared
        if prepared is None or prepared.plan is not plan:
            text = "a plan is applied by the session that made it, and only its last one is"
            raise ProblemsError.of("other-plan", text, "plan again")
        async with self.locked():
            self._prepared = None
            return await perform(
                self.workspace,
                await self.services(),
                prepared,
                concurrency=concurrency,
                stop=stop or asyncio.Event(),
                progress=progress or _unwatched,
            )

    async def adopt(self, plan: Plan, resources: Iterable[ResourceId]) -> int:
        """Take live objects that are as declared into the ledger.

        Args:
            plan: the last one that this session made.

        Returns:
            How many there were.
        """
        from reconciler.session.planning import adopt

        assert self._prepared is not None
        assert self._prepared.plan is plan
        async with self.locked("export"):
            return await adopt(self.workspace, self._prepared, resources)

    # beside it

    async def drift(self, *, accept: bool = False) -> tuple[Drift, ...]:
        """What somebody changed since the last apply; needs no manifest.

        Args:
            accept: take what is live as the new state to compare with.

        Raises:
            ProblemsError: there is no ledger.
            ServiceError: a service cannot be read.
        """
        from reconciler.session.planning import find_drift

        if not accept:
            return (await find_drift(self.workspace, await self.services()))[0]
        async with self.locked("drift --accept"):
            drifts, accepted = await find_drift(self.workspace, await self.services())
            if drifts:
                await self.workspace.ledger.save(accepted)
            return drifts

    async def export(self, targets: tuple[ResourceId, ...] = ()) -> Exported:
        """Manifests of what is live and not declared: all of it, or the targets and their needs.

        Raises:
            ProblemsError: a target is not live.
            ServiceError: the service cannot be read.
        """
        from reconciler.session.exporting import export

        return await export(self.workspace, await self.search(), targets)

    async def test(
        self, wanted: Sequence[Resource], *, concurrency: int = 8
    ) -> list[AssertionResult]:
        """Ask whether Checks and EmbeddingModels hold, in their order; they must be valid.

        Args:
            concurrency: how many are asked of one endpoint at a time.
        """
        from reconciler.session.testing import ask

        return await ask(self.workspace, wanted, partial(self._wire, asks=True), concurrency)

    # the services

    async def services(self) -> Services:
        """What reads and writes the objects of every provider."""
        from reconciler.providers import AZURE, SEARCH
        from reconciler.providers.service import Service, Services

        services: dict[str, Service] = {SEARCH.group: await self.search()}
        if self.project.azure is not None:
            services[AZURE.group] = await self._resource_manager()
        return Services(services)

    async def search(self, *, asks: bool = False) -> SearchService:
        """The search service; `asks`: for one who also asks for documents, by other roles."""
        from reconciler.providers.search.service import SearchService

        if asks:
            return SearchService(await self._wire(asks=True))
        if self._search is None:
            self._search = SearchService(await self._wire(), self._replies)
        return self._search

    async def documents(self, api_version: str) -> SearchDocuments:
        """The documents of the search service's indexes, asked in an api-version."""
        from reconciler.providers.search.documents import SearchDocuments

        return SearchDocuments(await self._wire(asks=True), api_version)

    async def indexers(self) -> Indexers:
        """The runs of the search service's indexers."""
        from reconciler.providers.search.indexers import Indexers

        return Indexers(await self._wire(), self.project.api_version)

    async def _resource_manager(self) -> ResourceManager:
        from reconciler.providers.azure.service import ENDPOINT, PROFILE, SCOPE, ResourceManager

        if self._azure is None:
            wire = self.workspace.connect_azure(ENDPOINT, SCOPE, PROFILE)
            self._azure = ResourceManager(await self._open.enter_async_context(wire))
        return self._azure

    def reuse(self, replies: Mapping[ListCall, Reply]) -> None:
        """Take answers to list calls that were made already; each is used once."""
        self._replies.update(replies)

    async def _wire(self, *, asks: bool = False) -> Wire:
        """The wire to the search service; `asks`: for one who asks it for documents."""
        from reconciler.providers.search.documents import QUERIED
        from reconciler.providers.search.profile import SEARCH

        profile = QUERIED if asks else SEARCH
        if asks not in self._wires:
            wire = self.workspace.connect(profile)
            self._wires[asks] = await self._open.enter_async_context(wire)
        return self._wires[asks]


def _unwatched(step: Step, result: Result | None) -> None:
    """Nobody is told."""
