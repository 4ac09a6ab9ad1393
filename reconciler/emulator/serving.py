"""Serves the emulator on a socket with uvicorn, whose connections the app may cut."""

from __future__ import annotations

import asyncio
import os
import signal
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager

import uvicorn
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

from reconciler.emulator.app import CUT, build
from reconciler.emulator.settings import Settings


class CuttableProtocol(HttpToolsProtocol):
    """Hands the app a way to abort its socket, for the faults that lose a reply."""

    def on_message_begin(self) -> None:
        super().on_message_begin()
        self.scope["extensions"] = {CUT: {"abort": self.transport.abort}}


class AnnouncingServer(uvicorn.Server):
    """Prints its URL once it really listens; a signal ends it without an error."""

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        if threading.current_thread() is threading.main_thread():
            loop = asyncio.get_running_loop()
            for number in (signal.SIGINT, signal.SIGTERM):
                loop.add_signal_handler(number, self.handle_exit, number, None)
        yield

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets=sockets)
        for server in self.servers:
            host, port = server.sockets[0].getsockname()[:2]
            print(f"http://{host}:{port}", flush=True)


def listen(settings: Settings, port: int, host: str) -> None:
    # numpy reads it when it is first imported. Its matrices are small here, and beside other work
    # on the same cores several threads make an image ten times slower.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    config = uvicorn.Config(
        build(settings),
        host=host,
        port=port,
        http=CuttableProtocol,
        loop="asyncio",
        lifespan="off",
        log_level="error",
        server_header=False,
        timeout_graceful_shutdown=1,
    )
    server = AnnouncingServer(config)
    asyncio.run(server.serve())
