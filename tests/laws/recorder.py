"""A record of every call to a service in this process, and of what overlapped."""

from __future__ import annotations

import asyncio
import itertools
import random
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any

from tests.world import COLLECTIONS

Send = Callable[[Any], Awaitable[None]]


@dataclass
class Call:
    """One request; `began` and `ended` are moments on one clock."""

    method: str
    path: str
    began: int
    ended: int = 0
    status: int | None = None

    @property
    def address(self) -> str:
        collection, _, rest = self.path.strip("/").partition("('")
        kind = next(kind for kind, name in COLLECTIONS.items() if name == collection)
        return f"{kind}/" + rest.removesuffix("')")


class Recorder:
    """An ASGI app around another one: it records calls, and lets them overlap at random."""

    def __init__(self, app: Any, seed: int) -> None:
        self.app = app
        self._random = random.Random(seed)
        self._clock = itertools.count()
        self.calls: list[Call] = []

    async def __call__(self, scope: Any, receive: Any, send: Send) -> None:
        call = Call(scope["method"], scope["path"], next(self._clock))
        self.calls.append(call)

        async def seen(message: Any) -> None:
            if message["type"] == "http.response.start":
                call.status = message["status"]
            await send(message)

        await self._pause()
        try:
            await self.app(scope, receive, seen)
        finally:
            await self._pause()
            call.ended = next(self._clock)

    async def _pause(self) -> None:
        for _ in range(self._random.randrange(3)):
            await asyncio.sleep(0)
