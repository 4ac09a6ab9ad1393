"""One step, by the executor of its type."""

from __future__ import annotations

from reconciler.applying.performed import Performed
from reconciler.applying.waiting import wait
from reconciler.applying.writing import write
from reconciler.model.outcome import Result
from reconciler.model.step import Call, Run, Step, Wait
from reconciler.providers.service import Services


async def perform(services: Services, step: Step, *, was_unknown: bool) -> Performed:
    """Do one step. Never raises what the service did: that is in the result.

    Args:
        was_unknown: a part of what it sends was not known when it was planned.
    """
    match step.work:
        case Call():
            service = services.of(step.resource.kind)
            return await write(service, step, step.work, was_unknown=was_unknown)
        case Wait():
            return await wait(services.of(step.resource.kind), step, step.work)
        case Run():
            # The service began it with the creation; how it ends is followed where that is asked.
            return Performed(Result(step.id, step.resource, "done"))
