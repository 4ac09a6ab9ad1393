"""What came back: an answer that is the service's, or the error that it means."""

from __future__ import annotations

import email.utils
import re
import time
from collections.abc import Mapping
from dataclasses import dataclass
from typing import NamedTuple

import httpx

from reconciler.model.json import Json, JsonObject, parse
from reconciler.model.text import one_line
from reconciler.redaction import REDACTOR
from reconciler.wire.errors import OutcomeUnknown, ServiceError
from reconciler.wire.profile import ServiceProfile

RETRIED = frozenset({429, 503})
"""Answers that say "later" and promise that nothing was done."""
BROKEN = frozenset({408, 499, *range(500, 600)}) - {501, 503, 505}
"""Answers, most of them a gateway's, that do not say whether a write was done."""
LARGEST = 256 * 1024 * 1024
"""Bytes of an answer: a full service's longest list is a tenth of it."""
_BOM = b"\xef\xbb\xbf"


class Damaged(Exception):
    """An answer that cannot be received whole."""


class Answer(NamedTuple):
    """An answer as it was received; `content` is decoded, and without a byte order mark."""

    host: str
    status: int
    reason: str
    headers: Mapping[str, str]
    content: bytes

    @property
    def request_id(self) -> str:
        return self.headers.get("request-id", "")[:100]


async def received(response: httpx.Response) -> Answer:
    """An answer, read to its end.

    Raises:
        Damaged: it does not end within `LARGEST` bytes.
        httpx.RequestError: it is cut off, or not encoded as it says.
    """
    parts, size = [], 0
    async for part in response.aiter_bytes():
        size += len(part)
        if size > LARGEST:
            raise Damaged(f"more than {LARGEST // 1024**2} MB")
        parts.append(part)
    content = b"".join(parts).removeprefix(_BOM)
    reason = response.reason_phrase
    return Answer(response.url.host, response.status_code, reason, response.headers, content)


def asked_pause(answer: Answer) -> float | None:
    """The seconds that a Retry-After header asks to wait, or until when; None where none does.

    A moment that has passed asks for nothing: this machine's clock may be ahead.
    """
    asked = answer.headers.get("Retry-After", "").strip()
    if re.fullmatch(r"[0-9]{1,12}", asked):
        return float(asked)
    try:
        moment = email.utils.parsedate_to_datetime(asked).timestamp()
    except (ValueError, TypeError, OverflowError, OSError):
        return None
    return moment - time.time() if moment > time.time() else None


@dataclass(frozen=True, slots=True)
class Reply:
    """An answer; `content` is its text, as it came."""

    status: int
    headers: Mapping[str, str]
    content: bytes
    attempts: int
    not_ours: str

    @property
    def body(self) -> Json:
        """The parsed JSON, or None where there is none; raises ServiceError when it is broken."""
        try:
            return parse(self.content) if self.content else None
        except ValueError:
            raise ServiceError(f"the answer is broken JSON: {self.not_ours}") from None

    @property
    def object(self) -> JsonObject:
        """The parsed JSON object.

        Raises:
            ServiceError: the answer is none.
        """
        body = self.body
        if not isinstance(body, dict):
            raise self.misfit("it is no JSON object")
        return body

    def misfit(self, why: str) -> ServiceError:
        """The error of an answer that is not what its kind of service answers."""
        text = f"the answer cannot be understood ({why}): {self.not_ours}"
        return ServiceError(text, self.status, self.request_id)

    @property
    def request_id(self) -> str:
        return self.headers.get("request-id", "")[:100]


def as_reply(answer: Answer, attempts: int, profile: ServiceProfile, *, reads: bool) -> Reply:
    """An answer as it came.

    Raises:
        Unclear: it does not say what became of a write.
        ServiceError: it is an error, or not the profile's at all.
    """
    status, request_id = answer.status, answer.request_id
    unclear = ServiceError if reads else OutcomeUnknown
    if status >= 400:
        kind = unclear if status in BROKEN else ServiceError
        code, said = _said(answer)
        message = _message(answer, attempts, profile, said)
        raise kind(message, status, request_id, said, code, attempts)
    reply = Reply(status, answer.headers, answer.content, attempts, profile.not_ours)
    if status >= 300 or not _is_ours(reply, reads):
        raise unclear(_foreign(answer, profile), status, request_id)
    return reply


def _is_ours(reply: Reply, reads: bool) -> bool:
    """Whether an answer is JSON, or nothing to a write; parsing a long list can wait."""
    if reads:
        told = "json" in reply.headers.get("content-type", "")
        return told and reply.content.lstrip()[:1] == b"{"
    try:
        return isinstance(reply.body or {}, dict)
    except ServiceError:
        return False


def _foreign(answer: Answer, profile: ServiceProfile) -> str:
    """What to check when something else than the service answers."""
    kind = answer.headers.get("content-type", "no content type").partition(";")[0][:100]
    return f"{answer.host} answered {answer.status} with {kind}: {profile.not_ours}"


def _wordless(answer: Answer, profile: ServiceProfile) -> str:
    """An error that gives no reason: the service's own give one, a gateway's seldom do."""
    status = f"{answer.status} {answer.reason[:100]}".rstrip()
    return f"{answer.host} answered {status} without a reason: {profile.wordless}"


def _said(answer: Answer) -> tuple[str, str]:
    """The code and the message of an error, in any shape (FACTS b, i); empty where none is.

    `{"error": {"code", "message"}}`, or `message` at the top, with or without `error` as a word.
    What others wrote is told on one line and without secrets, before anything of it is cut.
    """
    try:
        body = parse(answer.content)
    except ValueError:
        return "", ""
    error = body.get("error") if isinstance(body, dict) else None
    told = error if isinstance(error, dict) else body if isinstance(body, dict) else {}
    code, message = told.get("code"), told.get("message")
    text = one_line(REDACTOR.quoted(message)) if isinstance(message, str) else ""
    return (code[:100] if isinstance(code, str) else ""), text


def _message(answer: Answer, attempts: int, profile: ServiceProfile, text: str) -> str:
    """What the service says is wrong; where it helps, also what to check."""
    advice = profile.advice.get(answer.status)
    if advice is None:
        return text[:1000] or _wordless(answer, profile)
    advice = f"{answer.status}: {advice.format(attempts=attempts)}"
    if answer.status == 403 and not text:
        advice += f"; or {profile.closed}"
    return f"{advice}. {text[:500]}".rstrip(". ") if text else advice
