"""Connections that end without a reply: on a socket, and where there is none."""

from __future__ import annotations

import sys

from starlette.types import Receive, Scope

CUT = "reconciler.emulator.cut"  # the extension by which `serve` lets the app abort a socket


class ConnectionCut(Exception):
    """The connection is to be cut without a reply."""


async def disconnected(receive: Receive) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass


async def cut(scope: Scope, receive: Receive) -> None:
    """Aborts the socket; without one it raises what httpx would (see app.py)."""
    abort = scope.get("extensions", {}).get(CUT)
    if abort is None:
        httpx = sys.modules.get("httpx")
        error: type[Exception] = getattr(httpx, "ReadError", ConnectionResetError)
        raise error("the emulator cut the connection")
    abort["abort"]()
    await disconnected(receive)
