"""One step, by the executor of its type."""

from __future__ import annotations

from reconciler.applying.performed import Performed
from reconciler.applying.waiting import wait
from reconciler.applying.writing import write
from reconciler.model.outcome import Result
from reconciler.model.step import Call, Run, Step, Wait
from reconciler.providers.service import Service


async def perform(service: Service, step: Step) -> Performed:
    """Do one step. Never raises what the service did: that is in the result."""
    match step.work:
        case Call():
            return await write(service, step, step.work)
        case Wait():
            return await wait(service, step, step.work)
        case Run():
            # The service began it with the creation; how it ends is followed where that is asked.
            return Performed(Result(step.id, step.resource, "done"))
