"""Calls that the service makes: to models it has itself, or over HTTP to anybody else."""

from __future__ import annotations

import json
import re
import time
from collections.abc import Mapping
from typing import Any
from urllib.parse import SplitResult, unquote, urlsplit

from reconciler.emulator.exchange import Request, query_of
from reconciler.emulator.models.models import Models

AZURE = (
    ".openai.azure.com",
    ".services.ai.azure.com",
    ".cognitiveservices.azure.com",
    ".models.ai.azure.com",
    ".inference.ml.azure.com",
)
HERE = ("localhost", "127.0.0.1", "::1", "emulator")
DURATION = re.compile(r"P(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+(?:\.\d+)?)S)?)?")
VERSIONS = ("api-version", "model-version")  # of a query: no secrets
UNITS = (86400, 3600, 60, 1)


class ModelFailed(Exception):
    """No answer, or none of use. `status` and `answer` are the endpoint's, if it gave them."""

    def __init__(self, message: str, status: int | None = None, answer: str = "") -> None:
        super().__init__(message)
        self.status = status
        self.answer = answer


class TimedOut(ModelFailed):
    """No answer in time, which is `limit` seconds."""

    def __init__(self, place: str, limit: float) -> None:
        super().__init__(f"{place} did not answer within {limit:g} seconds")
        self.limit = limit


def seconds(duration: str | None, default: float = 30.0) -> float:
    """An XSD dayTimeDuration in seconds; 30 is every call's documented default."""
    match = DURATION.fullmatch(duration) if duration else None
    if match is None:
        return default
    return sum(float(n or 0) * unit for n, unit in zip(match.groups(), UNITS, strict=True))


def send(
    models: Models,
    method: str,
    url: str,
    body: object,
    headers: Mapping[str, str] | None = None,
    timeout: float = 30.0,
) -> tuple[int, Any]:
    """The status and the JSON of the answer, its text for an error without JSON.

    `body` is JSON, or bytes that are sent as they are. Raises ModelFailed when nothing answers in
    `timeout` seconds, or without JSON.
    """
    content = body if isinstance(body, bytes) else json.dumps(body).encode()
    kind = "application/octet-stream" if isinstance(body, bytes) else "application/json"
    sent = {name.lower(): value for name, value in (headers or {}).items()}
    sent.setdefault("content-type", kind)
    try:
        parts = urlsplit(url)
    except ValueError:
        raise ModelFailed("the endpoint's URL is not valid") from None
    if is_embedded(models, parts):
        request = Request(
            method,
            unquote(parts.path),
            query_of(parts.query),
            sent | {"host": parts.netloc.rpartition("@")[2]},
            content,
        )
        return _answered_here(models, request, timeout)
    return _over_http(method, url, content, sent, timeout)


def without_secrets(answer: object, url: str, headers: Mapping[str, str]) -> str:
    """An endpoint's answer as text, without the secrets of the call if it repeats them."""
    text = answer if isinstance(answer, str) else json.dumps(answer, ensure_ascii=False)
    query = query_of(urlsplit(url).query).items()
    secrets = [value for name, value in query if name not in VERSIONS]
    for value in headers.values():
        secrets += (value, value.removeprefix("Bearer "))
    for secret in sorted(filter(None, secrets), key=len, reverse=True):
        text = text.replace(secret, "***")
    return text


def is_embedded(models: Models, parts: SplitResult) -> bool:
    """Azure AI hosts are answered here, and the models' own paths on this machine."""
    host = parts.hostname or ""
    return host.endswith(AZURE) or (host in HERE and models.serves(unquote(parts.path)))


def _answered_here(models: Models, request: Request, timeout: float) -> tuple[int, Any]:
    """Meets the injected faults as a call from outside does."""
    met = models.faults.met_by(request.method, request.path)
    place = request.headers["host"]
    late = met["latency"].seconds if "latency" in met else 0.0
    if late >= timeout or "hang" in met:
        raise TimedOut(place, timeout)
    if late:
        time.sleep(late)
    if "reset" in met or "lost-reply" in met:
        raise ModelFailed(f"{place} cut the connection")
    if "status" in met:
        return met["status"].status, met["status"].body
    reply = models.respond(request)
    return reply.status, json.loads(reply.body)


def _over_http(
    method: str, url: str, content: bytes, headers: Mapping[str, str], timeout: float
) -> tuple[int, Any]:
    import httpx

    place = urlsplit(url).hostname or "the endpoint"
    try:
        reply = httpx.request(method, url, content=content, headers=headers, timeout=timeout)
    except httpx.TimeoutException:
        raise TimedOut(place, timeout) from None
    except (httpx.HTTPError, httpx.InvalidURL, UnicodeError) as error:
        raise ModelFailed(f"{place} cannot be reached: {type(error).__name__}") from None
    kind = reply.headers.get("content-type", "").partition(";")[0].strip()
    try:
        answer = reply.json() if kind == "application/json" else None
    except ValueError:
        answer = None
    if answer is None and reply.is_success:
        raise ModelFailed(f"{place} answered without JSON", reply.status_code)
    return reply.status_code, reply.text if answer is None else answer
