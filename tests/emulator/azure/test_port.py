"""The whole of it on one port, over TLS, as an engine and the official clients reach it."""

from __future__ import annotations

import ssl
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import httpx
import pytest

from tests.emulator.served import served_tls

from .conftest import AT_ONCE, GROUP, SEARCH, service_body


class Port:
    """Asks for Azure's names at 127.0.0.1: the name goes into Host and SNI."""

    def __init__(self, url: str, authority: str) -> None:
        context = ssl.create_default_context(cafile=authority)
        self._client = httpx.Client(base_url=url, verify=context)

    def ask(self, host: str, method: str, path: str, **more: Any) -> httpx.Response:
        headers = {"host": host, "authorization": "Bearer x"} | more.pop("headers", {})
        sni = {"sni_hostname": host}
        return self._client.request(method, path, headers=headers, extensions=sni, **more)

    def close(self) -> None:
        self._client.close()


@contextmanager
def port() -> Iterator[Port]:
    with served_tls(azure=True) as (url, authority):
        opened = Port(url, authority)
        try:
            yield opened
        finally:
            opened.close()


def test_one_port_answers_for_all_names_by_one_certificate() -> None:
    with port() as azure:
        arm = "management.azure.com"
        reply = azure.ask(
            "localhost", "PUT", "/emulator/azure/durations", json=AT_ONCE | {"searchCreate": 60}
        )
        assert reply.status_code == 204
        group = azure.ask(
            arm, "PUT", f"{GROUP}?api-version=2024-11-01", json={"location": "westus2"}
        )
        assert (group.status_code, len(group.headers.get_list("date"))) == (201, 1)
        body = service_body(disableLocalAuth=True)
        made = azure.ask(arm, "PUT", f"{SEARCH}?api-version=2025-05-01", json=body)
        assert made.status_code == 201
        docs = ("docs.search.windows.net", "GET", "/indexes?api-version=2026-04-01")
        with pytest.raises(httpx.RemoteProtocolError):
            azure.ask(*docs)
        azure.ask("localhost", "POST", "/emulator/clock", json={"seconds": 61})
        assert azure.ask(*docs).json()["value"] == []
        gone = azure.ask(arm, "DELETE", f"{GROUP}?api-version=2024-11-01")
        assert gone.headers["location"].startswith("https://management.azure.com/")
        blob = azure.ask("docsstore.blob.core.windows.net", "GET", "/")
        assert blob.status_code == 501


def test_the_option_implies_tls() -> None:
    command = [sys.executable, "-m", "reconciler", "emulator", "--azure", "--port", "0"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        try:
            assert process.stdout.readline().startswith("https://127.0.0.1:")
        finally:
            process.terminate()
