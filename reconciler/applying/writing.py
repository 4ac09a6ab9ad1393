"""A call: its precondition, the write, and what became of it when the answer does not say."""

from __future__ import annotations

import time
from dataclasses import dataclass, replace
from typing import Literal, NamedTuple

from reconciler.applying.outputs import with_outputs
from reconciler.applying.performed import Performed, without_its_secrets
from reconciler.model.json import NOTHING, JsonObject, StoredJson
from reconciler.model.outcome import Result
from reconciler.model.resource import Live
from reconciler.model.sensitive import revealed
from reconciler.model.step import Call, Step
from reconciler.providers import Kind, kind
from reconciler.providers.service import Service, Services
from reconciler.schema.normalize import (
    definition_digest,
    means_the_same,
    secret_values,
)
from reconciler.wire import OutcomeUnknown, ServiceError

ATTEMPTS = 5
"""How often a write is sent without a clear answer, when reading shows that it was not done."""

LONGEST_SPREADING = 600.0
"""Seconds that a role takes to reach everything at most."""

_CHANGED = "it has changed since it was read: nothing was written; plan again"
_UNANSWERED = "no answer came, however often it was sent"
_LATER = frozenset({429, 503})
"""Answers that said "later" until nobody asked again; an earlier one may have been done."""


@dataclass(frozen=True, slots=True)
class _End:
    """What became of a write."""

    status: Literal["done", "failed", "unclear"]
    error: str = ""
    request_id: str = ""
    attempts: int = 1
    read_back: StoredJson = NOTHING


async def write(services: Services, step: Step, call: Call) -> Performed:
    """Make a call. Never raises what the service did: that is in the result."""
    started, attempt, end = time.monotonic(), 0, None
    service, body = services.of(step.resource.kind), call.body
    try:
        body = await with_outputs(services, body) if body is not None else None
    except ServiceError as error:
        return Performed(Result(step.id, step.resource, "failed", error.message))
    work = _Write(step, replace(call, body=body), started)
    if body != call.body and not call.creates:
        end = await _nothing_to_send(service, work)
    while end is None:
        attempt += 1
        if attempt > 1:
            await service.pause(attempt - 1)
        end = await _attempt(service, work, attempt)
    seconds, attempts = time.monotonic() - started, attempt - 1 + end.attempts
    shown = (end.status, end.error, seconds, attempts, end.request_id)
    return Performed(Result(step.id, step.resource, *shown), end.read_back)


class _Write(NamedTuple):
    """A step and its call."""

    step: Step
    call: Call
    started: float

    @property
    def kind(self) -> Kind:
        return kind(self.step.resource.kind)

    async def read(self, service: Service) -> Live | None:
        """The object as it is now."""
        return await service.get(self.step.resource, self.call.name, self.call.api_version)


async def _attempt(service: Service, work: _Write, attempt: int) -> _End | None:
    """Send a write once; None: it is known not to be done, and is to be sent again."""
    try:
        if not await _holds(service, work):
            raise ServiceError(_CHANGED, 412)
        reply = await service.write(work.step.resource, work.call, revealed(work.call.body))
    except ServiceError as error:
        if _role_may_come(service, work, error):
            return None
        return await _refused(service, work, attempt, error)
    try:
        return _End(
            "done", "", reply.request_id, reply.attempts, _read_back(service, work, reply.body)
        )
    except ServiceError as error:
        return await _refused(service, work, attempt, OutcomeUnknown(error.message, reply.status))


async def _refused(
    service: Service, work: _Write, attempt: int, error: ServiceError
) -> _End | None:
    """What an answer other than a success means: reading settles what it leaves open."""
    failed = _End("failed", error.message, error.request_id, error.attempts)
    if isinstance(error, OutcomeUnknown):
        end = await _settle(service, work, error.message)
        if end is not None or attempt < ATTEMPTS:
            return end
        return failed if error.status else replace(failed, status="unclear", error=_UNANSWERED)
    if error.status in _LATER:
        return await _settle(service, work, error.message) or failed
    deletes, repeated = work.call.deletes, attempt > 1 or error.attempts > 1
    if deletes and error.status == 404:
        return replace(failed, status="done", error="")
    if error.status == 412:
        settled = await _settle(service, work, error.message) if deletes or repeated else None
        return settled or replace(failed, error=_CHANGED)
    return failed


async def _holds(service: Service, work: _Write) -> bool:
    """Whether a precondition holds, where the service does not see to it itself."""
    if work.call.creates:
        return service.is_conditional or await work.read(service) is None
    if work.call.precondition.kind == "etag":
        return True
    live = await work.read(service)
    return live is not None and _untouched(work, live)


async def _nothing_to_send(service: Service, work: _Write) -> _End | None:
    """The end of an update that turns out to change nothing, once its outputs are known."""
    try:
        live = await work.read(service)
    except ServiceError:
        return None
    if live is None or not _as_sent(work, live):
        return None
    return _End("done", read_back=_read_back(service, work, live.body))


def _role_may_come(service: Service, work: _Write, error: ServiceError) -> bool:
    """Whether a refusal may be for want of a role that this plan grants, and that still spreads.

    https://learn.microsoft.com/azure/role-based-access-control/troubleshooting
    """
    late = time.monotonic() - work.started > LONGEST_SPREADING
    return work.step.awaits_role and service.lacks_role(error) and not late


async def _settle(service: Service, work: _Write, reason: str) -> _End | None:
    """What became of a write without a clear answer, found by reading; None: it was not done."""
    try:
        found = await work.read(service)
    except ServiceError as error:
        return _End("unclear", f"{reason}, and reading failed: {error.message}")
    if work.call.deletes:
        return _End("done") if found is None else _not_deleted(work, found)
    if found is None:
        gone = _End("failed", "it was deleted by somebody else meanwhile")
        return None if work.call.precondition.kind == "absent" else gone
    if work.call.precondition.kind != "absent" and _untouched(work, found):
        return None
    if _as_sent(work, found):
        return _End("done", read_back=_read_back(service, work, found.body))
    return _End("unclear", f"{reason}, and what is live is not what was sent")


def _not_deleted(work: _Write, found: Live) -> _End | None:
    return None if _untouched(work, found) else _End("failed", _CHANGED)


def _untouched(work: _Write, found: Live) -> bool:
    """Whether an object is still as the precondition wants it."""
    if work.call.precondition.kind == "etag":
        return found.etag == work.call.precondition.value
    return definition_digest(work.kind.shape, found.body) == work.call.precondition.value


def _as_sent(work: _Write, found: Live) -> bool:
    """Whether a live body means what was sent, as far as it shows."""
    shape, sent = work.kind.shape, work.call.body or {}
    return means_the_same(shape, found.body, sent, secret_values(shape, sent, everywhere=True))


def _read_back(service: Service, work: _Write, body: JsonObject | None) -> StoredJson:
    """The write's response without secrets; nothing for kinds whose reads differ from it."""
    of, entry = work.kind, work.step.entry
    if entry is None or not isinstance(body, dict) or of.reads_differ:
        return NOTHING
    return without_its_secrets(entry, service.live(of, body, work.call.api_version).body)
