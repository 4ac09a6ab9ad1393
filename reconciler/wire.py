"""The one HTTP client: credentials, retries, time-outs; the doorway to httpx and azure-identity.

ServiceError           the service answered with an error
+-- Unreachable        it could not be reached at all (DNS, TLS, refused, time-out, credentials)
+-- Unclear            a write was sent, and no answer came
"""

from __future__ import annotations

import asyncio
import email.utils
import random
import time
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import httpx

from reconciler.model.json import Json, parse
from reconciler.version import __version__

RETRIED = frozenset({429, 503})
"""Answers that say "later" and promise that nothing was done."""


class ServiceError(Exception):
    """The service refused; `status` is that of HTTP (0: none came)."""

    def __init__(self, message: str, status: int = 0, request_id: str = "") -> None:
        self.message, self.status, self.request_id = message, status, request_id
        super().__init__(message)


class Unreachable(ServiceError):
    """Nothing was done, because the service could not be reached."""


class Unclear(ServiceError):
    """A write was sent and no answer came: reading must settle whether it was done."""


@dataclass(frozen=True, slots=True)
class Reply:
    """An answer; `content` is its text, as it came."""

    status: int
    headers: Mapping[str, str]
    content: bytes
    attempts: int

    @property
    def body(self) -> Json:
        """The parsed JSON, or None where there is none."""
        is_json = "json" in self.headers.get("content-type", "")
        return parse(self.content) if self.content and is_json else None

    @property
    def request_id(self) -> str:
        return self.headers.get("request-id", "")


@dataclass(frozen=True)
class Patience:
    """How long to try: attempts at one call, seconds of the first pause and of the longest one."""

    attempts: int = 8
    first: float = 0.5
    longest: float = 30.0
    timeout: float = 120.0


class ApiKey:
    """The `api-key` header."""

    def __init__(self, key: str) -> None:
        self._key = key

    async def headers(self) -> dict[str, str]:
        return {"api-key": self._key}


class EntraId:
    """A bearer token of `DefaultAzureCredential`, fetched when first needed and kept until it ends.

    Args:
        scope: the audience, such as `https://search.azure.com/.default`.
        authority: the host that issues tokens, in sovereign clouds.
    """

    def __init__(self, scope: str, authority: str | None = None) -> None:
        self._scope = scope
        self._authority = authority
        self._token: Any = None
        self._credential: Any = None
        self._lock = asyncio.Lock()

    async def headers(self) -> dict[str, str]:
        async with self._lock:
            if self._token is None or self._token.expires_on - time.time() < 300:
                self._token = await asyncio.to_thread(self._fetch)
        return {"Authorization": f"Bearer {self._token.token}"}

    def _fetch(self) -> Any:
        from azure.core.exceptions import ClientAuthenticationError
        from azure.identity import DefaultAzureCredential

        try:
            if self._credential is None:
                options = {"authority": self._authority} if self._authority else {}
                self._credential = DefaultAzureCredential(**options)
            return self._credential.get_token(self._scope)
        except ClientAuthenticationError as error:
            reason = str(error).splitlines()[0]
            raise Unreachable(
                f"no Microsoft Entra ID token for {self._scope}: {reason} "
                "Sign in with `az login`, give the job an identity, or set credential.apiKey"
            ) from None


class Wire:
    """Calls to one endpoint.

    Args:
        transport: replaces the network, for an application in the same process.
    """

    def __init__(
        self,
        endpoint: str,
        credential: ApiKey | EntraId,
        patience: Patience = Patience(),
        transport: httpx.AsyncBaseTransport | None = None,
    ) -> None:
        self._endpoint = endpoint.rstrip("/")
        self._credential = credential
        self._patience = patience
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
        body: Json = None,
        headers: Mapping[str, str] | None = None,
    ) -> Reply:
        """One call, repeated while the service says "later".

        Raises:
            Unreachable: nothing was done, for lack of a connection or a credential.
            Unclear: a write was sent and no answer came.
            ServiceError: any other answer than a success.
        """
        url = path if path.startswith("http") else self._endpoint + path
        for attempt in range(1, self._patience.attempts + 1):
            last = attempt == self._patience.attempts
            try:
                response = await self._send(method, url, query, body, headers or {})
            except httpx.TransportError as error:
                connecting = isinstance(error, (httpx.ConnectError, httpx.ConnectTimeout))
                if method != "GET" and not connecting:
                    raise Unclear(f"no answer came ({_reason(error)})") from None
                if last or (connecting and attempt > 2):
                    raise Unreachable(self._advice(error)) from None
                await asyncio.sleep(self._pause(attempt, None))
                continue
            if response.status_code in RETRIED and not last:
                await asyncio.sleep(self._pause(attempt, response.headers.get("Retry-After")))
                continue
            return _reply(response, attempt)
        raise AssertionError("the last attempt returns or raises")

    async def _send(
        self, method: str, url: str, query: Any, body: Json, headers: Mapping[str, str]
    ) -> httpx.Response:
        sent = {
            "Accept": "application/json;odata.metadata=minimal",
            **headers,
            **await self._credential.headers(),
        }
        params = dict(query) or None
        return await self._client.request(method, url, params=params, json=body, headers=sent)

    def _pause(self, attempt: int, retry_after: str | None) -> float:
        """Seconds to wait: what the service asks for, or twice as long each time, with jitter."""
        asked = _seconds(retry_after)
        if asked is not None:
            return min(asked, 300.0)
        ceiling = min(self._patience.first * 2 ** (attempt - 1), self._patience.longest)
        return float(ceiling * random.uniform(0.5, 1.0))

    def _advice(self, error: httpx.TransportError) -> str:
        """Why the endpoint cannot be reached, and what to check."""
        text, host = _causes(error), self._endpoint
        if isinstance(error, httpx.TimeoutException):
            return f"{host} did not answer in time: check firewall, proxy and private endpoint"
        if "CERTIFICATE" in text or "SSL" in text:
            return f"{host}: the TLS connection failed ({text}): check proxies, set SSL_CERT_FILE"
        if "Name or service" in text or "getaddrinfo" in text or "nodename" in text:
            return f"{host}: the name cannot be resolved: check the endpoint's spelling, DNS, VPN"
        return f"cannot connect to {host} ({text}): is it running, and is the port right?"


def _reply(response: httpx.Response, attempts: int) -> Reply:
    if response.status_code >= 400:
        request_id = response.headers.get("request-id", "")
        raise ServiceError(_message(response), response.status_code, request_id)
    return Reply(response.status_code, response.headers, response.content, attempts)


def _message(response: httpx.Response) -> str:
    """What the service says is wrong; for 401 and 403, also what to check."""
    text = ""
    try:
        error = parse(response.content).get("error", {})
        text = str(error.get("message", "")).strip()
    except (ValueError, AttributeError):
        pass
    if response.status_code == 401:
        advice = (
            "401: no valid credential: check credential.apiKey, or that the service allows RBAC"
        )
    elif response.status_code == 403:
        advice = (
            "403: not allowed: the identity needs the role Search Service Contributor on the "
            "service (or the api key is a query key or a wrong one)"
        )
    else:
        return text[:1000] or f"{response.status_code} {response.reason_phrase}"
    return f"{advice}. {text[:500]}".rstrip(". ") if text else advice


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
