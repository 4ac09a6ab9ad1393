"""Serves the emulator on a socket with uvicorn, whose connections the app may cut."""

from __future__ import annotations

import asyncio
import os
import signal
import socket
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import uvicorn
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

from reconciler.emulator.app import build
from reconciler.emulator.cutting import CUT
from reconciler.emulator.settings import Settings


class CuttableProtocol(HttpToolsProtocol):
    """Hands the app a way to abort its socket, for the faults that lose a reply."""

    def on_message_begin(self) -> None:
        super().on_message_begin()
        self.scope["extensions"] = {CUT: {"abort": self.transport.abort}}


class AnnouncingServer(uvicorn.Server):
    """Prints its URL once it really listens; a signal ends it without an error."""

    def __init__(self, config: uvicorn.Config, authority: Path | None) -> None:
        super().__init__(config)
        self._authority = authority

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        if threading.current_thread() is threading.main_thread():
            loop = asyncio.get_running_loop()
            for number in (signal.SIGINT, signal.SIGTERM):
                loop.add_signal_handler(number, self.handle_exit, number, None)
        yield

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets=sockets)
        scheme = "https" if self._authority else "http"
        for server in self.servers:
            host, port = server.sockets[0].getsockname()[:2]
            print(f"{scheme}://{host}:{port}", flush=True)
        if self._authority:
            print("Clients must trust the certificate of this start:")
            for variable in TRUST:
                print(f"export {variable}={self._authority}", flush=True)


# What requests (the official Python clients), OpenSSL (httpx, .NET) and Node look at.
TRUST = ("REQUESTS_CA_BUNDLE", "SSL_CERT_FILE", "NODE_EXTRA_CA_CERTS")


def listen(settings: Settings, port: int, host: str, tls: bool) -> None:
    check_places(settings)
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
    with tempfile.TemporaryDirectory(prefix="reconciler-emulator-") as folder:
        names = other_names(settings)
        authority = secured(config, Path(folder), host, names) if tls else None
        asyncio.run(AnnouncingServer(config, authority).serve())


def check_places(settings: Settings) -> None:
    """Raises ValueError when what is to be kept could not be: now, not at the first write."""
    state, log = settings.state_dir, settings.access_log
    try:
        if state is not None:
            Path(state).mkdir(parents=True, exist_ok=True)
            with tempfile.TemporaryFile(dir=state):
                pass
    except OSError as error:
        raise ValueError(f"the state cannot be kept in {state}: {error.strerror}") from None
    try:
        if log is not None:
            with Path(log).open("a"):
                pass
    except OSError as error:
        raise ValueError(f"the access log {log} cannot be written: {error.strerror}") from None


def other_names(settings: Settings) -> tuple[str, ...]:
    """The hosts that the port stands for beside this machine's."""
    if not settings.azure:
        return ()
    from reconciler.emulator.azure.emulated import NAMES

    return NAMES


def secured(config: uvicorn.Config, folder: Path, host: str, names: tuple[str, ...]) -> Path:
    """Lets the server speak TLS; gives the file of the authority that clients must trust."""
    from reconciler.emulator import tls

    files = tls.write(folder, host, names)
    config.ssl_certfile, config.ssl_keyfile = files.certificate, files.key
    config.load()
    files.key.unlink()  # it has been read
    return files.authority
