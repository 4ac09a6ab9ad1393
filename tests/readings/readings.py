"""Every mark of a kind, poked: the rows of the table of two readings."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import NamedTuple

from reconciler.schema.body import Property
from tests.readings import edits, pokes
from tests.readings.differences import explained, untried
from tests.readings.emulated import Emulated
from tests.readings.evidence import Evidence, Witness
from tests.readings.pokes import Unpoked
from tests.readings.row import Row
from tests.readings.spots import PropertyAt, spots
from tests.readings.values import values

Poke = Callable[[Emulated, PropertyAt], Iterator[Row]]

POKES: tuple[tuple[Poke, Callable[[Property], bool]], ...] = (
    (pokes.rest, lambda known: known.owned is None),
    (pokes.default, lambda known: known.default is not None),
    (pokes.chooses, lambda known: known.chooses is not None),
    (pokes.owned, lambda known: known.owned is not None),
    (pokes.secret, lambda known: known.secret is not None),
    (pokes.cleared, lambda known: known.cleared_by is not None),
    (pokes.unordered, lambda known: known.unordered is not None),
    (pokes.refers, lambda known: known.ref is not None),
    (pokes.dated, lambda known: known.since is not None or known.until is not None),
    (edits.changes, lambda known: known.name != "name"),
    (edits.elements, lambda known: known.keyed is not None),
)
"""Each poke, and which properties it is for. Every property has an effect, marked or not."""

PARTS = {"at rest": POKES[:1], "marks": POKES[1:-2], "edits": POKES[-2:]}
"""The pokes in three parts, each tried by a test of its own."""


class Reading(NamedTuple):
    """A row with its evidence, and the reason why the readings differ, if that is known."""

    row: Row
    evidence: Evidence
    reason: str | None


class Readings(NamedTuple):
    """What was read of one kind; `untried` are places with a reason, `missing` have none."""

    rows: list[Reading]
    untried: dict[str, str]
    missing: list[str]


def readings(emulated: Emulated, witness: Witness, kind: str, part: str | None = None) -> Readings:
    """Poke every mark of a kind, or a part of them."""
    found = Readings([], {}, [])
    for spot in spots(kind):
        if not values(spot.model, spot.property) and not spot.property.required:
            continue  # it stands for null only
        for poke, wanted in PARTS[part] if part is not None else POKES:
            if wanted(spot.property) and not _is_tag(spot):
                _try(emulated, witness, spot, poke, found)
    return found


def _is_tag(spot: PropertyAt) -> bool:
    """Whether the property says which model its holder has: it cannot change alone."""
    return bool(spot.way) and spot.way[-1].tag == spot.property.name


def _try(
    emulated: Emulated, witness: Witness, spot: PropertyAt, poke: Poke, found: Readings
) -> None:
    try:
        for row in poke(emulated, spot):
            reason = None if row.agrees else explained(row)
            found.rows.append(Reading(row, witness.of(row, spot.property), reason))
    except Unpoked as unpoked:
        reason = untried(str(spot), str(unpoked))
        if reason is None:
            found.missing.append(str(unpoked))
        else:
            found.untried[str(spot)] = reason
