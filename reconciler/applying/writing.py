"""A call: its precondition, the write, and what became of it when the answer does not say."""

from __future__ import annotations

import time
from dataclasses import dataclass, replace
from typing import Literal, NamedTuple

from reconciler.applying.performed import Performed, without_its_secrets
from reconciler.model.json import NOTHING, StoredJson
from reconciler.model.outcome import Result
from reconciler.model.resource import Live
from reconciler.model.sensitive import revealed
from reconciler.model.step import Call, Step
from reconciler.providers import Kind, kind
from reconciler.providers.service import Service
from reconciler.schema.normalize import (
    definition_digest,
    means_the_same,
    secret_values,
)
from reconciler.wire import OutcomeUnknown, Reply, ServiceError

ATTEMPTS = 5
"""How often a write is sent without a clear answer, when reading shows that it was not done."""

LONGEST_SPREADING = 600.0
"""Seconds that a role, or an identity, takes to reach everything at most."""

_CHANGED = "it has changed since it was read: nothing was written; plan again"
_UNANSWERED = "no answer came, however often it was sent"
_THERE = frozenset({409, 412})
"""Answers to the creation of what is there already."""

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
    found_as: str = ""


async def write(service: Service, step: Step, call: Call, *, was_unknown: bool) -> Performed:
    """Make a call. Never raises what the service did: that is in the result.

    Args:
        was_unknown: a part of the body was not known when it was planned.
    """
    started, attempt, end = time.monotonic(), 0, None
    work = _Write(step, call, started, was_unknown)
    if was_unknown and not call.creates:
        end = await _nothing_to_do(service, work)
    while end is None:
        attempt += 1
        if attempt > 1:
            await service.pause(attempt - 1)
        end = await _attempt(service, work, attempt)
    seconds, attempts = time.monotonic() - started, attempt - 1 + end.attempts
    shown = (end.status, end.error, seconds, attempts, end.request_id)
    return Performed(Result(step.id, step.resource, *shown), end.read_back, end.found_as)


class _Write(NamedTuple):
    """A step and its call."""

    step: Step
    call: Call
    started: float
    was_unknown: bool

    @property
    def kind(self) -> Kind:
        return kind(self.step.resource.kind)

    @property
    def goes_by_identity(self) -> bool:
        """Whether what it creates may be there under any name."""
        return self.call.creates and bool(self.kind.identity)

    async def read(self, service: Service) -> Live | None:
        """The object as it is now."""
        of, call = self.kind, self.call
        if not self.goes_by_identity:
            return await service.get(self.step.resource, call.name, call.api_version)
        found = await service.list(of, call.api_version, service.collection(call.name))
        wanted = of.identity_of(call.body or {})
        return next((live for live in found if of.identity_of(live.body) == wanted), None)


async def _attempt(service: Service, work: _Write, attempt: int) -> _End | None:
    """Send a write once; None: it is known not to be done, and is to be sent again."""
    try:
        if not await _holds(service, work):
            raise ServiceError(_CHANGED, 412)
        reply = await service.write(work.step.resource, work.call, revealed(work.call.body))
    except ServiceError as error:
        if _may_come_true(service, work, error):
            return None
        return await _refused(service, work, attempt, error)
    try:
        shown = _shown(service, work, reply)
        return _End("done", "", reply.request_id, reply.attempts, _read_back(work, shown))
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
        failed, repeated = replace(failed, error=_CHANGED), repeated or deletes
    if error.status in _THERE and work.goes_by_identity:
        settled = await _settle(service, work, error.message)
        return settled if settled is not None and settled.status == "done" else failed
    if error.status == 412 and repeated:
        return await _settle(service, work, error.message) or failed
    return failed


async def _holds(service: Service, work: _Write) -> bool:
    """Whether a precondition holds, where the service does not see to it itself."""
    if work.call.creates:
        return service.is_conditional or await work.read(service) is None
    if work.call.precondition.kind == "etag":
        return True
    live = await work.read(service)
    if live is None or not _untouched(work, live):
        return False
    return work.call.contents is None or not await _more(service, work, work.call.contents)


async def _more(service: Service, work: _Write, known: frozenset[str]) -> frozenset[str]:
    """What lies in an object and did not when its deletion was planned."""
    now = await service.contents(work.kind, work.call.name, work.call.api_version)
    return now - known


async def _nothing_to_do(service: Service, work: _Write) -> _End | None:
    """The end of a write that turns out to change nothing, once its outputs are known."""
    try:
        live = await work.read(service)
    except ServiceError:
        return None
    if live is None:
        return None
    if work.call.deletes:
        stays = work.kind.identity_of(work.call.successor or {})
        return _End("done") if stays and stays == work.kind.identity_of(live.body) else None
    return _as_wanted(work, live) if _as_sent(work, live) else None


def _may_come_true(service: Service, work: _Write, error: ServiceError) -> bool:
    """Whether a refusal may be for want of what this plan made, and what still spreads.

    That is a role that it grants, or an identity that it makes.
    https://learn.microsoft.com/azure/role-based-access-control/troubleshooting
    """
    spreads = work.step.awaits_role and service.lacks_role(error)
    late = time.monotonic() - work.started > LONGEST_SPREADING
    return (spreads or (work.was_unknown and service.is_early(error))) and not late


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
        return _as_wanted(work, found)
    return _End("unclear", f"{reason}, and what is live is not what was sent")


def _as_wanted(work: _Write, live: Live) -> _End:
    """The end of a write whose object is live as it was to be, perhaps under another name."""
    name, other = live.name_on_service, work.call.name
    found_as = name if work.call.creates and name.casefold() != other.casefold() else ""
    return _End("done", read_back=_read_back(work, live), found_as=found_as)


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


def _shown(service: Service, work: _Write, reply: Reply) -> Live | None:
    """What the answer to a write shows of its object, if it does."""
    silent = work.call.deletes or work.kind.reads_differ
    if silent or work.step.entry is None or not isinstance(reply.body, dict):
        return None
    return service.live(work.kind, reply.body, work.call.api_version)


def _read_back(work: _Write, live: Live | None) -> StoredJson:
    """What is live without secrets; nothing for kinds whose reads differ from answers."""
    entry = work.step.entry
    if entry is None or live is None or work.kind.reads_differ:
        return NOTHING
    return without_its_secrets(entry, live.body)
