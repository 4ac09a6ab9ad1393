"""What came back: an answer that is the service's, or the error that it means."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import httpx

from reconciler.model.json import Json, parse
from reconciler.wire.errors import ServiceError, Unclear
from reconciler.wire.peer import Peer

RETRIED = frozenset({429, 503})
"""Answers that say "later" and promise that nothing was done."""
BROKEN = frozenset({500, 502, 504})
"""Answers, some of them a gateway's, that do not say whether a write was done."""


@dataclass(frozen=True, slots=True)
class Reply:
    """An answer; `content` is its text, as it came."""

    status: int
    headers: Mapping[str, str]
    content: bytes
    attempts: int

    @property
    def body(self) -> Json:
        """The parsed JSON, or None where there is none; raises ServiceError when it is broken."""
        try:
            return parse(self.content) if self.content else None
        except ValueError:
            raise ServiceError("the answer is broken JSON: check proxies on the way") from None

    @property
    def request_id(self) -> str:
        return self.headers.get("request-id", "")


def as_reply(response: httpx.Response, attempts: int, peer: Peer, *, reads: bool) -> Reply:
    """An answer as it came.

    Raises:
        Unclear: it does not say what became of a write.
        ServiceError: it is an error, or not the peer's at all.
    """
    status, request_id = response.status_code, response.headers.get("request-id", "")
    unclear = ServiceError if reads else Unclear
    if status >= 400:
        kind = unclear if status in BROKEN else ServiceError
        code, said = _said(response)
        message = _message(response, attempts, peer, said)
        raise kind(message, status, request_id, said, code, attempts)
    reply = Reply(status, response.headers, response.content, attempts)
    if status >= 300 or not _is_ours(reply, reads):
        raise unclear(_foreign(response, peer), status, request_id)
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


def _foreign(response: httpx.Response, peer: Peer) -> str:
    """What to check when something else than the service answers."""
    kind = response.headers.get("content-type", "no content type").partition(";")[0]
    return f"{response.url.host} answered {response.status_code} with {kind}: {peer.not_ours}"


def _said(response: httpx.Response) -> tuple[str, str]:
    """The code and the message of an error, in any shape (FACTS b, i); empty where none is.

    `{"error": {"code", "message"}}`, or `message` at the top, with or without `error` as a word.
    """
    try:
        body = parse(response.content)
        error = body["error"] if isinstance(body.get("error"), dict) else body
        return str(error.get("code") or ""), str(error.get("message") or "").strip()
    except (ValueError, AttributeError):
        return "", ""


def _message(response: httpx.Response, attempts: int, peer: Peer, text: str) -> str:
    """What the service says is wrong; where it helps, also what to check."""
    status = response.status_code
    advice = peer.advice.get(status)
    if advice is None:
        return text[:1000] or f"{status} {response.reason_phrase}"
    advice = f"{status}: {advice.format(attempts=attempts)}"
    return f"{advice}. {text[:500]}".rstrip(". ") if text else advice
