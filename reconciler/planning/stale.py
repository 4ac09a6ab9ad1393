"""Whether a saved plan still fits what it was made from."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from reconciler.model.address import Address
from reconciler.model.ledger import Header
from reconciler.model.plan import Plan
from reconciler.model.resource import Live
from reconciler.planning.plan import state_of


def staleness(plan: Plan, header: Header, live: Mapping[Address, Live]) -> Iterator[str]:
    """Why a plan cannot be applied any more, one sentence a reason; none when it can."""
    target = plan.target
    pairs = {
        "project": (target.project, header.project),
        "environment": (target.environment, header.environment),
        "endpoint": (target.endpoint, header.endpoint),
    }
    for what, (planned, found) in pairs.items():
        if planned != found:
            yield f"it was made for {what} {planned}, not {found}"
    if target.lineage != header.lineage and target.serial > 0:
        yield "it was made with another ledger"
    elif target.serial != header.serial:
        yield "something was applied since it was made"
    for address, state in plan.reads.items():
        now = live.get(address)
        if now is None and state is not None:
            yield f"{address} has been deleted since"
        elif now is not None and state is None:
            yield f"{address} has been created since"
        elif now is not None and state != state_of(now):
            yield f"{address} has been changed since"
