"""What each mark claims, tried on the emulator: one function a mark."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from typing import Any

import httpx

from reconciler.providers import kind
from reconciler.schema.normalize import normal_form
from reconciler.schema.validation import judge
from tests.readings.bodies import body_of
from tests.readings.building import built, holder_in, shown_in
from tests.readings.emulated import VERSIONS, Emulated, compared, resource, version_for
from tests.readings.row import Row
from tests.readings.spots import PropertyAt
from tests.readings.values import values

Json = dict[str, Any]


class Unpoked(Exception):
    """There is no sample for a mark."""


def samples(spot: PropertyAt) -> list[Any]:
    """Values for the spot; the first is that of the smallest object, if it has one."""
    own, known = holder_in(body_of(spot.kind), spot).get(spot.property.name), spot.property
    found = values(spot.model, known)
    if known.name == "outputs" and own:
        return [own, [{**own[0], "targetName": "renamed"}]]
    if own and (known.required or known.keyed is not None or own in found):
        return [own, *(value for value in found if value != own)]
    return found


def sample(spot: PropertyAt) -> tuple[Any, str]:
    """A value for the spot, and an api-version that knows it."""
    for value in samples(spot):
        version = version_for(spot.kind, built(spot, value))
        if version is not None:
            return value, version
    raise Unpoked(f"{spot}: write a sample value in tests/readings/values.py")


def made(emulated: Emulated, spot: PropertyAt, body: Json, version: str) -> Json:
    """The body created, and read back."""
    emulated.clear(spot.kind)
    reply = emulated.put(spot.kind, body, version)
    if reply.status_code != 201:
        raise Unpoked(f"{spot}: the emulator refuses the sample: {said_by(reply)}")
    return emulated.get(spot.kind, version)


def said_by(reply: httpx.Response) -> str:
    return "" if reply.is_success else str(reply.json()["error"]["message"])


def rest(emulated: Emulated, spot: PropertyAt) -> Iterator[Row]:
    """Left out, the property comes back as what its marks say: nothing is to be changed."""
    value, version = sample(spot)
    body = built(spot)
    if not spot.property.required and version_for(spot.kind, body) is not None:
        live = made(emulated, spot, body, version)
        yield _at_rest(spot, "left out", body, live, version)
    live = made(emulated, spot, built(spot, value), version)
    yield _at_rest(spot, "a value", built(spot, value), live, version)


def _at_rest(spot: PropertyAt, mark: str, body: Json, live: Json, version: str) -> Row:
    edits = compared(resource(spot.kind, body, version), live).edits
    seen = ", ".join(f"{'/'.join(e.path)}: {e.before} -> {e.after}" for e in edits)
    return Row(str(spot), mark, "no edit", seen or "no edit", not edits)


def default(emulated: Emulated, spot: PropertyAt) -> Iterator[Row]:
    """What the service fills in is what the mark says, or is left null."""
    _, version = sample(spot)
    body = built(spot)
    shown = shown_in(made(emulated, spot, body, version), spot)
    said = spot.property.default_for(holder_in(body, spot))
    shape = kind(spot.kind).shape
    alike = normal_form(shape, built(spot, shown)) == normal_form(shape, built(spot, said))
    left = shown in (None, [], {})
    yield Row(str(spot), "ServerDefault", f"{said!r}", "null" if left else f"{shown!r}", alike)


def chooses(emulated: Emulated, spot: PropertyAt) -> Iterator[Row]:
    """A value that is sent comes back."""
    value, version = sample(spot)
    shown = shown_in(made(emulated, spot, built(spot, value), version), spot)
    shape = kind(spot.kind).shape
    alike = normal_form(shape, built(spot, shown)) == normal_form(shape, built(spot, value))
    yield Row(str(spot), "ServerChooses", f"{value!r} stays", f"{shown!r}", alike)


def owned(emulated: Emulated, spot: PropertyAt) -> Iterator[Row]:
    """What is sent does not count."""
    value = values(spot.model, spot.property)[0]
    version = version_for(spot.kind, built(spot))
    if version is None:
        raise Unpoked(f"{spot}: a body without it")
    before = shown_in(made(emulated, spot, built(spot), version), spot)
    reply = emulated.put(spot.kind, built(spot, value), version)
    after = shown_in(emulated.get(spot.kind, version), spot)
    seen = "refused" if not reply.is_success else "ignored" if after != value else "stored"
    agrees = seen != "stored" and type(before) is type(after)
    yield Row(str(spot), "ServerOwned", "ignored", seen, agrees, said_by(reply))


SECRET = "a-secret-that-must-not-be-shown"


def secret(emulated: Emulated, spot: PropertyAt) -> Iterator[Row]:
    """It is stored, and no read shows it; `<unchanged>` keeps it where the mark says so."""
    _, version = sample(spot)
    holds = isinstance(values(spot.model, spot.property)[0], dict)
    body = built(spot, {"sample": SECRET} if holds else SECRET)
    made(emulated, spot, body, version)
    digest = hashlib.sha256(SECRET.encode()).hexdigest()
    shown = SECRET in emulated.text(spot.kind, version)
    stored = digest in emulated.secrets(spot.kind).values()
    seen = "shown in clear" if shown else "stored" if stored else "lost"
    yield Row(str(spot), "Secret", "stored and not shown", seen, stored and not shown)
    word = spot.property.secret.unchanged if spot.property.secret is not None else None
    if word is not None:
        reply = emulated.put(spot.kind, built(spot, word), version)
        kept = digest in emulated.secrets(spot.kind).values()
        said, seen = f"{word} keeps it", "kept" if kept else "lost"
        yield Row(str(spot), "Secret", said, seen, kept and reply.is_success, said_by(reply))


IDENTITY = {
    "@odata.type": "#Microsoft.Azure.Search.DataUserAssignedIdentity",
    "userAssignedIdentity": "/subscriptions/one",
}


def cleared(emulated: Emulated, spot: PropertyAt) -> Iterator[Row]:
    """Null keeps what is there, and the mark's value clears it."""
    _, version = sample(spot)
    made(emulated, spot, built(spot, IDENTITY), version)
    emulated.put(spot.kind, built(spot), version)
    kept = shown_in(emulated.get(spot.kind, version), spot)
    mark = spot.property.cleared_by
    assert mark is not None
    emulated.put(spot.kind, built(spot, dict(mark.value)), version)
    left = shown_in(emulated.get(spot.kind, version), spot)
    seen = f"null {'keeps' if kept else 'clears'}, the value {'keeps' if left else 'clears'}"
    said = "null keeps, the value clears"
    yield Row(str(spot), "ClearedBy", said, seen, seen == said)


def unordered(emulated: Emulated, spot: PropertyAt) -> Iterator[Row]:
    """Two elements change places, and nothing has changed."""
    found = values(spot.model, spot.property)
    both = [found[0][0], next(v[0] for v in found[1:] if v[0] != found[0][0])]
    version = version_for(spot.kind, built(spot, both))
    if version is None:
        raise Unpoked(f"{spot}: two values that go together")
    made(emulated, spot, built(spot, both), version)
    reply = emulated.put(spot.kind, built(spot, both[::-1]), version)
    live = emulated.get(spot.kind, version)
    edits = compared(resource(spot.kind, built(spot, both), version), live).edits
    seen = "taken" if reply.is_success else "refused"
    agrees = reply.is_success and not edits
    yield Row(str(spot), "Unordered", "taken, no edit", seen, agrees, said_by(reply))


def refers(emulated: Emulated, spot: PropertyAt) -> Iterator[Row]:
    """It is a name of an existing object of that kind; a missing one is refused, or not checked."""
    value, version = sample(spot)
    made(emulated, spot, built(spot, value), version)  # the two that it may name are there
    emulated.clear(spot.kind)
    wrong = ["not-there"] if isinstance(value, list) else "not-there"
    reply = emulated.put(spot.kind, built(spot, wrong), version)
    message, target = said_by(reply), spot.property.ref
    assert target is not None
    word = {
        "DataSource": "data source",
        "KnowledgeSource": "knowledge source",
        "SynonymMap": "synonym map",
    }
    noun = word.get(target.kind, target.kind.lower())
    agrees = reply.is_success or ("not-there" in message and noun in message.lower())
    seen = "not checked" if reply.is_success else "refused when it is missing"
    yield Row(str(spot), "RefTo", f"names a {noun}", seen, agrees, message)


def dated(emulated: Emulated, spot: PropertyAt) -> Iterator[Row]:
    """The emulator knows the property in the api-versions in which we know it."""
    value, version = sample(spot)
    body, name = built(spot, value), spot.property.name
    made(emulated, spot, body, version)
    for version in VERSIONS:
        found = judge(kind(spot.kind), body, version, allow_unknown=False)
        if any(finding.position[-1:] != (name,) for finding in found):
            continue  # there is more that this version does not know
        emulated.clear(spot.kind)
        reply = emulated.put(spot.kind, body, version)
        said, seen = ("unknown" if found else "known"), said_by(reply) or "known"
        agrees = reply.is_success != bool(found)
        yield Row(str(spot), "Since", f"{version}: {said}", seen, agrees, said_by(reply))
