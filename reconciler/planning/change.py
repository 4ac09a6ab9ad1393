"""What happens to one object: its change, its step, and the ledger's entry afterwards."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import partial

from reconciler.model import pointer
from reconciler.model.effect import Effect
from reconciler.model.json import NOTHING, JsonObject, StoredJson, digest
from reconciler.model.ledger import Entry
from reconciler.model.plan import Action, Change, Edit
from reconciler.model.pointer import Path
from reconciler.model.problem import Problem
from reconciler.model.resource import Live, Resource
from reconciler.model.resource_id import ResourceId
from reconciler.model.sensitive import has_mask
from reconciler.model.step import Call, Precondition, Run, Step
from reconciler.planning.compare import Comparison, Fingerprint, compare, gravest
from reconciler.planning.request import Unsendable, create_body, unsendable, update_body
from reconciler.planning.veiled import storable, unrecorded
from reconciler.providers import Kind, kind
from reconciler.schema.body import Shape
from reconciler.schema.normalize import without_secrets
from reconciler.schema.paths import locate, value_at


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
    prints = _fingerprints(resource, live, entry, fingerprint)
    if live is None:
        return _create(of, resource, entry, prints)
    found = compare(of, resource, live, entry, fingerprint)
    if found.edits:
        return _update(of, resource, live, found, prints)
    return _keep(resource, live, entry, found, prints, fingerprint)


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
    return Planned(change, (Step(f"delete {address}", address, call),))


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
    steps = (step, *_first_runs(of, resource, step))
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
    return Planned(change, (step,), problems=problems, unsendable=unsendable(of, resource, body))


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
    read = partial(_as_read, resource, live, prints, fingerprint)
    if entry is None:
        notes += _trusted(found)
        change = Change(resource.id, Action.ADOPT, reason="is live as declared", notes=notes)
        return Planned(change, record=entry_of(resource, prints, read()), records=True)
    news = _news(resource, entry)
    if news or entry.fingerprints != prints or _unread(resource, live, entry):
        reason = ", ".join(news) or "as it was read"
        change = Change(resource.id, Action.RECORD, reason=reason, notes=notes)
        return Planned(change, record=entry_of(resource, prints, read()), records=True)
    return Planned(Change(resource.id, Action.KEEP, notes=notes))


def _unread(resource: Resource, live: Live, entry: Entry) -> bool:
    """Whether the ledger does not know yet how the service shows what was written."""
    if entry.read_back == NOTHING:
        return True
    shape, paths = kind(resource.id.kind).shape, map(pointer.parse, entry.fingerprints)
    return unrecorded(shape, entry.read_back, live.body, paths)


def _news(resource: Resource, entry: Entry) -> list[str]:
    """What the ledger has to learn of a document, beyond its body."""
    before, after = entry.lifecycle, resource.lifecycle
    pairs = {
        "protect": (before.protect, after.protect),
        "onRemove": (before.on_remove, after.on_remove),
        "apiVersion": (entry.api_version, resource.api_version),
    }
    news = [
        f"{name} {json.dumps(old)} -> {json.dumps(new)}"
        for name, (old, new) in pairs.items()
        if old != new
    ]
    return news or ([] if before == after else ["lifecycle"])


def _fingerprints(
    resource: Resource, live: Live | None, entry: Entry | None, fingerprint: Fingerprint
) -> dict[str, str | None]:
    """The fingerprints after an apply: of what is declared, or what is known of what is kept.

    What is kept is a secret from now on, also when it is shown, such as a URL with a key in it.
    """
    known: Mapping[str, str | None] = entry.fingerprints if entry is not None else {}
    shape = kind(resource.id.kind).shape
    prints: dict[str, str | None] = {}
    for path, secret in resource.secrets.items():
        text = pointer.render(path)
        shown = value_at(shape, live.body, path) if live is not None and secret.keep else None
        if secret.value is not None:
            prints[text] = fingerprint(secret.value)
        elif isinstance(shown, str) and not has_mask(shown):
            prints[text] = fingerprint(shown)
        elif secret.keep or text in known:
            prints[text] = known.get(text)
    return dict(sorted(prints.items()))


def _unchanged(of: Kind, live: Live) -> Precondition:
    """The precondition that the object is still as it was read."""
    if of.etag == "definition" and live.etag is not None:
        return Precondition("etag", live.etag)
    return Precondition("body", digest(live.body))


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


def _as_read(
    resource: Resource, live: Live, prints: Mapping[str, str | None], fingerprint: Fingerprint
) -> StoredJson:
    """What the ledger keeps of a body as it was read."""
    hidden = [*map(pointer.parse, prints), *resource.secrets]
    return StoredJson.of(storable(kind(resource.id.kind).shape, live.body, hidden, fingerprint))


def entry_of(
    resource: Resource, fingerprints: Mapping[str, str | None], read_back: StoredJson = NOTHING
) -> Entry:
    """The ledger's entry of a resource as it will be, or as it was read."""
    shape = kind(resource.id.kind).shape
    return Entry(
        id=resource.id,
        name_on_service=resource.name_on_service,
        api_version=resource.api_version,
        written=StoredJson.of(without_secrets(shape, resource.body, resource.secrets)),
        read_back=read_back,
        fingerprints=fingerprints,
        lifecycle=resource.lifecycle,
    )
