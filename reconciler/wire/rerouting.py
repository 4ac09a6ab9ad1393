"""Hosts that are reached at other addresses: a stand-in for a cloud, on this machine."""

from __future__ import annotations

from collections.abc import Mapping

import httpx


def rerouted(hosts: Mapping[str, str]) -> httpx.AsyncBaseTransport | None:
    """A transport that reaches some hosts elsewhere; None where there are none.

    Args:
        hosts: by a host's name, or `*.` and the end of one, the `host[:port]` to connect to.
    """
    return _Rerouted(hosts) if hosts else None


class _Rerouted(httpx.AsyncHTTPTransport):
    """TLS and the Host header still say which host is meant."""

    def __init__(self, hosts: Mapping[str, str]) -> None:
        super().__init__()
        self._hosts = {host.casefold(): there for host, there in hosts.items()}

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        meant = request.url.host
        there = self._hosts.get(meant) or self._hosts.get(f"*.{meant.partition('.')[2]}")
        if there is not None:
            host, _, port = there.partition(":")
            url = request.url.copy_with(host=host, port=int(port) if port else None)
            extensions = {**request.extensions, "sni_hostname": meant}
            request = httpx.Request(
                request.method,
                url,
                headers=request.headers,
                stream=request.stream,
                extensions=extensions,
            )
        return await super().handle_async_request(request)
