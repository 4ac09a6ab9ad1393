"""Calls to one endpoint: retries, time-outs, and what to check when it cannot be reached."""

from __future__ import annotations

import asyncio
import email.utils
import random
import time
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import httpx

from reconciler.model.json import Json
from reconciler.version import __version__
from reconciler.wire.credentials import ApiKey, EntraId
from reconciler.wire.errors import Unclear, Unreachable
from reconciler.wire.peer import SEARCH, Peer
from reconciler.wire.reply import BROKEN, RETRIED, Reply, as_reply


@dataclass(frozen=True)
class Patience:
    """How long to try: attempts at one call, seconds of the first pause and of the longest one.

    `asked` is the longest pause that a service may ask for (`Retry-After`).
    """

    attempts: int = 8
    first: float = 0.5
    longest: float = 30.0
    asked: float = 300.0
    timeout: float = 120.0


class Wire:
    """Calls to one endpoint.

    Args:
        transport: replaces the network, for an application in the same process.
        peer: what kind of service answers there.
    """

    def __init__(
        self,
        endpoint: str,
        credential: ApiKey | EntraId,
        patience: Patience = Patience(),
        transport: httpx.AsyncBaseTransport | None = None,
        peer: Peer = SEARCH,
    ) -> None:
        self._endpoint = endpoint.rstrip("/")
        self._credential = credential
        self._patience = patience
        self._peer = peer
        self._client = httpx.AsyncClient(
            timeout=httpx.Timeout(patience.timeout, connect=min(20.0, patience.timeout)),
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
            body: JSON; bytes are sent as they are.
            reads: nothing is changed by it, though it is a POST (a query).

        Raises:
            Unreachable: nothing was done, for lack of a connection or a credential.
            Unclear: a write was sent and no clear answer came.
            ServiceError: any other answer than a success.
        """
        reads = reads or method == "GET"
        url = path if path.startswith("http") else self._endpoint + path
        for attempt in range(1, self._patience.attempts + 1):
            last = attempt == self._patience.attempts
            try:
                response = await self._send(method, url, query, body, headers or {})
            except httpx.TransportError as error:
                connecting = isinstance(error, (httpx.ConnectError, httpx.ConnectTimeout))
                if not reads and not connecting:
                    raise Unclear(f"no answer came ({_reason(error)})") from None
                if last or (connecting and attempt > 2):
                    raise Unreachable(self._advice(error)) from None
                await self.pause(attempt)
                continue
            again = RETRIED | BROKEN if reads else RETRIED
            if response.status_code in again and not last:
                await asyncio.sleep(self._pause(attempt, response.headers.get("Retry-After")))
                continue
            return as_reply(response, attempt, self._peer, reads=reads)
        raise AssertionError("the last attempt returns or raises")

    async def pause(self, attempt: int) -> None:
        """Wait as long as after a "later", before a call is made again for another reason.

        Args:
            attempt: the one that failed, from 1.
        """
        await asyncio.sleep(self._pause(attempt, None))

    async def _send(
        self, method: str, url: str, query: Any, body: Json | bytes, headers: Mapping[str, str]
    ) -> httpx.Response:
        sent = {
            "Accept": "application/json;odata.metadata=minimal",
            **headers,
            **await self._credential.headers(),
        }
        params = dict(query) or None
        if isinstance(body, bytes):
            return await self._client.request(
                method, url, params=params, content=body, headers=sent
            )
        return await self._client.request(method, url, params=params, json=body, headers=sent)

    def _pause(self, attempt: int, retry_after: str | None) -> float:
        """Seconds to wait: what the service asks for, or twice as long each time, with jitter."""
        asked = _seconds(retry_after)
        if asked is not None:
            return min(asked, self._patience.asked)
        ceiling = min(self._patience.first * 2 ** (attempt - 1), self._patience.longest)
        return float(ceiling * random.uniform(0.5, 1.0))

    def _advice(self, error: httpx.TransportError) -> str:
        """Why the endpoint cannot be reached, and what to check."""
        text, host = _causes(error), self._endpoint
        if isinstance(error, httpx.TimeoutException):
            return f"{host} did not answer in time: check firewall, proxy and private endpoint"
        if "CERTIFICATE" in text or "SSL" in text:
            return f"{host}: the TLS connection failed ({text}): check proxies, set SSL_CERT_FILE"
        if any(word in text for word in ("Name or", "name resolution", "getaddrinfo", "nodename")):
            return f"{host}: the name cannot be resolved: check the endpoint's spelling, DNS, VPN"
        return f"cannot connect to {host} ({text}): is it running, and is the port right?"


def _seconds(retry_after: str | None) -> float | None:
    """A Retry-After header (seconds or a date) as seconds."""
    if retry_after is None:
        return None
    if retry_after.strip().isdigit():
        return float(retry_after)
    try:
        moment = email.utils.parsedate_to_datetime(retry_after)
    except ValueError:
        return None
    return max(0.0, moment.timestamp() - time.time())


def _reason(error: Exception) -> str:
    return _causes(error) or type(error).__name__


def _causes(error: BaseException | None) -> str:
    """The innermost cause that says something."""
    text = ""
    while error is not None:
        text = str(error) or text
        error = error.__cause__ or error.__context__
    return text
