"""Why the service cannot be reached, or does not let us in: said with what to check."""

from __future__ import annotations

import asyncio
import socket
import ssl
from collections.abc import Iterator

import pytest
import trustme

from reconciler.session.session import Session
from reconciler.session.workspace import Settings
from reconciler.wire import RetryPolicy, Unreachable
from tests.faults.gateway import Answer, gateway
from tests.faults.stack import declare, fails
from tests.ledger.sealing import replace_in
from tests.world import World

COMMANDS = ("plan", "apply --yes", "drift", "destroy --yes")


@pytest.fixture
def applied(world: World) -> World:
    declare(world)
    world.apply()
    return world


@pytest.mark.parametrize("command", COMMANDS)
def test_no_credential_is_taken(applied: World, command: str) -> None:
    applied.service.fault(fault="status", status=401, method="GET")
    ran = fails(applied, *command.split())
    assert "error: 401: no valid credential: check credential.apiKey" in ran.err


@pytest.mark.parametrize("command", COMMANDS)
def test_the_key_is_wrong(applied: World, command: str) -> None:
    ran = fails(applied, *command.split(), env={"RECONCILER_API_KEY": "wrong"})
    assert "error: 403: not allowed: the identity needs the role Search Service Contr" in ran.err


def test_it_may_read_and_not_write(world: World) -> None:
    declare(world)
    world.service.fault(fault="status", status=403, method="PUT")
    ran = fails(world, "apply", "--yes")
    assert "error: create DataSource/docs: 403: not allowed: the identity needs the role" in ran.err
    assert world.service.objects() == set()


@pytest.mark.parametrize("command", COMMANDS)
def test_nobody_listens(applied: World, command: str, monkeypatch: pytest.MonkeyPatch) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        url = f"http://127.0.0.1:{server.getsockname()[1]}"
    ran = _fails_at(applied, url, monkeypatch, *command.split())
    assert f"error: cannot connect to {url}" in ran
    assert "is it running, and is the port right?" in ran


def test_the_name_is_wrong(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    url = "https://no-such-service.invalid"
    ran = _fails_at(world, url, monkeypatch, "plan")
    assert f"error: {url}: the name cannot be resolved: check the endpoint's spelling" in ran


def test_the_certificate_is_unknown(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """The key is never sent there."""
    with gateway(lambda *_: Answer(200), certificate=_certificate()) as other:
        ran = _fails_at(world, other.url, monkeypatch, "plan")
        assert f"error: {other.url}: the TLS connection failed" in ran
        assert "CERTIFICATE_VERIFY_FAILED" in ran
        assert "check proxies, set SSL_CERT_FILE" in ran
        assert not other.requests


def test_it_does_not_speak_tls(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    url = world.service.url.replace("http:", "https:")
    ran = _fails_at(world, url, monkeypatch, "plan")
    assert f"error: {url}: the TLS connection failed" in ran


def _certificate() -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    trustme.CA().issue_cert("127.0.0.1").configure_cert(context)
    return context


def _fails_at(world: World, url: str, monkeypatch: pytest.MonkeyPatch, *arguments: str) -> str:
    """What a command says when the service is at another URL."""
    file = world.root / ".reconciler" / "test.ledger.json"
    if file.exists():
        replace_in(file, world.service.url, url)
    monkeypatch.setattr(world.service, "url", url)
    declare(world)
    return fails(world, *arguments).err


@pytest.fixture
def mute() -> Iterator[str]:
    """The URL of a server that takes connections and never says a word."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        yield f"http://127.0.0.1:{server.getsockname()[1]}"


def test_no_answer_comes(world: World, mute: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(world.service, "url", mute)
    declare(world)
    settings = Settings(
        path=world.root,
        environ=world.environ,
        retry_policy=RetryPolicy(attempts=2, first=0.0, timeout=0.2),
    )
    with pytest.raises(Unreachable, match="did not answer in time: check firewall, proxy and"):
        asyncio.run(_plan(Session(settings)))


async def _plan(session: Session) -> None:
    async with session:
        await session.plan()
