"""Resources, live objects and the ledger to a plan. Everything is decided here."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from reconciler.model.effect import Effect
from reconciler.model.plan import Action, Change, Drift, Plan
from reconciler.model.problem import Problem, Severity
from reconciler.model.resource_id import ResourceId
from reconciler.planning.change import Planned, plan_absent, plan_replacement, plan_resource, taking
from reconciler.planning.drift import drift_of
from reconciler.planning.guard import GuardInputs, judge
from reconciler.planning.identities import with_identities
from reconciler.planning.inputs import PlanInputs
from reconciler.planning.order import in_order
from reconciler.planning.outputs import with_known_outputs
from reconciler.planning.renames import with_rename_notes
from reconciler.planning.request import Unsendable
from reconciler.planning.unseen import loss, unreadable
from reconciler.planning.uses import Calls, holders, left_in, moves, present, unseen_targets
from reconciler.providers import kind, provider_of
from reconciler.references import targets

MANY_VERSIONS = 3
"""So many api-versions of one kind are read without a word: each costs a list call."""


def make_plan(inputs: PlanInputs) -> Plan:
    """The plan for a situation; with errors among its problems it can be shown, never applied."""
    inputs = with_identities(with_known_outputs(inputs))
    planned = [_told(inputs, one) for one in _planned(inputs)]
    changes = with_rename_notes(inputs, tuple(_counted(inputs, p.change) for p in planned))
    writing = [p for p in planned if p.steps]
    problems = [*_of_documents(inputs, planned), *(one for p in planned for one in p.problems)]
    problems += [*_declared_parts(inputs), *_hidden(inputs), *_many_versions(inputs)]
    problems += _renamed(inputs)
    referring = present(inputs) if any(_goes(p.change) for p in writing) else {}
    steps = in_order(
        [p.steps for p in writing],
        {p.change.id: _desired_targets(inputs, p.change.id) for p in writing},
        referring,
        inputs.propagation,
    )
    calls = [(step, step.call) for step in steps if step.call is not None]
    problems += _missing(inputs, calls)
    unsendable = {p.change.id: p.unsendable for p in writing if p.unsendable is not None}
    unmanaged = tuple(sorted(address for address in inputs.live if not inputs.manages(address)))
    judged = judge(_guarded(inputs, changes, calls, referring, unsendable))
    problems += _unused(inputs, judged.unused)
    return Plan(
        target=inputs.ledger.identity,
        changes=tuple(c for c in changes if c.action is not Action.KEEP or c.notes),
        steps=steps,
        problems=tuple(problems),
        blocked=judged.refused,
        drift=tuple(_drift(inputs, changes)),
        unchanged=sum(c.action in (Action.KEEP, Action.ADOPT, Action.RECORD) for c in changes),
        unmanaged=len(unmanaged),
        unmanaged_ids=unmanaged,
        records={p.change.id: p.record for p in planned if p.records},
        consents=judged.consents,
        notes=(*_limits(inputs), *_notes(changes)),
        read_at=inputs.read_at,
    )


def _of_documents(inputs: PlanInputs, planned: Iterable[Planned]) -> Iterator[Problem]:
    """The problems of the documents; those of rules are errors where something is to be sent."""
    sent = {
        (resource.where.file, resource.where.document)
        for p in planned
        if p.steps and (resource := inputs.by_id.get(p.change.id)) is not None
    }
    for problem in inputs.problems:
        places = [*([problem.where] if problem.where else []), *(at for _, at in problem.notes)]
        written = any((place.file, place.document) in sent for place in places)
        if problem.on_write and written:
            yield replace(problem, severity=Severity.ERROR)
        elif problem.of_rule and problem.severity is Severity.ERROR and not written:
            yield replace(problem, severity=Severity.WARNING)
        else:
            yield problem


def _planned(inputs: PlanInputs) -> Iterator[Planned]:
    """What happens to each object, sorted by address; to a declared part of another, nothing."""
    addresses = sorted({*inputs.by_id, *inputs.ledger.entries})
    for address in addresses:
        if not inputs.wants(address):
            continue
        entry, live = inputs.ledger.entries.get(address), inputs.live.get(address)
        resource = inputs.by_id.get(address)
        creator = inputs.creators.get(address)
        if live is not None and live.api_version != inputs.version_of(address):
            continue
        if resource is not None and address in inputs.superseded:
            old = inputs.superseded[address]
            yield plan_replacement(resource, old, live, entry, inputs.fingerprint)
        elif resource is not None and creator is None:
            yield plan_resource(resource, live, entry, inputs.fingerprint)
        elif resource is None and entry is not None:
            reason = "" if inputs.destroys else "is no longer declared"
            yield plan_absent(entry, live, reason, creator)


def _declared_parts(inputs: PlanInputs) -> Iterator[Problem]:
    """A declared object must not be a part of another, which the service keeps as it made it."""
    for resource in inputs.resources:
        creator = inputs.creators.get(resource.id)
        if creator is not None and inputs.wants(resource.id):
            text = f"{resource.id} is a part of {creator}, which created it for itself"
            fix = f"delete this document; what {creator} creates follows from its own"
            yield Problem("created-by-another", text, resource.where, fix)


def _renamed(inputs: PlanInputs) -> Iterator[Problem]:
    """Another name on the service is another object: the one of before would be nobody's."""
    there = {(i.kind, live.name_on_service.casefold()) for i, live in inputs.live.items()}
    for address, entry in inputs.ledger.entries.items():
        resource, name = inputs.by_id.get(address), entry.name_on_service
        if resource is None or kind(address.kind).identity or not inputs.wants(address):
            continue
        moved = name.casefold() != resource.name_on_service.casefold()
        if moved and (address.kind, name.casefold()) in there:
            text = f"{address} is {name}, and would be {resource.name_on_service}: another object"
            fix = (
                "declare that under another metadata.name; delete this document to delete this one"
            )
            yield Problem("renamed-on-service", text, resource.where.at("metadata"), fix)


def _told(inputs: PlanInputs, planned: Planned) -> Planned:
    """A write with what was asked about it: what an update drops unseen, what a deletion takes."""
    address = planned.change.id
    if address in inputs.answers.contents and planned.change.action is Action.DELETE:
        return taking(planned, inputs.answers.contents[address])
    if not planned.steps or address not in inputs.answers.newer or address not in inputs.by_id:
        return planned
    newer = inputs.answers.newer[address]
    if newer is None:
        change = replace(planned.change, notes=(*planned.change.notes, unreadable(address.kind)))
        return replace(planned, change=change)
    problem = loss(inputs.by_id[address], inputs.live[address], newer, kind(address.kind))
    return replace(planned, problems=(*planned.problems, problem)) if problem else planned


def _hidden(inputs: PlanInputs) -> Iterator[Problem]:
    """An object of ours that its own api-version does not list is not known well enough."""
    for address, live in sorted(inputs.live.items()):
        version = inputs.version_of(address)
        if version in (None, live.api_version) or not inputs.wants(address):
            continue
        resource = inputs.by_id.get(address)
        text = f"{address} is live, but api-version {version} does not show it"
        group = provider_of(address.kind).api_version(live.api_version)
        fix = f"declare it with apiVersion {group}, which does"
        yield Problem("hidden-in-version", text, resource.where if resource else None, fix)


def _many_versions(inputs: PlanInputs) -> Iterator[Problem]:
    """Each api-version of a kind is a list call, on every plan."""
    versions: dict[str, set[str]] = {}
    for address in {*inputs.by_id, *inputs.ledger.entries}:
        versions.setdefault(address.kind, set()).add(str(inputs.version_of(address)))
    for name, used in sorted(versions.items()):
        if len(used) > MANY_VERSIONS:
            text = (
                f"{name} is used in {len(used)} api-versions, each of which is read on every plan"
            )
            fix = f"settle on fewer of {', '.join(sorted(used))}"
            yield Problem("many-versions", text, None, fix, Severity.WARNING)


def _unused(inputs: PlanInputs, consents: Iterable[str]) -> Iterator[Problem]:
    """A consent that matches nothing would let something happen later that nobody looked at."""
    for consent in () if inputs.destroys else consents:
        name = consent.partition(":")[0]
        planned = inputs.wants(ResourceId.parse(name)) if "/" in name else inputs.chosen is None
        if planned:
            where = inputs.places.get(consent)
            what, fix = (f"the consent {consent}", "take it out of the file")
            if where is None:
                what, fix = (f"--consent {consent}", "leave it out")
            text = f"{what} matches nothing: the plan has nothing that needs it"
            fix += "; what is done needs it no more"
            yield Problem("unused-consent", text, where, fix, Severity.WARNING)


def _missing(inputs: PlanInputs, calls: Calls) -> Iterator[Problem]:
    """What a write refers to and the service does not have: it would refuse."""
    for target, address in sorted(unseen_targets(inputs, calls).items()):
        if target not in inputs.answers.missing:
            continue
        resource = inputs.by_id.get(address)
        text = f"{address} refers to {target}, which is not on the service"
        fix = "create it first, or declare it: the service refuses what refers to nothing"
        yield Problem("missing-target", text, resource.where if resource else None, fix)


def _counted(inputs: PlanInputs, change: Change) -> Change:
    """A change with the number of documents that are lost by it."""
    count = inputs.answers.documents.get(change.id) if _goes(change) else None
    if not count:
        return change
    note = f"{count:,} document{' is' if count == 1 else 's are'} lost"
    return replace(change, notes=(*change.notes, note))


def _goes(change: Change) -> bool:
    return change.action in (Action.DELETE, Action.REPLACE)


def _desired_targets(inputs: PlanInputs, address: ResourceId) -> set[ResourceId]:
    resource = inputs.by_id.get(address)
    if resource is None:
        return set()
    named = targets(address.kind, resource.body) | set(resource.depends_on)
    return named | inputs.around.get(address, set())


def _guarded(
    inputs: PlanInputs,
    changes: tuple[Change, ...],
    calls: Calls,
    referring: Mapping[ResourceId, set[ResourceId]],
    unsendable: Mapping[ResourceId, Unsendable],
) -> GuardInputs:
    going = {change.id for change in changes if _goes(change)}
    holding = holders(inputs, calls)
    outside: dict[ResourceId, tuple[ResourceId, ...]] = {}
    for address, used in referring.items():
        for target in used & going if not inputs.manages(address) else ():
            outside[target] = (*outside.get(target, ()), address)
    foreign = frozenset(
        resource.id
        for resource in inputs.resources
        if resource.id not in inputs.ledger.entries and not resource.lifecycle.adopt
    )
    return GuardInputs(
        changes=changes,
        entries=inputs.ledger.entries,
        desired=len(inputs.resources),
        foreign=foreign,
        outside=outside,
        holders=holding,
        lying_in=left_in(inputs, calls),
        moves=tuple(moves(inputs, calls)) if inputs.answers.documents else (),
        unsendable=unsendable,
        documents=inputs.answers.documents,
        consents=inputs.consents,
    )


def _drift(inputs: PlanInputs, changes: tuple[Change, ...]) -> Iterator[Drift]:
    """What somebody changed, among the objects that this plan has something to do with."""
    for change in changes:
        entry = inputs.ledger.entries.get(change.id)
        if entry is None or change.action is Action.KEEP:
            continue
        resource = inputs.by_id.get(change.id)
        if resource is not None:
            entry = replace(entry, lifecycle=resource.lifecycle)
        drift = drift_of(entry, inputs.live.get(change.id), inputs.fingerprint)
        if drift is not None:
            yield drift


def _limits(inputs: PlanInputs) -> Iterator[str]:
    """That a plan is partial (`--target`, `--exclude`): nothing is said of the rest."""
    every = inputs.by_id.keys() | inputs.ledger.entries.keys()
    left_out = sum(not inputs.wants(address) for address in every)
    if left_out:
        yield f"limited to {len(every) - left_out} of {len(every)} objects by --target or --exclude"


def _notes(changes: tuple[Change, ...]) -> Iterator[str]:
    reprocessed = [str(change.id) for change in changes if change.effect is Effect.REPROCESS]
    if reprocessed:
        yield (
            "stored documents keep the old result until the indexer is reset and run: "
            + ", ".join(reprocessed)
        )
