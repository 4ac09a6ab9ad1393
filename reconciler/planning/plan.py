"""Resources, live objects and the ledger to a plan. Everything is decided here."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from reconciler.kinds import kind
from reconciler.model.address import Address
from reconciler.model.effect import Effect
from reconciler.model.plan import Action, Change, Drift, Plan, Step
from reconciler.model.problem import Problem, Severity
from reconciler.planning.change import Planned, plan_absent, plan_resource
from reconciler.planning.drift import drift_of
from reconciler.planning.guard import Guarded, judge
from reconciler.planning.order import in_order
from reconciler.planning.renames import with_rename_notes
from reconciler.planning.request import Unsendable
from reconciler.planning.situation import Situation
from reconciler.planning.unseen import UNREADABLE, loss
from reconciler.planning.uses import holders, moves, present, targets, unseen_targets

MANY_VERSIONS = 3
"""So many api-versions of one kind are read without a word: each costs a list call."""


def make_plan(case: Situation) -> Plan:
    """The plan for a situation; with errors among its problems it can be shown, never applied."""
    planned = [_told(case, one) for one in _planned(case)]
    changes = with_rename_notes(case, tuple(_counted(case, p.change) for p in planned))
    writing = [p for p in planned if p.step is not None]
    problems = [*_of_documents(case, planned), *(one for p in planned for one in p.problems)]
    problems += [*_declared_parts(case), *_hidden(case), *_many_versions(case)]
    referring = present(case) if any(_goes(p.change) for p in writing) else {}
    steps = in_order(
        [p.step for p in writing if p.step is not None],
        {p.change.address: _desired_targets(case, p.change.address) for p in writing},
        referring,
        case.propagation,
    )
    problems += _missing(case, steps)
    unsendable = {p.change.address: p.unsendable for p in writing if p.unsendable is not None}
    unmanaged = tuple(sorted(address for address in case.live if not case.manages(address)))
    judged = judge(_guarded(case, changes, steps, referring, unsendable))
    problems += _unused(case, judged.unused)
    return Plan(
        target=case.ledger.identity,
        changes=tuple(c for c in changes if c.action is not Action.KEEP or c.notes),
        steps=steps,
        problems=tuple(problems),
        blocked=judged.refused,
        drift=tuple(_drift(case, changes)),
        unchanged=sum(c.action in (Action.KEEP, Action.ADOPT, Action.RECORD) for c in changes),
        unmanaged=len(unmanaged),
        unmanaged_addresses=unmanaged,
        records={p.change.address: p.record for p in planned if p.records},
        consents=judged.consents,
        notes=(*_limits(case), *_notes(changes)),
        read_at=case.read_at,
    )


def _of_documents(case: Situation, planned: Iterable[Planned]) -> Iterator[Problem]:
    """The problems of the documents; what must not be sent is an error where it is to be sent."""
    sent = {
        (resource.where.file, resource.where.document)
        for p in planned
        if p.step is not None and (resource := case.by_address.get(p.change.address)) is not None
    }
    for problem in case.problems:
        where = problem.where
        if problem.on_write and where is not None and (where.file, where.document) in sent:
            yield replace(problem, severity=Severity.ERROR)
        else:
            yield problem


def _planned(case: Situation) -> Iterator[Planned]:
    """What happens to each object, sorted by address; to a declared part of another, nothing."""
    addresses = sorted({*case.by_address, *case.ledger.entries})
    for address in addresses:
        if not case.wants(address):
            continue
        entry, live = case.ledger.entries.get(address), case.live.get(address)
        resource = case.by_address.get(address)
        creator = case.creators.get(address)
        if live is not None and live.api_version != case.version_of(address):
            continue
        if resource is not None and creator is None:
            yield plan_resource(resource, live, entry, case.fingerprint)
        elif resource is None and entry is not None:
            reason = "" if case.destroys else "is no longer declared"
            yield plan_absent(entry, live, reason, creator)


def _declared_parts(case: Situation) -> Iterator[Problem]:
    """A declared object must not be a part of another, which the service keeps as it made it."""
    for resource in case.resources:
        creator = case.creators.get(resource.address)
        if creator is not None and case.wants(resource.address):
            text = f"{resource.address} is a part of {creator}, which created it for itself"
            fix = f"delete this document; what {creator} creates follows from its own"
            yield Problem("created-by-another", text, resource.where, fix)


def _told(case: Situation, planned: Planned) -> Planned:
    """An update with what it would drop unseen, once that was asked."""
    address, step = planned.change.address, planned.step
    if step is None or address not in case.answers.newer or address not in case.by_address:
        return planned
    newer = case.answers.newer[address]
    if newer is None:
        change = replace(planned.change, notes=(*planned.change.notes, UNREADABLE))
        return replace(planned, change=change)
    problem = loss(case.by_address[address], case.live[address], newer, kind(address.kind))
    return replace(planned, problems=(*planned.problems, problem)) if problem else planned


def _hidden(case: Situation) -> Iterator[Problem]:
    """An object of ours that its own api-version does not list is not known well enough."""
    for address, live in sorted(case.live.items()):
        version = case.version_of(address)
        if version in (None, live.api_version) or not case.wants(address):
            continue
        resource = case.by_address.get(address)
        text = f"{address} is live, but api-version {version} does not show it"
        fix = f"declare it with apiVersion azure-ai-search/{live.api_version}, which does"
        yield Problem("hidden-in-version", text, resource.where if resource else None, fix)


def _many_versions(case: Situation) -> Iterator[Problem]:
    """Each api-version of a kind is a list call, on every plan."""
    versions: dict[str, set[str]] = {}
    for address in {*case.by_address, *case.ledger.entries}:
        versions.setdefault(address.kind, set()).add(str(case.version_of(address)))
    for name, used in sorted(versions.items()):
        if len(used) > MANY_VERSIONS:
            text = (
                f"{name} is used in {len(used)} api-versions, each of which is read on every plan"
            )
            fix = f"settle on fewer of {', '.join(sorted(used))}"
            yield Problem("many-versions", text, None, fix, Severity.WARNING)


def _unused(case: Situation, consents: Iterable[str]) -> Iterator[Problem]:
    """A consent that matches nothing would let something happen later that nobody looked at."""
    for consent in () if case.destroys else consents:
        name = consent.partition(":")[0]
        planned = case.wants(Address.parse(name)) if "/" in name else case.chosen is None
        if planned:
            text = f"the consent {consent} matches nothing: the plan has nothing that needs it"
            fix = "take it out of spec.consents or the command line; what is done needs it no more"
            yield Problem("unused-consent", text, None, fix, Severity.WARNING)


def _missing(case: Situation, steps: tuple[Step, ...]) -> Iterator[Problem]:
    """What a write refers to and the service does not have: it would refuse."""
    for target, address in sorted(unseen_targets(case, steps).items()):
        if target not in case.answers.missing:
            continue
        resource = case.by_address.get(address)
        text = f"{address} refers to {target}, which is not on the service"
        fix = "create it first, or declare it: the service refuses what refers to nothing"
        yield Problem("missing-target", text, resource.where if resource else None, fix)


def _counted(case: Situation, change: Change) -> Change:
    """A change with the number of documents that are lost by it."""
    count = case.answers.documents.get(change.address) if _goes(change) else None
    if not count:
        return change
    note = f"{count:,} document{' is' if count == 1 else 's are'} lost"
    return replace(change, notes=(*change.notes, note))


def _goes(change: Change) -> bool:
    return change.action in (Action.DELETE, Action.REPLACE)


def _desired_targets(case: Situation, address: Address) -> set[Address]:
    resource = case.by_address.get(address)
    if resource is None:
        return set()
    return targets(address.kind, resource.body) | set(resource.depends_on)


def _guarded(
    case: Situation,
    changes: tuple[Change, ...],
    steps: tuple[Step, ...],
    referring: Mapping[Address, set[Address]],
    unsendable: Mapping[Address, Unsendable],
) -> Guarded:
    going = {change.address for change in changes if _goes(change)}
    holding = holders(case, steps)
    outside: dict[Address, tuple[Address, ...]] = {}
    for address, used in referring.items():
        for target in used & going if not case.manages(address) else ():
            outside[target] = (*outside.get(target, ()), address)
    foreign = frozenset(
        resource.address
        for resource in case.resources
        if resource.address not in case.ledger.entries and not resource.lifecycle.adopt
    )
    return Guarded(
        changes=changes,
        entries=case.ledger.entries,
        desired=len(case.resources),
        foreign=foreign,
        outside=outside,
        holders=holding,
        moves=tuple(moves(case, steps)) if case.answers.documents else (),
        unsendable=unsendable,
        documents=case.answers.documents,
        consents=case.consents,
    )


def _drift(case: Situation, changes: tuple[Change, ...]) -> Iterator[Drift]:
    """What somebody changed, among the objects that this plan has something to do with."""
    for change in changes:
        entry = case.ledger.entries.get(change.address)
        if entry is None or change.action in (Action.KEEP, Action.ADOPT):
            continue
        resource = case.by_address.get(change.address)
        if resource is not None:
            entry = replace(entry, lifecycle=resource.lifecycle)
        drift = drift_of(entry, case.live.get(change.address), case.fingerprint)
        if drift is not None:
            yield drift


def _limits(case: Situation) -> Iterator[str]:
    """That a plan is partial (`--target`, `--exclude`): nothing is said of the rest."""
    every = case.by_address.keys() | case.ledger.entries.keys()
    left_out = sum(not case.wants(address) for address in every)
    if left_out:
        yield f"limited to {len(every) - left_out} of {len(every)} objects by --target or --exclude"


def _notes(changes: tuple[Change, ...]) -> Iterator[str]:
    reprocessed = [
        str(change.address)
        for change in changes
        if change.action is Action.UPDATE and change.effect is Effect.REPROCESS
    ]
    if reprocessed:
        yield (
            "stored documents keep the old result until the indexer is reset and run: "
            + ", ".join(reprocessed)
        )
