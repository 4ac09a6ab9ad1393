"""The one HTTP client: credentials, retries, time-outs; the doorway to httpx and azure-identity.

ServiceError           the service answered with an error
+-- Unreachable        it could not be reached at all (DNS, TLS, refused, time-out, credentials)
+-- Unclear            a write was sent, and no answer came that says what became of it
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
BROKEN = frozenset({500, 502, 504})
"""Answers, some of them a gateway's, that do not say whether a write was done."""

NOT_OURS = "this is not Azure AI Search: check the endpoint, proxies, sign-in pages on the way"


class ServiceError(Exception):
    """The service refused; `status` is that of HTTP (0: none came)."""

    def __init__(self, message: str, status: int = 0, request_id: str = "") -> None:
        self.message, self.status, self.request_id = message, status, request_id
        super().__init__(message)


class Unreachable(ServiceError):
    """Nothing was done, because the service could not be reached."""


class Unclear(ServiceError):
    """A write was sent, no clear answer came: reading must settle whether it was done."""


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
            Unclear: a write was sent and no clear answer came.
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
            again = RETRIED | BROKEN if method == "GET" else RETRIED
            if response.status_code in again and not last:
                await asyncio.sleep(self._pause(attempt, response.headers.get("Retry-After")))
                continue
            return _reply(response, attempt, method)
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
        if any(word in text for word in ("Name or", "name resolution", "getaddrinfo", "nodename")):
            return f"{host}: the name cannot be resolved: check the endpoint's spelling, DNS, VPN"
        return f"cannot connect to {host} ({text}): is it running, and is the port right?"


def _reply(response: httpx.Response, attempts: int, method: str) -> Reply:
    status, request_id = response.status_code, response.headers.get("request-id", "")
    unclear = Unclear if method != "GET" else ServiceError
    if status >= 400:
        kind = unclear if status in BROKEN else ServiceError
        raise kind(_message(response, attempts), status, request_id)
    reply = Reply(status, response.headers, response.content, attempts)
    if status >= 300 or not _is_ours(reply, method):
        raise unclear(_foreign(response), status, request_id)
    return reply


def _is_ours(reply: Reply, method: str) -> bool:
    """Whether an answer is JSON, or nothing to a write; parsing a long list can wait."""
    if method == "GET":
        told = "json" in reply.headers.get("content-type", "")
        return told and reply.content.lstrip()[:1] == b"{"
    try:
        return isinstance(reply.body or {}, dict)
    except ServiceError:
        return False


def _foreign(response: httpx.Response) -> str:
    """What to check when something else than the service answers."""
    kind = response.headers.get("content-type", "no content type").partition(";")[0]
    return f"{response.url.host} answered {response.status_code} with {kind}: " + NOT_OURS


def _message(response: httpx.Response, attempts: int) -> str:
    """What the service says is wrong; where it helps, also what to check."""
    status, text = response.status_code, ""
    try:
        error = parse(response.content).get("error", {})
        text = str(error.get("message", "")).strip()
    except (ValueError, AttributeError):
        pass
    advice = _ADVICE.get(status)
    if advice is None:
        return text[:1000] or f"{status} {response.reason_phrase}"
    advice = f"{status}: {advice.format(attempts=attempts)}"
    return f"{advice}. {text[:500]}".rstrip(". ") if text else advice


_ADVICE = {
    401: "no valid credential: check credential.apiKey, or that the service allows RBAC",
    403: "not allowed: the identity needs the role Search Service Contributor on the service "
    "(or the api key is a query key or a wrong one)",
    429: "too many requests also at attempt {attempts}, or a quota is used up: try again later",
    503: "the service was overloaded also at attempt {attempts}: try again later",
}


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
