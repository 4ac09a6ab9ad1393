"""Objects that the service made for another object, such as a knowledge source's own pipeline."""

from __future__ import annotations

from collections.abc import Iterable

from reconciler.kinds import kind
from reconciler.model.address import Address
from reconciler.model.resource import Live


def created_by_service(live: Iterable[Live]) -> frozenset[Address]:
    """What was made by the service, by what the others say of it."""
    found: set[Address] = set()
    for one in live:
        creates = kind(one.address.kind).creates
        found.update(creates(one.body) if creates is not None else ())
    return frozenset(found)
