"""A gateway between the reconciler and its service, as companies have them: it may do harm."""

from __future__ import annotations

import json
import ssl
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import MappingProxyType
from typing import Any, NamedTuple
from urllib.parse import parse_qs, urlsplit

import httpx


class Request(NamedTuple):
    """What came to the gateway."""

    method: str
    path: str
    query: dict[str, str]
    headers: dict[str, str]
    body: bytes


class Answer(NamedTuple):
    """What goes back; without a status the connection is cut."""

    status: int | None
    content: bytes = b""
    kind: str = "application/json"
    headers: Mapping[str, str] = MappingProxyType({})

    @property
    def value(self) -> list[Any]:
        """The objects of a list."""
        found: list[Any] = json.loads(self.content)["value"]
        return found


Forward = Callable[[Request], Answer]
Harm = Callable[[Request, Forward], Answer]
"""What the gateway does with a request; it may have it answered by the service."""


class Gateway:
    """A running gateway: its URL, the harm that it does, and every request that came to it."""

    def __init__(self, harm: Harm) -> None:
        self.url = ""
        self.harm = harm
        self.requests: list[Request] = []


@contextmanager
def gateway(
    harm: Harm, service: str = "", certificate: ssl.SSLContext | None = None
) -> Iterator[Gateway]:
    """A gateway to a service; with a certificate it speaks TLS."""
    found = Gateway(harm)

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def _handle(self) -> None:
            url = urlsplit(self.path)
            query = {key: values[0] for key, values in parse_qs(url.query).items()}
            body = self.rfile.read(int(self.headers.get("content-length") or 0))
            headers = {key.lower(): value for key, value in self.headers.items()}
            request = Request(self.command, url.path, query, headers, body)
            found.requests.append(request)
            answer = found.harm(request, lambda request: _forwarded(service, request))
            if answer.status is None:
                self.close_connection = True
                return
            self.send_response(answer.status)
            for name, value in answer.headers.items():
                self.send_header(name, value)
            self.send_header("content-type", answer.kind)
            self.send_header("content-length", str(len(answer.content)))
            self.end_headers()
            self.wfile.write(answer.content)

        do_GET = do_PUT = do_DELETE = do_POST = _handle  # noqa: N815

        def log_message(self, *_: object) -> None:
            """Nothing is printed."""

    class Server(ThreadingHTTPServer):
        daemon_threads = True

        def handle_error(self, *_: object) -> None:
            """A client that hangs up is no fault."""

    with Server(("127.0.0.1", 0), Handler) as server:
        if certificate is not None:
            server.socket = certificate.wrap_socket(server.socket, server_side=True)
        scheme = "http" if certificate is None else "https"
        found.url = f"{scheme}://127.0.0.1:{server.server_port}"
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        yield found
        server.shutdown()
        thread.join()


def _forwarded(service: str, request: Request) -> Answer:
    """The service's answer to a request."""
    dropped = ("host", "content-length", "connection", "accept-encoding")
    headers = {key: value for key, value in request.headers.items() if key not in dropped}
    reply = httpx.request(
        request.method,
        service + request.path,
        params=request.query,
        content=request.body,
        headers=headers,
    )
    kind = reply.headers.get("content-type", "application/json")
    return Answer(reply.status_code, reply.content, kind)


class Instead(httpx.AsyncHTTPTransport):
    """A network in which a gateway stands at every host."""

    def __init__(self, gateway: Gateway) -> None:
        super().__init__()
        self._url = httpx.URL(gateway.url)

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """The gateway's answer; the request still names the host that it was meant for."""
        host, port = self._url.host, self._url.port
        request.url = request.url.copy_with(scheme="http", host=host, port=port)
        return await super().handle_async_request(request)


def harmless(request: Request, forward: Forward) -> Answer:
    """A gateway that only passes on."""
    return forward(request)
