"""Who calls: a key in a header, or a token of Microsoft Entra ID."""

from __future__ import annotations

import asyncio
import time
from typing import Any

from reconciler.wire.errors import Unreachable


class ApiKey:
    """A key in a header, by default `api-key`."""

    def __init__(self, key: str, header: str = "api-key") -> None:
        self._headers = {header: key}

    async def headers(self) -> dict[str, str]:
        return self._headers


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
