"""A wait: until an object that was written is ready, or gone, as its service says."""

from __future__ import annotations

import time
from typing import Literal

from reconciler.applying.performed import Performed, without_its_secrets
from reconciler.model.duration import spelled
from reconciler.model.json import NOTHING
from reconciler.model.outcome import Result
from reconciler.model.resource import Live
from reconciler.model.step import Step, Wait
from reconciler.providers import kind
from reconciler.providers.service import Service
from reconciler.schema.kind import Readiness
from reconciler.wire import ServiceError

Status = Literal["done", "failed", "unclear"]


async def wait(service: Service, step: Step, work: Wait) -> Performed:
    """Look until it is as wanted, or the limit has passed. Never raises what the service did."""
    started, attempt = time.monotonic(), 0

    def result(status: Status, error: str = "") -> Result:
        seconds = time.monotonic() - started
        return Result(step.id, step.resource, status, error, seconds, attempt)

    while True:
        attempt += 1
        try:
            live = await service.get(step.resource, work.name, work.api_version)
        except ServiceError as error:
            return Performed(result("unclear", f"it cannot be read: {error.message}"))
        state = _state(step, live)
        if state is Readiness.READY:
            if live is None or step.entry is None:
                return Performed(result("done"), NOTHING)
            return Performed(result("done"), without_its_secrets(step.entry, live.body))
        if state is Readiness.FAILED:
            return Performed(result("failed", "the service says that it failed"))
        if time.monotonic() - started > work.limit:
            text = f"it is not ready after {spelled(work.limit)}: the service goes on with it"
            return Performed(result("unclear", text))
        await service.pause(attempt)


def _state(step: Step, live: Live | None) -> Readiness:
    """How far an object is; one that was deleted is ready when it is gone.

    One that was created may not be seen at first, as a storage account is not (FACTS 1.3).
    """
    if step.entry is None:
        return Readiness.READY if live is None else Readiness.PENDING
    if live is None:
        return Readiness.PENDING
    readiness = kind(step.resource.kind).readiness
    return readiness(live.body) if readiness is not None else Readiness.READY
