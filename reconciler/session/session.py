"""The eight steps in order: manifest, resources, graph, live, diff, plan, apply, verify.

The only file that knows the whole order. The first three are `OpenProject.loaded`; verifying is
planning again: that plan must be empty.
"""

from __future__ import annotations

import asyncio
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import partial
from typing import TYPE_CHECKING

from reconciler.applying import Progress, apply_plan
from reconciler.graph import Graph
from reconciler.ledger.author import author
from reconciler.ledger.recovery import settled
from reconciler.lint.needs import needs
from reconciler.model.ledger import Ledger
from reconciler.model.outcome import Outcome
from reconciler.model.plan import Drift, Ready
from reconciler.model.problem import ProblemsError, suggestion
from reconciler.model.resource import Resource
from reconciler.model.resource_id import ResourceId
from reconciler.planning import PlanInputs, make_plan
from reconciler.planning.accept import accepted
from reconciler.planning.drift import drifted
from reconciler.planning.inquiry import inquiry
from reconciler.providers import CATALOGUE
from reconciler.providers.search.reader import Reader
from reconciler.providers.search.service import SearchService
from reconciler.secrets import fingerprint
from reconciler.session.workspace import Settings, Workspace

if TYPE_CHECKING:
    from reconciler.exporting.collect import Exported

__all__ = ["Choice", "Session", "Settings"]

_DIGITS = re.compile(r"\d+")


@dataclass(frozen=True)
class Choice:
    """What a plan is limited to, and what was consented to."""

    targets: tuple[ResourceId, ...] = ()
    excludes: tuple[ResourceId, ...] = ()
    consents: frozenset[str] = frozenset()
    destroy: bool = False


class Session(Workspace):
    """An opened project, and the steps that need its service."""

    # diff -> plan

    async def plan(self, service: SearchService, ledger: Ledger, choice: Choice) -> Ready:
        """The plan against what is live now; nothing is written anywhere.

        The documents must be valid (`require_valid`).

        Raises:
            ServiceError: the service cannot be read.
        """
        resources, problems = ((), ()) if choice.destroy else self.loaded
        reader = await self._read(service, _versions(resources, ledger))
        recovered = ledger.run is not None
        ledger = settled(ledger, reader.live)
        inputs = PlanInputs(
            resources=resources,
            live=reader.live,
            ledger=ledger,
            fingerprint=self.fingerprint(ledger),
            problems=problems,
            chosen=_chosen(resources, ledger, choice),
            consents=self._consents(choice),
            propagation=self.project.service.propagation,
            read_at=datetime.now(UTC).isoformat(timespec="seconds"),
        )
        plan = make_plan(inputs)
        if asked := inquiry(inputs, plan):
            answers = await reader.answer(asked)
            plan = make_plan(replace(inputs, live=reader.live, answers=answers))
        plan = replace(plan, targets=choice.targets, excludes=choice.excludes)
        return Ready(plan, ledger, recovered)

    async def _read(self, service: SearchService, versions: Mapping[ResourceId, str]) -> Reader:
        """What is live of the kinds in use, each object in its own api-version."""
        reader = Reader(service, self.project.api_version, versions)
        await reader.read((address.kind, version) for address, version in versions.items())
        return reader

    def _consents(self, choice: Choice) -> frozenset[str]:
        declared = {
            consent.action
            if consent.action in ("mass-change", "empty")
            else f"{consent.address}:{consent.action}"
            for consent in self.project.consents
        }
        return choice.consents | declared | ({"all"} if choice.destroy else set())

    def fingerprint(self, ledger: Ledger) -> Callable[[str], str]:
        """The fingerprint of a secret under a ledger's salt."""
        return partial(fingerprint, salt=ledger.identity.salt)

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
        return await apply_plan(
            ready,
            service,
            self.file,
            concurrency=concurrency,
            stop=stop,
            progress=progress,
            author=author(self.settings.environ),
            fingerprint=self.fingerprint(ready.ledger),
        )

    # live -> manifests

    async def export(self, service: SearchService, targets: tuple[ResourceId, ...]) -> Exported:
        """Manifests of what is live and not declared: all of it, or the targets and their needs.

        Raises:
            ProblemsError: a target is not live.
            ServiceError: the service cannot be read.
        """
        from reconciler.exporting.collect import ExportInputs, export
        from reconciler.providers.search.newest import listed_in, newest

        project = self.project
        declared = {resource.id for resource in self.loaded[0]}
        scene = ExportInputs(
            live=await newest(service, project.api_version),
            targets=targets,
            declared=project.external | declared,
            version=project.api_version,
            secret_names=frozenset(n for n, origin in project.secrets.items() if not origin.keep),
            allow_unknown=project.allow_unknown,
            shown={},
        )
        exported = export(scene)
        while exported.unseen:
            calls = sorted(exported.unseen)
            lists = await asyncio.gather(*(listed_in(service, *call) for call in calls))
            scene = replace(scene, shown={**scene.shown, **dict(zip(calls, lists, strict=True))})
            exported = export(scene)
        for value in exported.in_clear:
            self.redact.learn(value)
        return exported

    def adopt(self, ready: Ready, addresses: Iterable[ResourceId]) -> int:
        """Take live objects that are as declared into the ledger, which must be locked.

        Returns:
            How many there were.
        """
        new = {a: entry for a in addresses if (entry := ready.plan.records.get(a)) is not None}
        if new:
            self.file.save(ready.ledger.with_entries({**ready.ledger.entries, **new}))
        return len(new)

    # drift

    async def drift(self, service: SearchService, ledger: Ledger) -> tuple[list[Drift], Ledger]:
        """What somebody changed since the last apply, and the ledger that takes it as it is."""
        reader = await self._read(service, _versions((), ledger))
        ledger = settled(ledger, reader.live)
        fingerprint = self.fingerprint(ledger)
        found = drifted(ledger.entries.values(), reader.live, fingerprint)
        return found, accepted(ledger, reader.live, found, fingerprint)


def _versions(resources: Iterable[Resource], ledger: Ledger) -> dict[ResourceId, str]:
    """The api-version in which each object is read: its document's, else the ledger's."""
    found = {address: entry.api_version for address, entry in ledger.entries.items()}
    if ledger.run is not None:
        intents = ledger.run.intents.values()
        found |= {i.entry.id: i.entry.api_version for i in intents if i.entry}
    return found | {resource.id: resource.api_version for resource in resources}


def _chosen(
    resources: tuple[Resource, ...], ledger: Ledger, choice: Choice
) -> frozenset[ResourceId] | None:
    """The addresses to plan for: the targets and all they need, without the excluded ones.

    Raises:
        ProblemsError: a target, an exclusion or a consent names nothing.
    """
    known = {resource.id for resource in resources} | set(ledger.entries)
    _require_known((*choice.targets, *choice.excludes, *_mistyped(choice, known)), known)
    if not choice.targets and not choice.excludes:
        return None
    chosen = known
    if choice.targets:
        chosen = set(choice.targets) | Graph(needs(resources)).closure(choice.targets)
    return frozenset(chosen - set(choice.excludes))


def _mistyped(choice: Choice, known: set[ResourceId]) -> list[ResourceId]:
    """The consents on the command line that mean another object than they name.

    One for what is gone already is none: the same command is run again after it was interrupted.
    """
    names = (consent.partition(":")[0] for consent in sorted(choice.consents))
    consented = [ResourceId.parse(name) for name in names if "/" in name]
    others = known.difference(consented)
    return [address for address in consented if address not in known and _near(address, others)]


def _near(address: ResourceId, others: Iterable[ResourceId]) -> bool:
    """Whether an address looks like another one, by more than a number: those are versions."""
    if address.kind not in CATALOGUE:
        return True
    plain = _DIGITS.sub("", address.name)
    alike = (other.name for other in others if other.kind == address.kind)
    return bool(suggestion(address.name, (n for n in alike if _DIGITS.sub("", n) != plain), ""))


def _require_known(addresses: Iterable[ResourceId], known: Iterable[ResourceId]) -> None:
    names = sorted(map(str, known))
    for address in addresses:
        if str(address) not in names:
            text = f"{address} is neither declared nor in the ledger"
            fix = suggestion(str(address), names, "see `reconciler ledger list`")
            raise ProblemsError.of("unknown-address", text, fix)
