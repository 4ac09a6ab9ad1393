"""Objects that the service made for another object, such as a knowledge source's own pipeline."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from reconciler.kinds import kind
from reconciler.model.address import Address
from reconciler.model.resource import Live


def created_by(live: Iterable[Live]) -> Mapping[Address, Address]:
    """What was made by the service, and for which object."""
    found = {}
    for one in live:
        creates = getattr(kind(one.address.kind), "creates", None)
        for address in creates(one.body) if creates is not None else ():
            found[address] = one.address
    return found
