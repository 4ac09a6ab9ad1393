"""Who calls: a key in a header, or a token of Microsoft Entra ID."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import threading
import time
from collections.abc import Callable
from typing import Any

from reconciler.wire.errors import Unreachable

# Without a handler the libraries' warnings, which repeat what an identity answered, go to stderr.
logging.getLogger("azure").addHandler(logging.NullHandler())

_NOT_SET_UP = (
    "unavailable",
    "not found on path",
    "could not be found",
    "is not installed",
    "is required to use",
    "requires the '",
)
"""How azure-identity says that a way to sign in is not set up here, as against: it failed."""


class ApiKey:
    """A key in a header, by default `api-key`; with `Authorization` it is a bearer token."""

    def __init__(self, key: str, header: str = "api-key") -> None:
        self._headers = {header: f"Bearer {key}" if header == "Authorization" else key}

    async def headers(self) -> dict[str, str]:
        return self._headers


class EntraId:
    """A bearer token of `DefaultAzureCredential`, fetched when first needed and kept until it ends.

    Args:
        scope: the audience, such as `https://search.azure.com/.default`.
        authority: the host that issues tokens, in sovereign clouds.
        learn: told of each token, so that it is never printed.
    """

    def __init__(
        self,
        scope: str,
        authority: str | None = None,
        learn: Callable[[str], None] = lambda _: None,
    ) -> None:
        self._scope = scope
        self._authority = authority
        self._learn = learn
        self._token: Any = None
        self._credential: Any = None
        self._lock = asyncio.Lock()

    async def headers(self) -> dict[str, str]:
        async with self._lock:
            if self._token is None or self._token.expires_on - time.time() < 300:
                self._token = await _in_thread(self._fetch)
                self._learn(self._token.token)
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
            raise Unreachable(self._advice(_reason(str(error)))) from None
        except ValueError as error:
            raise Unreachable(self._advice(str(error))) from None

    def _advice(self, reason: str) -> str:
        return (
            f"no Microsoft Entra ID token for {self._scope}: {reason.rstrip('.')}. "
            "Sign in with `az login`, give the job an identity, or set credential.apiKey"
        )


async def _in_thread(work: Callable[[], Any]) -> Any:
    """What comes of work that blocks; one that is given up on does not hold the process open."""
    loop = asyncio.get_running_loop()
    ended: asyncio.Future[Any] = loop.create_future()

    def settle(value: Any, error: BaseException | None) -> None:
        if ended.done():
            return
        if error is not None:
            ended.set_exception(error)
        else:
            ended.set_result(value)

    def run() -> None:
        value, error = None, None
        try:
            value = work()
        except BaseException as raised:
            error = raised
        with contextlib.suppress(RuntimeError):  # the loop is closed: nobody waits any more
            loop.call_soon_threadsafe(settle, value, error)

    threading.Thread(target=run, daemon=True).start()
    return await ended


def _reason(text: str) -> str:
    """Which ways to sign in failed, of an error that lists all that were tried, one a line."""
    tried = [line.strip() for line in text.splitlines() if line.startswith("\t")]
    failed = [line for line in tried if not any(words in line for words in _NOT_SET_UP)]
    return "; ".join(failed) or "nobody is signed in here"
