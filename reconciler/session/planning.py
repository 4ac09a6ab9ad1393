"""The steps of a session that plan, and those that keep the ledger: live, diff, plan, apply."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import partial

from reconciler.applying import Progress, apply_plan
from reconciler.graph import Graph
from reconciler.ledger.author import author
from reconciler.ledger.recovery import settled
from reconciler.model.ledger import Ledger
from reconciler.model.outcome import Outcome
from reconciler.model.plan import Drift, Plan
from reconciler.model.problem import ProblemsError, errors, suggestion
from reconciler.model.resource import Live, Resource
from reconciler.model.resource_id import ResourceId
from reconciler.planning import PlanInputs, make_plan
from reconciler.planning.accept import accepted
from reconciler.planning.drift import drifted
from reconciler.planning.inquiry import inquiry
from reconciler.providers import CATALOGUE, SEARCH, kind, provider_of
from reconciler.providers.reader import Reader, Stand
from reconciler.providers.service import Services
from reconciler.references import needs
from reconciler.secrets import fingerprint
from reconciler.session.choice import Choice
from reconciler.session.workspace import Workspace

_DIGITS = re.compile(r"\d+")


@dataclass(frozen=True)
class Prepared:
    """A plan with the ledger that it was made from, in which no run is in progress.

    `recovered`: an interrupted run was settled, which the store does not say yet. `stored` is the
    version of the ledger that is in the store; None: there was none.
    """

    plan: Plan
    ledger: Ledger
    recovered: bool
    stored: tuple[str, int] | None


async def prepare(workspace: Workspace, services: Services, choice: Choice) -> Prepared:
    """The plan against what is live now; nothing is written anywhere.

    Raises:
        ProblemsError: the ledger cannot be used, or the choice names what there is not.
        ServiceError: a service cannot be read.
    """
    manifests = None if choice.destroy else workspace.manifests
    resources = manifests.resources if manifests is not None else ()
    known, stored = await workspace.ledger.exists(), await workspace.ledger.load()
    reader = await _read(workspace, services, resources, stored)
    ledger = settled(stored, reader.live)
    declared = {str(consent): consent.where for consent in workspace.project.consents}
    inputs = PlanInputs(
        resources=resources,
        live=reader.live,
        ledger=ledger,
        fingerprint=_fingerprint(ledger),
        problems=manifests.problems if manifests is not None else (),
        chosen=_chosen(resources, ledger, choice),
        consents=choice.consents | declared.keys() | ({"all"} if choice.destroy else set()),
        places=declared,
        propagation=workspace.project.service.propagation,
        read_at=datetime.now(UTC).isoformat(timespec="seconds"),
    )
    plan = make_plan(inputs)
    if questions := inquiry(inputs, plan):
        answers = await reader.answer(questions)
        plan = make_plan(replace(inputs, live=reader.live, answers=answers))
    plan = replace(plan, targets=choice.targets, excludes=choice.excludes)
    version = _version_of(stored) if known else None
    return Prepared(plan, ledger, stored.run is not None, version)


async def perform(
    workspace: Workspace,
    services: Services,
    prepared: Prepared,
    *,
    concurrency: int,
    stop: asyncio.Event,
    progress: Progress,
) -> Outcome:
    """Do what a plan says; the ledger must be locked.

    Raises:
        ProblemsError: the plan has errors or is refused, or the ledger has changed since.
    """
    plan, ledger = prepared.plan, prepared.ledger
    if errors(plan.problems):
        raise ProblemsError(plan.problems)
    if plan.blocked:
        text = "; ".join(refusal.message for refusal in plan.blocked)
        raise ProblemsError.of("refused", f"the guard refuses the plan: {text}")
    await _require_unchanged(workspace, prepared)
    return await apply_plan(
        plan,
        ledger,
        services,
        workspace.ledger,
        recovered=prepared.recovered,
        concurrency=concurrency,
        stop=stop,
        progress=progress,
        author=author(workspace.settings.environ),
        fingerprint=_fingerprint(ledger),
    )


async def adopt(workspace: Workspace, prepared: Prepared, resources: Iterable[ResourceId]) -> int:
    """Take live objects that are as declared into the ledger, which must be locked.

    Returns:
        How many there were.
    """
    await _require_unchanged(workspace, prepared)
    records, ledger = prepared.plan.records, prepared.ledger
    new = {a: entry for a in resources if (entry := records.get(a)) is not None}
    if new:
        await workspace.ledger.save(ledger.with_entries({**ledger.entries, **new}))
    return len(new)


async def find_drift(workspace: Workspace, services: Services) -> tuple[tuple[Drift, ...], Ledger]:
    """What somebody changed since the last apply, and the ledger that takes it as it is.

    Raises:
        ProblemsError: there is no ledger, or it cannot be used.
        ServiceError: a service cannot be read.
    """
    if not await workspace.ledger.exists():
        text = f"there is no ledger of {workspace.project.environment}: nothing to compare with"
        raise ProblemsError.of("no-ledger", text, "apply first, or restore .reconciler/")
    ledger = await workspace.ledger.load()
    reader = await _read(workspace, services, (), ledger)
    ledger = settled(ledger, reader.live)
    fingerprint = _fingerprint(ledger)
    drifts = drifted(ledger.entries.values(), reader.live, fingerprint)
    return tuple(drifts), accepted(ledger, reader.live, drifts, fingerprint)


async def _read(
    workspace: Workspace, services: Services, resources: Iterable[Resource], ledger: Ledger
) -> Reader:
    """What is live of the kinds in use, each object in its own api-version.

    An object is to be found where its document says, else where the ledger does.
    """

    def default(name: str) -> str:
        provider = provider_of(name)
        if provider is SEARCH:
            return workspace.project.api_version
        return kind(name).default_version or provider.default_version

    def is_search(name: str) -> bool:
        return provider_of(name) is SEARCH

    written = _written(ledger)
    declared = {r.id: Stand(r.name_on_service, r.api_version) for r in resources}
    stands = dict(written) | declared
    reader = Reader(services, default, stands, written)
    await reader.read_stands(lambda name: not is_search(name))
    if not _awaits_its_service(workspace, stands, reader.live):
        await reader.read_stands(is_search)
    return reader


def _awaits_its_service(
    workspace: Workspace, stands: Mapping[ResourceId, Stand], live: Mapping[ResourceId, Live]
) -> bool:
    """Whether the search service is one of ours that Azure says is not there: it holds nothing.

    Nothing else tells: a service that does not answer may hold anything.
    """
    endpoint = workspace.project.service.endpoint.rstrip("/").casefold()
    return any(
        hosts(stand.name).casefold() == endpoint and resource not in live
        for resource, stand in stands.items()
        if (hosts := kind(resource.kind).hosts) is not None
    )


async def _require_unchanged(workspace: Workspace, prepared: Prepared) -> None:
    """Stop when somebody else wrote the ledger since a plan was made from it.

    Raises:
        ProblemsError: somebody did.
    """
    store = workspace.ledger
    now = _version_of(await store.load()) if await store.exists() else None
    if now != prepared.stored:
        text = "the ledger was changed after the plan was made: somebody else applied meanwhile"
        raise ProblemsError.of("ledger-changed", text, "plan again")


def _version_of(ledger: Ledger) -> tuple[str, int]:
    return ledger.identity.lineage, ledger.identity.serial


def _fingerprint(ledger: Ledger) -> Callable[[str], str]:
    """The fingerprint of a secret under a ledger's salt."""
    return partial(fingerprint, salt=ledger.identity.salt)


def _written(ledger: Ledger) -> list[tuple[ResourceId, Stand]]:
    """Where each object of ours was last written, or was about to be by a run that did not end."""
    entries = list(ledger.entries.values())
    if ledger.run is not None:
        entries += [intent.entry for intent in ledger.run.intents.values() if intent.entry]
    return [(entry.id, Stand(entry.name_on_service, entry.api_version)) for entry in entries]


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
