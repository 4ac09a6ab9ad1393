"""What happens to one object: its change and its steps."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import partial

from reconciler.model import pointer
from reconciler.model.effect import Effect
from reconciler.model.json import JsonObject
from reconciler.model.ledger import Entry
from reconciler.model.plan import Action, Change, Edit
from reconciler.model.pointer import Path
from reconciler.model.problem import Problem
from reconciler.model.resource import Live, Resource
from reconciler.model.resource_id import ResourceId
from reconciler.model.step import Call, Precondition, Run, Step, Wait
from reconciler.planning.compare import Comparison, Fingerprint, compare, gravest
from reconciler.planning.entries import as_read, entry_of, fingerprints_of, is_unread, news
from reconciler.planning.request import Unsendable, create_body, unsendable, update_body
from reconciler.providers import Kind, kind
from reconciler.schema.body import Shape
from reconciler.schema.kind import Readiness
from reconciler.schema.normalize import definition_digest, without_secrets
from reconciler.schema.paths import locate


@dataclass(frozen=True, slots=True)
class Planned:
    """One object's part of a plan.

    `records`: the ledger takes `record` (None: the object is forgotten) without any call.
    `steps` are done one after the other; `unsendable` are the secrets that must be sent and that
    are not available.
    """

    change: Change
    steps: tuple[Step, ...] = ()
    record: Entry | None = None
    records: bool = False
    problems: tuple[Problem, ...] = ()
    unsendable: Unsendable | None = None


def plan_resource(
    resource: Resource, live: Live | None, entry: Entry | None, fingerprint: Fingerprint
) -> Planned:
    """What happens to a declared object."""
    of = kind(resource.id.kind)
    prints = fingerprints_of(resource, live, entry, fingerprint)
    if live is None:
        return _create(of, resource, entry, prints)
    found = compare(of, resource, live, entry, fingerprint)
    if found.edits:
        return _update(of, resource, live, found, prints)
    return _keep(resource, live, entry, found, prints, fingerprint)


def plan_replacement(
    resource: Resource,
    old: Live,
    live: Live | None,
    entry: Entry | None,
    fingerprint: Fingerprint,
) -> Planned:
    """What happens to a declared object that takes the place of another one of ours.

    The other one goes first: what is killed in between is found at one of two names, not at both.

    Args:
        old: the other one.
        live: the declared one, where it is there already.
    """
    of = kind(resource.id.kind)
    new = plan_resource(resource, live, None, fingerprint)
    edits = compare(of, resource, old, entry, fingerprint).edits
    worst = next(edit for edit in edits if edit.path[0] in of.identity)
    reason = f"must be replaced ({pointer.render(worst.path)} cannot change in place)"
    change = Change(resource.id, Action.REPLACE, edits, reason, Effect.RECREATE)
    name, version, successor = old.name_on_service, old.api_version, create_body(resource)
    call = Call("DELETE", name, version, _unchanged(of, old), successor=successor)
    after = new.record if new.record is not None else new.steps[0].entry
    step = Step(f"delete {resource.id}", resource.id, call, after)
    return replace(new, change=change, steps=(step, *new.steps), record=None, records=False)


def plan_absent(
    entry: Entry, live: Live | None, reason: str, creator: ResourceId | None = None
) -> Planned:
    """What happens to an object that we own and that no document declares any more.

    Args:
        creator: the live object that it is a part of, which keeps it.
    """
    address = entry.id
    if live is None:
        change = Change(address, Action.FORGET, reason="is gone from the service already")
        return Planned(change, records=True)
    if creator is not None:
        change = Change(address, Action.FORGET, reason=f"{creator} created it for itself")
        return Planned(change, records=True)
    if entry.lifecycle.on_remove == "forget":
        change = Change(address, Action.FORGET, reason="onRemove: forget; it stays on the service")
        return Planned(change, records=True)
    of = kind(address.kind)
    parts = of.creates(live.body) if of.creates is not None else ()
    holding = any(kind(part.kind).holds_data for part in (address, *parts))
    lost = Effect.DESTROYS_DATA if holding else Effect.IN_PLACE
    change = Change(address, Action.DELETE, reason=reason, effect=lost)
    call = Call("DELETE", entry.name_on_service, entry.api_version, _unchanged(of, live))
    step = Step(f"delete {address}", address, call)
    return Planned(change, (step, *_until_ready(of, step, call)))


def taking(planned: Planned, contents: frozenset[str]) -> Planned:
    """A deletion that takes along what lies in its object now, and no more."""
    step, *rest = planned.steps
    assert step.call is not None
    taken = replace(step, work=replace(step.call, contents=contents))
    return replace(planned, steps=(taken, *rest))


def _create(
    of: Kind, resource: Resource, entry: Entry | None, prints: Mapping[str, str | None]
) -> Planned:
    address = resource.id
    reason = "was deleted outside of this project" if entry is not None else ""
    runs = of.starts_on_create is not None and of.starts_on_create(resource.body)
    body = create_body(resource)
    change = Change(address, Action.CREATE, _declared(resource), reason=reason, runs=runs)
    name, version = resource.name_on_service, resource.api_version
    call = Call("PUT", name, version, Precondition("absent"), body)
    step = Step(f"create {address}", address, call, entry_of(resource, prints))
    steps = (step, *_until_ready(of, step, call), *_first_runs(of, resource, step))
    problems = _nothing_to_keep(of, resource, {})
    return Planned(change, steps, problems=problems, unsendable=unsendable(of, resource, body))


def _first_runs(of: Kind, resource: Resource, created: Step) -> Iterator[Step]:
    """The runs that the service begins by itself once an object was created."""
    names = []
    if of.starts_on_create is not None and of.starts_on_create(resource.body):
        names.append(resource.name_on_service)
    if of.will_create is not None:
        parts = of.will_create(resource.name_on_service, resource.body)
        names += [part.name for part in parts if kind(part.kind).starts_on_create is not None]
    for name in names:
        yield Step(f"run {name}", resource.id, Run(name), created.entry)


def _declared(resource: Resource) -> tuple[Edit, ...]:
    """What a created object is declared with; of a secret, that it is there."""
    shape = kind(resource.id.kind).shape
    body = without_secrets(shape, resource.body, resource.secrets, "(sensitive value)")
    plain = [Edit((name,), None, value) for name, value in body.items() if value is not None]
    return tuple(plain)


def _update(
    of: Kind,
    resource: Resource,
    live: Live,
    found: Comparison,
    prints: Mapping[str, str | None],
) -> Planned:
    address, effect = resource.id, gravest(found.edits)
    notes = _notes(resource, found)
    if effect >= Effect.RECREATE:
        worst = next(edit for edit in found.edits if edit.effect is effect)
        verb = "recreated" if effect is Effect.RECREATE else "rebuilt"
        reason = f"must be {verb} ({pointer.render(worst.path)} cannot change in place)"
        change = Change(address, Action.REBUILD, found.edits, reason, effect, found.hidden, notes)
        return Planned(change)
    body = update_body(of, resource, live, found.edits)
    query = {"allowIndexDowntime": "true"} if effect is Effect.BRIEF_DOWNTIME else {}
    name, version = resource.name_on_service, resource.api_version
    call = Call("PUT", name, version, _unchanged(of, live), body, query)
    step = Step(f"update {address}", address, call, entry_of(resource, prints))
    change = Change(address, Action.UPDATE, found.edits, "", effect, found.hidden, notes)
    problems = _nothing_to_keep(of, resource, live.body)
    steps = (step, *_until_ready(of, step, call))
    return Planned(change, steps, problems=problems, unsendable=unsendable(of, resource, body))


def _until_ready(of: Kind, written: Step, call: Call) -> Iterator[Step]:
    """The wait after a write whose answer does not say that it is done."""
    if of.readiness is not None:
        work = Wait(call.name, call.api_version, of.longest_wait)
        yield Step(f"wait for {written.id}", written.resource, work, written.entry)


def _keep(
    resource: Resource,
    live: Live,
    entry: Entry | None,
    found: Comparison,
    prints: Mapping[str, str | None],
    fingerprint: Fingerprint,
) -> Planned:
    """Nothing to write; the ledger may have to learn of it."""
    notes = _notes(resource, found)
    read = partial(as_read, resource, live, prints, fingerprint)
    if entry is None:
        notes += _trusted(found)
    if _is_pending(resource, live):
        return _wait(resource, live, entry, prints, notes)
    if entry is None:
        change = Change(resource.id, Action.ADOPT, reason="is live as declared", notes=notes)
        return Planned(change, record=entry_of(resource, prints, read()), records=True)
    told = news(resource, entry)
    if told or entry.fingerprints != prints or is_unread(resource, live, entry):
        reason = ", ".join(told) or "as it was read"
        change = Change(resource.id, Action.RECORD, reason=reason, notes=notes)
        return Planned(change, record=entry_of(resource, prints, read()), records=True)
    return Planned(Change(resource.id, Action.KEEP, notes=notes))


def _is_pending(resource: Resource, live: Live) -> bool:
    readiness = kind(resource.id.kind).readiness
    return readiness is not None and readiness(live.body) is Readiness.PENDING


def _wait(
    resource: Resource,
    live: Live,
    entry: Entry | None,
    prints: Mapping[str, str | None],
    notes: tuple[str, ...],
) -> Planned:
    """An object as it is wanted, which the service is still at: others wait for it."""
    of, action = kind(resource.id.kind), Action.ADOPT if entry is None else Action.RECORD
    change = Change(resource.id, action, reason="is not ready yet", notes=notes)
    work = Wait(resource.name_on_service, live.api_version, of.longest_wait)
    step = Step(f"wait for {resource.id}", resource.id, work, entry_of(resource, prints))
    return Planned(change, (step,))


def _unchanged(of: Kind, live: Live) -> Precondition:
    """The precondition that the object is still as it was read."""
    if of.etag == "definition" and live.etag is not None:
        return Precondition("etag", live.etag)
    return Precondition("body", definition_digest(of.shape, live.body))


def _notes(resource: Resource, found: Comparison) -> tuple[str, ...]:
    notes = [
        f"{pointer.render(path)} is live but declared nowhere: it is kept; declare it to manage it"
        for path in found.undeclared
    ]
    if found.unchecked:
        secrets = [secret for secret in resource.secrets.values() if not secret.keep]
        names = ", ".join(sorted({name for secret in secrets for name in secret.needs}))
        notes.append(f"(sensitive value, not checked): secret {names} is not available here")
    return tuple(notes)


def _trusted(found: Comparison) -> tuple[str, ...]:
    """That secrets which the service never shows are taken to be the declared ones."""
    if not found.trusted:
        return ()
    places = ", ".join(map(pointer.render, found.trusted))
    return (f"the secret at {places} cannot be read: it is taken to be the declared one",)


def _nothing_to_keep(of: Kind, resource: Resource, live: JsonObject) -> tuple[Problem, ...]:
    """What is new, an object or a part of one, cannot keep a secret that the service requires.

    Args:
        live: the body as read; empty when there is none.
    """
    problems = []
    for path, secret in resource.secrets.items():
        if secret.keep and _must_have(of.shape, resource.body, path, live):
            new = f"{resource.id} is new" if not live else f"{resource.id}: this is new"
            text = f"{new}: there is nothing to keep at {pointer.render(path)}"
            fix = "give the secret a value: ${secret.NAME}"
            problems.append(Problem("nothing-to-keep", text, resource.where, fix))
    return tuple(problems)


def _must_have(shape: Shape, desired: JsonObject, path: Path, live: JsonObject) -> bool:
    """Whether the service requires a secret that is not there yet; of a header, always."""
    place, there = locate(shape, desired, path), locate(shape, live, path)
    known = place.known if place is not None else None
    if known is None:
        return there is None or there.value is None
    if there is not None and there.known is known:
        return False
    return known.required or (known.secret is not None and known.secret.needed)
