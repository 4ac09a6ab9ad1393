"""The ASGI app: reads a request, meets the faults, asks the site, sends the reply, logs.

A cut connection ("lost-reply", "reset"): under `serve` the socket is aborted, so the client sees a
transport error. Under `httpx.ASGITransport` there is no socket: the app raises `httpx.ReadError`
(found in `sys.modules`, the emulator does not import httpx; `ConnectionResetError` without it),
which reaches the caller of the client unchanged.
"""

from __future__ import annotations

import asyncio
import json
import time
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from starlette.applications import Starlette
from starlette.routing import Route
from starlette.types import Receive, Scope, Send

from reconciler.emulator.cutting import ConnectionCut, cut, disconnected
from reconciler.emulator.doors import PREFIX, Doors
from reconciler.emulator.exchange import Reply, Request, query_of
from reconciler.emulator.faults import Fault, Faults
from reconciler.emulator.service import Service
from reconciler.emulator.settings import Settings
from reconciler.emulator.unexpected import told

if TYPE_CHECKING:  # only where it is emulated is it imported
    from reconciler.emulator.azure.emulated import Azure


def build(settings: Settings) -> Starlette:
    return Starlette(routes=[Route("/{path:path}", Emulator(settings))])


class Site(Protocol):
    """What answers at a host name. Locks of its own state are its own business."""

    def takes_long(self, request: Request) -> bool:
        """Whether the request is to be answered beside the loop."""

    def answer(self, request: Request, hold_runs: bool) -> Reply:
        """The reply, refusals included."""

    def touch(self, request: Request) -> None:
        """Moves the etag of what the request names, if there is such a thing."""

    def headers(self, request: Request, reply: Reply) -> dict[str, str]:
        """What every answer of this site carries."""


class Emulator:
    """All that is emulated behind one port: a search service, and Azure around others on demand."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self.local = Service(settings)
        self.faults = self.local.plane.models.faults
        self.azure = azure_of(settings, self.faults)
        local = self.local
        self.doors = Doors(settings, local.store, local.plane, self.faults, self.azure)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        started = time.perf_counter()
        request = await read(scope, receive)
        if request.path.startswith(PREFIX):
            await self.send(self.local, request, self.opened(request), started, send)
            return
        try:
            site = self.site(request)
            reply = await self.reply(site, request, receive)
        except ConnectionCut:
            self.log(request, None, started)
            await cut(scope, receive)
            return
        await self.send(site, request, reply, started, send)
        self.log(request, reply.status, started)

    def site(self, request: Request) -> Site:
        """What answers at the host that was asked. Raises ConnectionCut: there is no such one."""
        found = self.azure.site(request.host) if self.azure else None
        return found or self.local

    async def reply(self, site: Site, request: Request, receive: Receive) -> Reply:
        met = self.faults.met_by(request.method, request.path)
        if "latency" in met:
            await asyncio.sleep(met["latency"].seconds)
        if "reset" in met:
            raise ConnectionCut
        if "hang" in met:
            await disconnected(receive)
            raise ConnectionCut
        if "status" in met:
            return injected(met["status"])
        if "touch" in met:
            site.touch(request)
        if site.takes_long(request):
            reply = await asyncio.to_thread(answered, site, request, hold_runs=False)
        else:
            reply = answered(site, request, hold_runs="busy" in met)
        if "lost-reply" in met:
            raise ConnectionCut
        return reply

    def opened(self, request: Request) -> Reply:
        try:
            return self.doors.answer(request)
        except Exception as error:
            return failed(request, error)

    async def send(
        self, site: Site, request: Request, reply: Reply, started: float, send: Send
    ) -> None:
        headers = site.headers(request, reply) | reply.headers
        headers["elapsed-time"] = str(round((time.perf_counter() - started) * 1000))
        raw = [(key.encode(), value.encode()) for key, value in headers.items()]
        await send({"type": "http.response.start", "status": reply.status, "headers": raw})
        await send({"type": "http.response.body", "body": reply.body})

    def log(self, request: Request, status: int | None, started: float) -> None:
        """One JSON line a request; a cut connection has no status. Bodies and keys never."""
        if self.settings.access_log is None:
            return
        line = {
            "method": request.method,
            "path": request.path,
            "query": dict(request.query),
            "status": status,
            "ms": round((time.perf_counter() - started) * 1000, 1),
        }
        if self.azure is not None:
            line["host"] = request.host
        with Path(self.settings.access_log).open("a", encoding="utf-8") as file:
            file.write(json.dumps(line) + "\n")


def azure_of(settings: Settings, faults: Faults) -> Azure | None:
    """Azure around the services, where it is asked for. Raises ValueError: its state is damaged."""
    if not settings.azure:
        return None
    from reconciler.emulator.azure.emulated import Azure

    return Azure(settings, faults)


def answered(site: Site, request: Request, hold_runs: bool) -> Reply:
    try:
        return site.answer(request, hold_runs)
    except Exception as error:
        return failed(request, error)


def failed(request: Request, error: Exception) -> Reply:
    """A clean 500 for what should not have happened."""
    refusal = told(error, f"{request.method} {request.path}")
    return Reply.json(refusal.status, refusal.body)


def injected(fault: Fault) -> Reply:
    reply = Reply.json(fault.status, fault.body)
    if fault.retry_after is not None:
        reply.headers["retry-after"] = f"{fault.retry_after:g}"
    return reply


async def read(scope: Scope, receive: Receive) -> Request:
    headers = {key.decode("latin-1"): value.decode("latin-1") for key, value in scope["headers"]}
    headers[":scheme"] = scope.get("scheme", "http")
    parts = []
    more = True
    while more:
        message = await receive()
        parts.append(message.get("body", b""))
        more = message.get("more_body", False)
    text = scope["query_string"].decode("latin-1")
    body = b"".join(parts)
    return Request(scope["method"], scope["path"], query_of(text), headers, body, text)
