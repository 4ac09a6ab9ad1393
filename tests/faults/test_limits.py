"""Nothing waits for ever, in silence, or deaf to Ctrl-C; keys go nowhere that they must not."""

from __future__ import annotations

import asyncio
import os
import pty
import re
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reconciler import Settings
from reconciler.model.duration import seconds
from reconciler.model.endpoint import in_clear, link_on, wrong_endpoint
from reconciler.providers.search.profile import SEARCH
from reconciler.wire import ApiKey, OutcomeUnknown, RetryPolicy, ServiceError, Wire
from tests.faults.gateway import Answer, Gateway, gateway
from tests.ledger.sealing import replace_in
from tests.world import KEY, World

INDEX = "{fields: [{name: id, type: Edm.String, key: true}]}"


@pytest.fixture
def dripping() -> Iterator[str]:
    """The URL of a server whose answers come byte by byte, and never end."""
    with socket.create_server(("127.0.0.1", 0)) as server:

        def drip() -> None:
            while True:
                try:
                    client, _ = server.accept()
                except OSError:
                    return
                threading.Thread(target=feed, args=(client,), daemon=True).start()

        def feed(client: socket.socket) -> None:
            head = b"HTTP/1.1 200 OK\r\ncontent-type: application/json\r\n\r\n{"
            try:
                client.sendall(head)
                while True:
                    client.sendall(b" ")
                    time.sleep(0.05)
            except OSError:
                client.close()

        threading.Thread(target=drip, daemon=True).start()
        yield f"http://127.0.0.1:{server.getsockname()[1]}"


def at(world: World, url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(world.service, "url", url)
    world.environ["RECONCILER_DEBUG"] = ""
    world.project()
    world.declare("Index/docs", INDEX)


@pytest.mark.parametrize("option", ["--call-timeout", "--timeout"])
@pytest.mark.parametrize("command", ["plan", "status", "drift", "query docs --text x"])
def test_a_slow_answer_ends(
    world: World, dripping: str, monkeypatch: pytest.MonkeyPatch, option: str, command: str
) -> None:
    world.declare("Index/docs", INDEX)
    world.declare("DataSource/docs", SOURCE)
    world.declare("Indexer/docs", "{dataSourceName: docs, targetIndexName: docs}")
    if command == "drift":
        world.apply()
        file = world.root / ".reconciler" / "test.ledger.json"
        replace_in(file, world.service.url, dripping)
    at(world, dripping, monkeypatch)
    began = time.monotonic()
    ran = world.cli(*command.split(), option, "0.5s")
    assert ran.code == 1
    assert "did not answer in time" in ran.err
    assert f"{option} is 0.5s" in ran.err
    assert time.monotonic() - began < 8


SOURCE = (
    '{type: azureblob, credentials: {connectionString: "ResourceId=/subscriptions/0;"}, '
    "container: {name: docs}}"
)


def test_the_project_file_has_limits(
    world: World, dripping: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    at(world, dripping, monkeypatch)
    file = world.root / "reconciler.yaml"
    limits = "propagation: 0\n        timeouts: {call: PT1M, command: PT0.5S}"
    file.write_text(file.read_text().replace("propagation: 0", limits))
    assert "--timeout is 0.5s" in world.cli("plan").err
    file.write_text(file.read_text().replace("PT0.5S", "soon"))
    ran = world.cli("validate")
    assert (ran.code, "not a time" in ran.err) == (1, True)


def test_a_pause_of_a_day_is_not_waited_for(world: World, between: Gateway) -> None:
    at_gateway(world)
    between.harm = lambda *_: Answer(429, b"{}", headers={"Retry-After": "86400"})
    began = time.monotonic()
    ran = world.cli("plan", "--call-timeout", "5s")
    assert (ran.code, "too many requests" in ran.err) == (1, True)
    assert "it asks to wait" in ran.err
    assert time.monotonic() - began < 5


def at_gateway(world: World) -> None:
    world.environ["RECONCILER_DEBUG"] = ""
    world.project()
    world.declare("Index/docs", INDEX)


def test_pages_without_end(world: World, between: Gateway) -> None:
    at_gateway(world)
    number = iter(range(10**9))
    between.harm = lambda *_: Answer(
        200, b'{"value": [], "@odata.nextLink": "/indexes?page=%d"}' % next(number)
    )
    ran = world.cli("plan", "--timeout", "9s")
    assert ran.code == 1
    assert "does not end" in ran.err or "--timeout is 9s" in ran.err


def test_a_write_without_an_answer_is_unclear(dripping: str) -> None:
    async def write() -> None:
        async with Wire(dripping, ApiKey(KEY), SEARCH, RetryPolicy(timeout=0.3)) as wire:
            await wire.call("PUT", "/indexes('x')", {}, {})

    with pytest.raises(OutcomeUnknown, match="no answer came"):
        asyncio.run(write())


def test_a_terminal_is_told_and_ctrl_c_works(
    world: World, dripping: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    at(world, dripping, monkeypatch)
    ours, theirs = pty.openpty()
    with os.fdopen(theirs, "w") as screen:
        process = subprocess.Popen(
            [sys.executable, "-m", "reconciler", "plan"],
            cwd=world.root,
            env={**os.environ, **world.environ},
            stderr=screen,
            stdout=subprocess.DEVNULL,
        )
        try:
            told = b""
            while b"since" not in told:
                told += os.read(ours, 4096)
            process.send_signal(signal.SIGINT)
            assert process.wait(timeout=10) == 1
        finally:
            process.kill()
    os.close(ours)
    assert re.search(rb"waiting for GET /indexes, since [23]s", told), told


# Where a key goes

HERE = "https://docs.search.windows.net"
ELSEWHERE = [
    "@evil.example/indexes",
    "//evil.example/indexes",
    "https://evil.example/indexes",
    "http://docs.search.windows.net/indexes",
    "https://docs.search.windows.net:444/indexes",
    "https://docs.search.windows.net@evil.example/",
    "https://docs.search.windows.net.evil.example/",
    "https://docs.search.windows.net\\@evil.example/",
    "https:evil.example",
    "/\\evil.example/",
    "ftp://docs.search.windows.net/",
    ".evil.example/indexes",
    ":443@evil.example",
    "\t//evil.example/",
    "https://docs.search.windows.net/a b",
    "",
]


@pytest.mark.parametrize("link", ELSEWHERE)
def test_links_that_lead_elsewhere(link: str) -> None:
    assert link_on(HERE, link) is None


@given(
    st.lists(
        st.sampled_from(
            [
                "https://",
                "http://",
                "//",
                "/",
                "\\",
                "@",
                ":",
                "#",
                "?",
                "docs.search.windows.net",
                "evil.example",
                ".",
                "443",
                "indexes",
                "%2f",
                "[::1]",
                "é",
                "\x01",
            ]
        ),
        max_size=8,
    ).map("".join)
)
def test_a_link_stays_on_its_host(link: str) -> None:
    """As the client that sends it reads the URL."""
    import httpx

    url = link_on(HERE, link)
    if url is not None:
        sent = httpx.URL(url)
        assert (sent.scheme, sent.host, sent.port) == ("https", "docs.search.windows.net", None)
        assert sent.path.startswith("/")


@pytest.mark.parametrize(
    "link", ["{url}@OTHER/indexes", "@OTHER/indexes", "http://OTHER/", "//OTHER/"]
)
def test_no_key_follows_a_link(world: World, between: Gateway, link: str) -> None:
    at_gateway(world)
    with gateway(lambda *_: Answer(200, b'{"value": []}')) as other:
        host = other.url.removeprefix("http://")
        there = link.replace("OTHER", host).replace("{url}", between.url).encode()
        between.harm = lambda *_: Answer(200, b'{"value": [], "@odata.nextLink": "%s"}' % there)
        for command in ("plan", "drift", "apply --yes", "export"):
            ran = world.cli(*command.split())
            assert ran.code == 1 or command == "drift"
        assert not other.requests


@pytest.mark.parametrize(
    ("endpoint", "clear"),
    [
        ("http://docs.search.windows.net", True),
        ("http://10.0.0.1:80", True),
        ("http://localhost.evil.example", True),
        ("http://127.0.0.1:8471", False),
        ("http://[::1]:8471", False),
        ("http://localhost", False),
        (HERE, False),
    ],
)
def test_what_goes_over_the_network_in_clear(endpoint: str, clear: bool) -> None:
    assert in_clear(endpoint) is clear


@pytest.mark.parametrize("credential", ["", 'credential: {apiKey: "${env.RECONCILER_API_KEY}"}'])
def test_no_credential_over_plain_http(world: World, credential: str) -> None:
    """Neither a token nor a key; `validate` says so, and no command sends it."""
    world.environ["RECONCILER_DEBUG"] = ""
    at_gateway(world)
    file = world.root / "reconciler.yaml"
    text = file.read_text().replace(world.service.url, "http://docs.search.windows.net")
    key = 'credential: {apiKey: "${env.RECONCILER_API_KEY}"}'
    file.write_text(text.replace(key, credential))
    for command in ("validate", "plan", "status"):
        ran = world.cli(*command.split())
        if command == "status":
            continue  # it names no indexer, and asks nothing
        assert (ran.code, "plain http" in ran.err) == (1, True), command


@pytest.mark.parametrize(
    "endpoint",
    [
        "ftp://x",
        "https://",
        "https://a b",
        "https://u:p@x",
        "https://x?a=b",
        "https://x#y",
        "https://x\n",
    ],
)
def test_what_is_no_endpoint(endpoint: str) -> None:
    assert wrong_endpoint(endpoint)


@pytest.mark.parametrize("around", ["{}\n", " {}", "\t{}\r\n"])
def test_white_space_around_a_pasted_key(world: World, around: str) -> None:
    at_gateway(world)
    assert world.cli("plan", env={"RECONCILER_API_KEY": around.format(KEY)}).code == 0


@pytest.mark.parametrize(
    "key", ["a\nkey-of-two-lines", "a key-with-a-gap", "schlüssel-äöü", "\0nul-key"]
)
def test_a_key_that_cannot_be_sent(world: World, key: str) -> None:
    at_gateway(world)
    if "\0" in key:
        key = key.replace("\0", "\x01")
    began = time.monotonic()
    ran = world.cli("plan", env={"RECONCILER_API_KEY": key})
    assert (ran.code, "the api key holds white space, or a character" in ran.err) == (1, True)
    assert key not in ran.err
    assert time.monotonic() - began < 5


def test_a_refusal_without_a_word_may_be_the_network(world: World, between: Gateway) -> None:
    at_gateway(world)
    between.harm = lambda *_: Answer(403)
    ran = world.cli("plan")
    assert "its network rules keep this machine out" in ran.err
    assert "private endpoint" in ran.err


def test_settings_show_names_only() -> None:
    shown = repr(Settings(environ={"PASSWORD": "of-the-bank"}, variables={"v": "of-a-variable"}))
    assert ("PASSWORD" in shown, "of-the-bank" in shown, "of-a-variable" in shown) == (
        True,
        False,
        False,
    )
    assert os.environ["PATH"] not in repr(Settings())


def test_a_huge_body_ends(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("reconciler.wire.reply.LARGEST", 1000)

    async def read(url: str) -> None:
        async with Wire(url, ApiKey(KEY), SEARCH) as wire:
            await wire.call("GET", "/indexes", {})

    with (
        gateway(lambda *_: Answer(200, b"{" + b" " * 5000)) as huge,
        pytest.raises(ServiceError, match="cannot be read"),
    ):
        asyncio.run(read(huge.url))


@pytest.mark.parametrize(
    ("text", "length"),
    [("90s", 90), ("2h", 7200), ("0.5s", 0.5), ("PT2M", 120), ("P1DT1H", 90_000), ("PT0.5S", 0.5)],
)
def test_times(text: str, length: float) -> None:
    assert seconds(text) == length


@pytest.mark.parametrize("text", ["", "soon", "-1s", "P", "PT", "P1M", "1e9", "１s", "9" * 99])
def test_times_that_are_none(text: str) -> None:
    assert not seconds(text)
