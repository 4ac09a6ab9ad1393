"""What an edit does, tried on the emulator: taken, taken offline, or refused, as we plan it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from reconciler.model.effect import Effect
from reconciler.planning.compare import gravest
from tests.readings.building import ABSENT, built
from tests.readings.emulated import Emulated, compared, resource, updated, version_for
from tests.readings.pokes import Unpoked, made, said_by, sample, samples
from tests.readings.row import Row
from tests.readings.spots import PropertyAt

Json = dict[str, Any]


def changes(emulated: Emulated, spot: PropertyAt) -> Iterator[Row]:
    """A value is given, changed and taken away."""
    first, version = sample(spot)
    usable = [v for v in samples(spot) if version_for(spot.kind, built(spot, v)) == version]
    others = [value for value in usable if value != first][:1]
    for word, before, after in (
        *((("changed", first, value)) for value in others),
        ("given", ABSENT, first),
        ("taken away", first, ABSENT),
    ):
        if spot.property.required and (before is ABSENT or after is ABSENT):
            continue
        one, other = built(spot, before), built(spot, after)
        known = version_for(spot.kind, one) and version_for(spot.kind, other)
        if known and one["name"] == other["name"]:
            yield from edited(emulated, spot, word, one, other, version)


def elements(emulated: Emulated, spot: PropertyAt) -> Iterator[Row]:
    """Of a keyed list: the order changes, one is taken away, one is added."""
    value, version = sample(spot)
    keyed = spot.property.keyed
    assert keyed is not None
    more = [*value, {**value[0], keyed.name: ANOTHER.get(spot.property.name, "another")}]
    less, full, turned = built(spot, value), built(spot, more), built(spot, more[::-1])
    for word, one, other in (
        ("order changed", full, turned),
        ("element added", less, full),
        ("element taken away", full, less),
    ):
        yield from edited(emulated, spot, word, one, other, version, keyed.removable)


def edited(
    emulated: Emulated,
    spot: PropertyAt,
    word: str,
    before: Json,
    after: Json,
    version: str,
    removable: bool = True,
) -> Iterator[Row]:
    """From one body to another, by the PUT that we would send."""
    live = made(emulated, spot, before, version)
    desired = resource(spot.kind, after, version)
    comparison = compared(desired, live)
    if not removable and word == "element taken away":
        yield _lasting(emulated, spot, word, after, comparison.undeclared, version)
        return
    if not comparison.edits:
        body = updated(desired, live, ())
        reply = emulated.put(spot.kind, body, version)
        seen = "taken" if reply.is_success else "refused"
        yield Row(str(spot), word, "no edit", seen, reply.is_success, said_by(reply))
        return
    effect = gravest(comparison.edits)
    body = updated(desired, live, comparison.edits)
    plain = emulated.put(spot.kind, body, version)
    reply = plain if plain.is_success else emulated.put(spot.kind, body, version, downtime=True)
    seen = (
        "in place" if plain.is_success else "offline for seconds" if reply.is_success else "refused"
    )
    agrees = seen == SEEN[effect]
    if reply.is_success:
        left = compared(desired, emulated.get(spot.kind, version)).edits
        agrees = agrees and not [edit for edit in left if not edit.sensitive]
        seen += ", and not at rest" if left and not agrees else ""
    yield Row(str(spot), word, effect.name.lower(), seen, agrees, said_by(plain))


ANOTHER = {"knowledgeSources": "known-2"}
"""What the added element is called, where it must exist."""

SEEN = {
    Effect.IN_PLACE: "in place",
    Effect.REPROCESS: "in place",
    Effect.BRIEF_DOWNTIME: "offline for seconds",
    Effect.RECREATE: "refused",
    Effect.REBUILD: "refused",
    Effect.DESTROYS_DATA: "refused",
}
"""What the service does with an edit of that effect. It tells nobody about documents."""


def _lasting(
    emulated: Emulated, spot: PropertyAt, word: str, after: Json, undeclared: Any, version: str
) -> Row:
    """What is not removable is kept when it is not ours; the service refuses its removal."""
    if not undeclared:
        raise Unpoked(f"{spot}: nothing was found to be undeclared")
    reply = emulated.put(spot.kind, after, version)
    seen = "taken" if reply.is_success else "refused"
    return Row(str(spot), word, "kept; removal refused", seen, not reply.is_success, said_by(reply))
