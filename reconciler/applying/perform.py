"""One step: its precondition, its call, and what became of it when the answer does not say."""

from __future__ import annotations

import time
from dataclasses import dataclass, replace
from typing import Literal

from reconciler.model import pointer
from reconciler.model.json import NOTHING, JsonObject, StoredJson, digest
from reconciler.model.outcome import Result
from reconciler.model.plan import Step
from reconciler.model.resource import Live
from reconciler.model.sensitive import revealed
from reconciler.providers import kind
from reconciler.providers.search.service import SearchService
from reconciler.providers.search.service import live as as_live
from reconciler.schema.normalize import means_the_same, secret_values, without_secrets
from reconciler.wire import OutcomeUnknown, ServiceError

ATTEMPTS = 5
"""How often a write is sent without a clear answer, when reading shows that it was not done."""

_CHANGED = "it has changed since it was read: nothing was written; plan again"
_UNANSWERED = "no answer came, however often it was sent"
_LATER = frozenset({429, 503})
"""Answers that said "later" until nobody asked again; an earlier one may have been done."""


@dataclass(frozen=True, slots=True)
class Performed:
    """A step's result, and what the service returned (without secrets) if it was a write."""

    result: Result
    read_back: StoredJson = NOTHING


@dataclass(frozen=True, slots=True)
class _End:
    """What became of a write."""

    status: Literal["done", "failed", "unclear"]
    error: str = ""
    request_id: str = ""
    attempts: int = 1
    read_back: StoredJson = NOTHING


async def perform(service: SearchService, step: Step) -> Performed:
    """Do one step. Never raises what the service did: that is in the result."""
    started, attempt, end = time.monotonic(), 0, None
    while end is None:
        attempt += 1
        if attempt > 1:
            await service.pause(attempt - 1)
        end = await _attempt(service, step, attempt)
    seconds, attempts = time.monotonic() - started, attempt - 1 + end.attempts
    shown = (end.status, end.error, seconds, attempts, end.request_id)
    return Performed(Result(step.id, step.resource, *shown), end.read_back)


async def _attempt(service: SearchService, step: Step, attempt: int) -> _End | None:
    """Send a write once; None: it is known not to be done, and is to be sent again."""
    try:
        if step.precondition.kind == "body" and not await _as_read(service, step):
            raise ServiceError(_CHANGED, 412)
        reply = await service.write(step.call, revealed(step.call.body), step.precondition)
    except ServiceError as error:
        return await _refused(service, step, attempt, error)
    try:
        return _End("done", "", reply.request_id, reply.attempts, _read_back(step, reply.body))
    except ServiceError as error:
        return await _refused(service, step, attempt, OutcomeUnknown(error.message, reply.status))


async def _refused(
    service: SearchService, step: Step, attempt: int, error: ServiceError
) -> _End | None:
    """What an answer other than a success means: reading settles what it leaves open."""
    failed = _End("failed", error.message, error.request_id, error.attempts)
    if isinstance(error, OutcomeUnknown):
        end = await _settle(service, step, error.message)
        if end is not None or attempt < ATTEMPTS:
            return end
        return failed if error.status else replace(failed, status="unclear", error=_UNANSWERED)
    if error.status in _LATER:
        return await _settle(service, step, error.message) or failed
    deletes, repeated = step.call.method == "DELETE", attempt > 1 or error.attempts > 1
    if deletes and error.status == 404:
        return replace(failed, status="done", error="")
    if error.status == 412:
        settled = await _settle(service, step, error.message) if deletes or repeated else None
        return settled or replace(failed, error=_CHANGED)
    return failed


async def _as_read(service: SearchService, step: Step) -> bool:
    """Whether an object without a useful etag is still what was read."""
    found = await service.get(step.resource, step.call.name, step.call.api_version)
    return found is not None and digest(found.body) == step.precondition.value


async def _settle(service: SearchService, step: Step, reason: str) -> _End | None:
    """What became of a write without a clear answer, found by reading; None: it was not done."""
    try:
        found = await service.get(step.resource, step.call.name, step.call.api_version)
    except ServiceError as error:
        return _End("unclear", f"{reason}, and reading failed: {error.message}")
    if step.call.method == "DELETE":
        return _End("done") if found is None else _not_deleted(step, found)
    if found is None:
        gone = _End("failed", "it was deleted by somebody else meanwhile")
        return None if step.precondition.kind == "absent" else gone
    if step.precondition.kind != "absent" and _untouched(step, found):
        return None
    if _as_sent(step, found):
        return _End("done", read_back=_read_back(step, found.body))
    return _End("unclear", f"{reason}, and what is live is not what was sent")


def _not_deleted(step: Step, found: Live) -> _End | None:
    return None if _untouched(step, found) else _End("failed", _CHANGED)


def _untouched(step: Step, found: Live) -> bool:
    """Whether an object is still as the precondition wants it."""
    if step.precondition.kind == "etag":
        return found.etag == step.precondition.value
    return digest(found.body) == step.precondition.value


def _as_sent(step: Step, found: Live) -> bool:
    """Whether a live body means what was sent, as far as it shows."""
    shape, sent = kind(step.resource.kind).shape, step.call.body or {}
    return means_the_same(shape, found.body, sent, secret_values(shape, sent, everywhere=True))


def _read_back(step: Step, body: JsonObject | None) -> StoredJson:
    """The write's response without secrets; nothing for kinds whose reads differ from it."""
    of = kind(step.resource.kind)
    if step.entry is None or not isinstance(body, dict) or of.reads_differ:
        return NOTHING
    hidden = [pointer.parse(text) for text in step.entry.fingerprints]
    plain = as_live(of, body, step.call.api_version).body
    return StoredJson.of(without_secrets(of.shape, plain, hidden))
