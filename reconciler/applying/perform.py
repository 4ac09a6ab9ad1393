"""One step: its precondition, its call, and what became of it when no answer came."""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import Any

from reconciler.kinds import kind
from reconciler.model import pointer
from reconciler.model.json import NOTHING, JsonObject, StoredJson, digest
from reconciler.model.outcome import Result
from reconciler.model.plan import Step
from reconciler.model.resource import Live
from reconciler.model.sensitive import revealed
from reconciler.normal import normal_form, secret_values, without_secrets
from reconciler.service.search import SearchService
from reconciler.service.search import live as as_live
from reconciler.wire import ServiceError, Unclear

ATTEMPTS = 5
"""How often a write is sent whose replies are lost and which reading shows not to be done."""

_CHANGED = "it has changed since it was read: nothing was written; plan again"


@dataclass(frozen=True, slots=True)
class Performed:
    """A step's result, and what the service returned (without secrets) if it was a write."""

    result: Result
    read_back: StoredJson = NOTHING


async def perform(service: SearchService, step: Step) -> Performed:
    """Do one step. Never raises what the service did: that is in the result."""
    started = time.monotonic()

    def ended(status: Any, error: str = "", attempts: int = 1, request_id: str = "") -> Result:
        seconds = time.monotonic() - started
        return Result(step.id, step.address, status, error, seconds, attempts, request_id)

    for attempt in range(1, ATTEMPTS + 1):
        if attempt > 1:
            await service.pause(attempt - 1)
        try:
            if step.precondition.kind == "body" and not await _as_read(service, step):
                raise ServiceError(_CHANGED, 412)
            reply = await service.write(step.call, revealed(step.call.body), step.precondition)
            read_back = _read_back(step, reply.body)
            return Performed(ended("done", "", reply.attempts, reply.request_id), read_back)
        except Unclear as unclear:
            settled = await _settle(service, step, str(unclear))
            if settled is None and unclear.status:
                return Performed(ended("failed", unclear.message, attempt, unclear.request_id))
        except ServiceError as error:
            if step.call.method == "DELETE" and await _gone(service, step, error):
                return Performed(ended("done", "", attempt, error.request_id))
            text = _CHANGED if error.status == 412 else error.message
            return Performed(ended("failed", text, attempt, error.request_id))
        if settled is not None:
            status, text, read_back = settled
            return Performed(ended(status, text, attempt), read_back)
    return Performed(ended("unclear", "no reply came, however often it was sent", ATTEMPTS))


async def _as_read(service: SearchService, step: Step) -> bool:
    """Whether an object without a useful etag is still what was read."""
    found = await service.get(step.address, step.call.name, step.call.api_version)
    return found is not None and digest(found.body) == step.precondition.value


async def _gone(service: SearchService, step: Step, error: ServiceError) -> bool:
    """Whether a deletion was refused because somebody else has done it."""
    if error.status != 412:
        return error.status == 404
    try:
        return await service.get(step.address, step.call.name, step.call.api_version) is None
    except ServiceError:
        return False


async def _settle(
    service: SearchService, step: Step, reason: str
) -> tuple[str, str, StoredJson] | None:
    """What became of a write without a reply, found by reading; None: it was not done."""
    try:
        found = await service.get(step.address, step.call.name, step.call.api_version)
    except ServiceError as error:
        return "unclear", f"{reason}, and reading failed: {error.message}", NOTHING
    if step.call.method == "DELETE":
        return ("done", "", NOTHING) if found is None else _not_done(step, found)
    if found is None:
        gone = ("failed", "it was deleted by somebody else meanwhile", NOTHING)
        return None if step.precondition.kind == "absent" else gone
    if step.precondition.kind != "absent" and _untouched(step, found):
        return None
    if _as_sent(step, found):
        return "done", "", _read_back(step, found.body)
    return "unclear", f"{reason}, and what is live is not what was sent", NOTHING


def _not_done(step: Step, found: Live) -> tuple[str, str, StoredJson] | None:
    return None if _untouched(step, found) else ("failed", _CHANGED, NOTHING)


def _untouched(step: Step, found: Live) -> bool:
    """Whether an object is still as the precondition wants it."""
    if step.precondition.kind == "etag":
        return found.etag == step.precondition.value
    return digest(found.body) == step.precondition.value


def _as_sent(step: Step, found: Live) -> bool:
    """Whether a live body means what was sent, as far as it shows."""
    shape, sent = kind(step.address.kind).shape, step.call.body or {}
    hidden = secret_values(shape, sent, everywhere=True)
    wanted = normal_form(shape, sent, hidden=hidden)
    return normal_form(shape, found.body, sent, hidden) == wanted


def _read_back(step: Step, body: JsonObject | None) -> StoredJson:
    """The write's response without secrets; nothing for kinds whose reads differ from it."""
    of = kind(step.address.kind)
    if step.entry is None or not isinstance(body, dict) or of.reads_differ:
        return NOTHING
    hidden = [pointer.parse(text) for text in step.entry.fingerprints]
    plain = as_live(of, body, step.call.api_version).body
    return StoredJson.of(without_secrets(of.shape, plain, hidden))
