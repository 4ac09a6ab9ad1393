"""Calls to one endpoint: retries, limits of time, and what to check when it cannot be reached."""

from __future__ import annotations

import asyncio
import random
from collections.abc import Awaitable, Callable, Mapping
from contextlib import AbstractContextManager, nullcontext
from typing import TypeVar

import httpx

from reconciler.model.duration import spelled
from reconciler.model.endpoint import in_clear, link_on, sendable
from reconciler.model.json import Json
from reconciler.version import __version__
from reconciler.wire.credentials import ApiKey, EntraId
from reconciler.wire.errors import OutcomeUnknown, ServiceError, Unreachable
from reconciler.wire.limits import USUAL, Deadline, RetryPolicy
from reconciler.wire.profile import ServiceProfile
from reconciler.wire.reply import (
    BROKEN,
    RETRIED,
    Answer,
    Damaged,
    Reply,
    as_reply,
    asked_pause,
    received,
)

Waiting = Callable[[str], AbstractContextManager[object]]
"""Entered while something is waited for: a person may be told what it is."""
Got = TypeVar("Got")


class Wire:
    """Calls to one endpoint.

    Args:
        profile: what kind of service answers there.
        transport: replaces the network, for an application in the same process.
        deadline: when everything must have been read.
        waiting: told of each call while it lasts.
    """

    def __init__(
        self,
        endpoint: str,
        credential: ApiKey | EntraId,
        profile: ServiceProfile,
        policy: RetryPolicy = USUAL,
        transport: httpx.AsyncBaseTransport | None = None,
        deadline: Deadline | None = None,
        waiting: Waiting = nullcontext,
    ) -> None:
        self._endpoint = endpoint.rstrip("/")
        self._credential = credential
        self._policy = policy
        self._profile = profile
        self._deadline = deadline or Deadline()
        self._waiting = waiting
        self._in_clear = transport is None and in_clear(self._endpoint)
        self._client = httpx.AsyncClient(
            timeout=httpx.Timeout(policy.timeout, connect=min(20.0, policy.timeout)),
            verify=self._endpoint.startswith("https"),
            headers={"User-Agent": f"reconciler/{__version__}"},
            limits=httpx.Limits(max_connections=32),
            transport=transport,
        )

    async def __aenter__(self) -> Wire:
        return self

    async def __aexit__(self, *_: object) -> None:
        await self._client.aclose()

    async def call(
        self,
        method: str,
        path: str,
        query: Mapping[str, str],
        body: Json | bytes = None,
        headers: Mapping[str, str] | None = None,
        *,
        reads: bool = False,
    ) -> Reply:
        """One call, repeated while the service says "later".

        Args:
            path: it begins with `/`.
            body: JSON; bytes are sent as they are.
            reads: nothing is changed by it, though it is a POST (a query).

        Raises:
            Unreachable: nothing was done, for lack of a connection, a credential or time.
            Unclear: a write was sent and no clear answer came.
            ServiceError: any other answer than a success.
        """
        url = self._endpoint + path
        sent = {"Accept": "application/json;odata.metadata=minimal", **(headers or {})}
        content = {"content": body} if isinstance(body, bytes) else {"json": body}
        try:
            request = self._client.build_request(
                method, url, params=dict(query) or None, headers=sent, **content
            )
        except (httpx.InvalidURL, ValueError) as error:
            raise Unreachable(f"{method} {path} cannot be sent ({error}): nothing was") from None
        return await self._call(request, path, reads=reads or method == "GET")

    async def follow(self, link: str) -> Reply:
        """What a link in an answer leads to, on the same service: a credential goes nowhere else.

        Raises:
            ServiceError: the link leads to another host, or the answer is no success.
        """
        url = link_on(self._endpoint, link)
        if url is None:
            text = f"an answer of {self._endpoint} has a link that leads to another host"
            raise ServiceError(f"{text}: it is not followed, nothing was sent there")
        headers = {"Accept": "application/json;odata.metadata=minimal"}
        request = self._client.build_request("GET", url, headers=headers)
        return await self._call(request, request.url.path, reads=True)

    async def pause(self, attempt: int) -> None:
        """Wait as long as after a "later", before a call is made again for another reason.

        Args:
            attempt: the one that failed, from 1.
        """
        await asyncio.sleep(self._pause(attempt, None))

    async def _call(self, request: httpx.Request, path: str, *, reads: bool) -> Reply:
        if self._in_clear:
            text = "is not https: a key or token would go over the network in clear"
            raise Unreachable(f"{self._endpoint} {text}; nothing was sent")
        clock = _Clock(f"{request.method} {path}", self._policy, self._deadline, reads=reads)
        with self._waiting(clock.what):
            return await self._attempts(request, clock, reads=reads)

    async def _attempts(self, request: httpx.Request, clock: _Clock, *, reads: bool) -> Reply:
        for attempt in range(1, self._policy.attempts + 1):
            last = attempt == self._policy.attempts
            await self._sign(request, clock)
            try:
                answer = await clock.within(self._send(request))
            except (httpx.RequestError, Damaged, TimeoutError) as error:
                connecting = isinstance(error, (httpx.ConnectError, httpx.ConnectTimeout))
                if not reads and not connecting:
                    raise OutcomeUnknown(f"no answer came ({_reason(error, clock)})") from None
                late = isinstance(error, TimeoutError) or clock.left <= 0
                if last or late or (attempt > 2 and (connecting or _is_garbage(error))):
                    raise Unreachable(self._advice(error, clock)) from None
                await clock.sleep(self._pause(attempt, None))
                continue
            again = RETRIED | BROKEN if reads else RETRIED
            if answer.status in again and not last:
                pause = self._pause(attempt, asked_pause(answer))
                if pause < clock.left:
                    await clock.sleep(pause)
                    continue
                raise _late(answer, attempt, self._profile, pause, reads=reads)
            return as_reply(answer, attempt, self._profile, reads=reads)
        raise AssertionError("the last attempt returns or raises")

    async def _sign(self, request: httpx.Request, clock: _Clock) -> None:
        """Put the credential on a request, and see that all of its headers can be sent."""
        try:
            headers = await clock.within(self._credential.headers())
        except TimeoutError:
            raise Unreachable(f"no credential came in time ({clock.limits})") from None
        for name, value in headers.items():
            if not sendable(value):
                text = f"the credential cannot stand in the header {name}: it holds a line end"
                raise Unreachable(f"{text}, or a character that is not ASCII") from None
            request.headers[name] = value

    async def _send(self, request: httpx.Request) -> Answer:
        response = await self._client.send(request, stream=True)
        try:
            return await received(response)
        finally:
            await response.aclose()

    def _pause(self, attempt: int, asked: float | None) -> float:
        """Seconds to wait: what the service asks for, or twice as long each time, with jitter."""
        if asked is not None:
            return min(asked, self._policy.max_retry_after)
        ceiling = min(self._policy.first * 2 ** (attempt - 1), self._policy.longest)
        return float(ceiling * random.uniform(0.5, 1.0))

    def _advice(self, error: Exception, clock: _Clock) -> str:
        """Why the endpoint cannot be reached, and what to check."""
        text, host = _causes(error), self._endpoint
        if isinstance(error, (httpx.TimeoutException, TimeoutError)):
            check = "check firewall, proxy and private endpoint"
            return f"{host} did not answer in time: {check} ({clock.limits})"
        if _is_garbage(error):
            return f"{host} answers what cannot be read ({text}): {self._profile.not_ours}"
        if "CERTIFICATE" in text or "SSL" in text:
            return f"{host}: the TLS connection failed ({text}): check proxies, set SSL_CERT_FILE"
        if any(word in text for word in ("Name or", "name resolution", "getaddrinfo", "nodename")):
            return f"{host}: the name cannot be resolved: check the endpoint's spelling, DNS, VPN"
        return f"cannot connect to {host} ({text}): is it running, and is the port right?"


class _Clock:
    """The time that one call has."""

    def __init__(self, what: str, policy: RetryPolicy, deadline: Deadline, *, reads: bool) -> None:
        self.what = what
        self._call = policy.timeout
        self._command = deadline
        whole = Deadline(policy.timeout)
        self._ends = (whole, deadline) if reads else (whole,)
        if deadline.left <= 0:
            raise Unreachable(f"the time limit has passed ({self.limits}): nothing was sent")

    @property
    def left(self) -> float:
        return min(end.left for end in self._ends)

    @property
    def limits(self) -> str:
        """Which limit ends the waiting, and how it is raised."""
        if self._command.limit is not None and self._command.left <= 0:
            return f"{self.what}; --timeout is {spelled(self._command.limit)}"
        return f"{self.what}; --call-timeout is {spelled(self._call)}"

    async def within(self, work: Awaitable[Got]) -> Got:
        """What comes of it; raises TimeoutError when it takes longer than what is left."""
        async with asyncio.timeout(self.left):
            return await work

    async def sleep(self, seconds: float) -> None:
        await asyncio.sleep(min(seconds, self.left))


def _late(
    answer: Answer, attempts: int, profile: ServiceProfile, pause: float, *, reads: bool
) -> ServiceError:
    """The error of an answer that says "later", later than the time that there is."""
    try:
        as_reply(answer, attempts, profile, reads=reads)
    except ServiceError as error:
        error.message += f" (it asks to wait {spelled(pause)}, and --call-timeout ends before)"
        return error
    raise AssertionError("an answer that says later is an error")


def _is_garbage(error: Exception) -> bool:
    """Whether something came, and it was no HTTP or not what its headers say."""
    if isinstance(error, httpx.RemoteProtocolError):
        return "disconnected" not in str(error)
    return isinstance(error, (httpx.DecodingError, Damaged))


def _reason(error: Exception, clock: _Clock) -> str:
    if isinstance(error, TimeoutError):
        return f"in time: {clock.limits}"
    return _causes(error) or type(error).__name__


def _causes(error: BaseException | None) -> str:
    """The innermost cause that says something."""
    text = ""
    while error is not None:
        text = str(error) or text
        error = error.__cause__ or error.__context__
    return text
