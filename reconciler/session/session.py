"""A project's session: manifest, resources, graph, live, diff, plan, apply, verify, in that order.

The one place that knows the whole order; what holds between the steps (validity, the lock, the
journal) is kept here. Verifying is planning again: that plan must be empty.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterable, Sequence
from contextlib import asynccontextmanager
from functools import partial
from typing import TYPE_CHECKING

from reconciler.model.problem import ProblemsError, errors
from reconciler.session.choice import Choice
from reconciler.session.connections import Connections
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
    from reconciler.session.noop_cache import Noop
    from reconciler.session.planning import Prepared

__all__ = ["Session", "Settings"]


class Session:
    """One project in one environment, and its services; an asynchronous context manager.

        async with Session.open(Settings(Path("search"), environment="prod")) as session:
            plan = await session.plan()
            outcome = await session.apply(plan)

    1. `plan` reads manifests, ledger and services and decides everything. Nothing is written.
    2. `apply` does what a plan of this session says, under the ledger's lock; it decides nothing.
       Who plans under the lock (`locked`) applies what nobody has changed meanwhile.
    3. To verify, plan again: that plan is empty.

    `drift`, `export`, `adopt` and `test` stand beside these; `connections` are closed at the end.
    """

    def __init__(self, settings: Settings) -> None:
        self.workspace = Workspace(settings)
        self.connections = Connections(self.workspace)
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
        await self.connections.close()

    # diff -> plan

    async def noop(self) -> Noop | None:
        """What a plan without any choice would say, if it is known to find nothing to do.

        Raises:
            ServiceError: the service cannot be read.
        """
        from reconciler.session.noop_cache import NoopCache

        noop, replies = await NoopCache(self.workspace).recall(await self.connections.wire())
        self.connections.reuse(replies)
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
        self._prepared = await prepare(self.workspace, await self.connections.services(), choice)
        plan = self._prepared.plan
        quiet = not (plan.changes or errors(plan.problems) or plan.notes or plan.drift)
        if choice == Choice() and quiet and self.project.azure is None:
            from reconciler.session.noop_cache import Noop, NoopCache

            service = await self.connections.search()
            of = plan.target
            counts = plan.unchanged, plan.unmanaged
            noop = Noop(of.project, of.environment, of.endpoint, *counts, plan.problems)
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

        prepared = self._last(plan)
        async with self.locked():
            self._prepared = None
            return await perform(
                self.workspace,
                await self.connections.services(),
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

        Raises:
            ProblemsError: the plan is not of this session, or the ledger was changed since.
        """
        from reconciler.session.planning import adopt

        prepared = self._last(plan)
        async with self.locked("export"):
            return await adopt(self.workspace, prepared, resources)

    def _last(self, plan: Plan) -> Prepared:
        """What a plan was made from, if it is the last one of this session."""
        if self._prepared is None or self._prepared.plan is not plan:
            text = "a plan is applied by the session that made it, and only its last one is"
            raise ProblemsError.of("other-plan", text, "plan again")
        return self._prepared

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
            return (await find_drift(self.workspace, await self.connections.services()))[0]
        async with self.locked("drift --accept"):
            drifts, accepted = await find_drift(self.workspace, await self.connections.services())
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

        return await export(self.workspace, await self.connections.search(), targets)

    async def test(
        self, wanted: Sequence[Resource], *, concurrency: int = 8
    ) -> list[AssertionResult]:
        """Ask whether Checks and EmbeddingModels hold, in their order; they must be valid.

        Args:
            concurrency: how many are asked of one endpoint at a time.
        """
        from reconciler.session.testing import ask

        return await ask(
            self.workspace, wanted, partial(self.connections.wire, asks=True), concurrency
        )


def _unwatched(step: Step, result: Result | None) -> None:
    """Nobody is told."""
