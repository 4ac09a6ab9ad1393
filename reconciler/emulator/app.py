"""The ASGI app: reads a request, meets the faults, asks the engine, sends the reply, logs.

A cut connection ("lost-reply", "reset"): under `serve` the socket is aborted, so the client sees a
transport error. Under `httpx.ASGITransport` there is no socket: the app raises `httpx.ReadError`
(found in `sys.modules`, the emulator does not import httpx; `ConnectionResetError` without it),
which reaches the caller of the client unchanged.
"""

from __future__ import annotations

import asyncio
import json
import sys
import time
import uuid
from pathlib import Path

from starlette.applications import Starlette
from starlette.routing import Route
from starlette.types import Receive, Scope, Send

from reconciler.emulator import engine
from reconciler.emulator.context import Context
from reconciler.emulator.doors import PREFIX, Doors
from reconciler.emulator.exchange import Reply, Request, query_of
from reconciler.emulator.faults import Fault
from reconciler.emulator.keys import check_credential
from reconciler.emulator.plane import Plane
from reconciler.emulator.refusals import Refusal
from reconciler.emulator.settings import Settings
from reconciler.emulator.shapes import shapes_of
from reconciler.emulator.store import Store
from reconciler.emulator.tiers import tier_named
from reconciler.emulator.unexpected import told
from reconciler.emulator.versions import version_named

CUT = "reconciler.emulator.cut"  # the extension by which `serve` lets the app abort a socket
JSON_TYPE = "application/json; odata.metadata="


def build(settings: Settings) -> Starlette:
    return Starlette(routes=[Route("/{path:path}", Service(settings))])


class ConnectionCut(Exception):
    """The connection is to be cut without a reply."""


class Service:
    """One emulated service as an ASGI app."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self.tier = tier_named(settings.tier)
        self.store = Store(Path(settings.state_dir) if settings.state_dir else None)
        self.plane = Plane.of(settings, self.store)
        self.faults = self.plane.models.faults
        self.doors = Doors(settings, self.store, self.plane, self.faults)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        started = time.perf_counter()
        request = await read(scope, receive)
        if request.path.startswith(PREFIX):
            await self.send(request, self.opened(request), started, send)
            return
        try:
            reply = await self.reply(request, receive)
        except ConnectionCut:
            self.log(request, None, started)
            await cut(scope, receive)
            return
        await self.send(request, reply, started, send)
        self.log(request, reply.status, started)

    async def reply(self, request: Request, receive: Receive) -> Reply:
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
            self.touch(request)
        if self.takes_long(request):
            reply = await asyncio.to_thread(self.handled, request, hold_runs=False)
        else:
            with self.store.lock:
                reply = self.handled(request, hold_runs="busy" in met)
        if "lost-reply" in met:
            raise ConnectionCut
        return reply

    def takes_long(self, request: Request) -> bool:
        """Queries and models are answered beside the loop, and lock what they need."""
        return self.plane.models.serves(request.path) or request.address.action.startswith("docs")

    def opened(self, request: Request) -> Reply:
        try:
            return self.doors.answer(request)
        except Exception as error:
            return failed(request, error)

    def handled(self, request: Request, hold_runs: bool) -> Reply:
        try:
            return self.answered(request, hold_runs)
        except Exception as error:
            return failed(request, error)

    def answered(self, request: Request, hold_runs: bool) -> Reply:
        if self.plane.models.serves(request.path):
            return self.plane.models.answer(request)
        try:
            check_credential(request, self.settings.admin_key)
            version = version_named(request.query.get("api-version"))
            shapes = shapes_of(version.name)
            context = Context(
                self.store,
                self.plane,
                self.settings,
                self.tier,
                version,
                shapes,
                request,
                hold_runs,
            )
            return engine.answer(context)
        except Refusal as refusal:
            return Reply.json(refusal.status, refusal.body)

    def touch(self, request: Request) -> None:
        address = request.address
        record = self.store.get(address.collection, address.name)
        if record is not None:
            self.store.touch(address.collection, record)

    async def send(self, request: Request, reply: Reply, started: float, send: Send) -> None:
        headers = headers_of(request, reply)
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
        with Path(self.settings.access_log).open("a", encoding="utf-8") as file:
            file.write(json.dumps(line) + "\n")


def headers_of(request: Request, reply: Reply) -> dict[str, str]:
    """FACTS b: what successes and errors carry, as recorded; 202 and 204 carry little."""
    headers = {"request-id": str(uuid.uuid4()), "content-length": str(len(reply.body))}
    for name in ("client-request-id", "x-ms-client-request-id"):
        if name in request.headers:
            headers[name] = request.headers[name]
    if reply.status == 204:
        del headers["content-length"]
    if reply.body and "content-type" not in reply.headers:
        headers["content-type"] = JSON_TYPE + request.metadata
        headers["odata-version"] = "4.0"
        headers["preference-applied"] = 'odata.include-annotations="*"'
    if reply.status >= 400:
        headers["content-language"] = "en"
        headers["cache-control"] = "no-store, no-cache"
    if reply.etag:
        weak = request.query.get("api-version") == "2020-06-30"  # rule weak-etag
        headers["etag"] = f"W/{reply.etag}" if weak else reply.etag
    if reply.location:
        headers["location"] = reply.location
    return headers | reply.headers


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


async def disconnected(receive: Receive) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass


async def cut(scope: Scope, receive: Receive) -> None:
    abort = scope.get("extensions", {}).get(CUT)
    if abort is None:
        httpx = sys.modules.get("httpx")
        error: type[Exception] = getattr(httpx, "ReadError", ConnectionResetError)
        raise error("the emulator cut the connection")
    abort["abort"]()
    await disconnected(receive)
