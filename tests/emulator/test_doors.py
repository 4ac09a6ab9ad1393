"""Who may use the control doors."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from .conftest import Client, index_body

# Every door, with a request that it takes.
DOORS: list[tuple[str, str, Any]] = [
    ("GET", "/emulator", None),
    ("GET", "/emulator/rules", None),
    ("GET", "/emulator/secrets", None),
    ("GET", "/emulator/faults", None),
    ("PUT", "/emulator/faults", []),
    ("DELETE", "/emulator/faults", None),
    ("PUT", "/emulator/indexes/docs/numbers", {"documentCount": 1}),
    ("POST", "/emulator/clock", {"seconds": 1}),
    ("DELETE", "/emulator/state", None),
]


@pytest.mark.parametrize(("method", "door", "body"), DOORS)
def test_every_door_needs_the_admin_key(
    method: str, door: str, body: Any, connect: Callable[..., Client]
) -> None:
    locked = connect(admin_key="right")
    locked.made("/indexes/docs", index_body(), key="right")
    bearer = {"Authorization": "Bearer token"}
    assert locked.call(method, door, body, key=None).status_code == 401
    assert locked.call(method, door, body, key=None, headers=bearer).status_code == 401
    assert locked.call(method, door, body, key="wrong").status_code == 403
    assert locked.call(method, door, body, key="right").status_code in (200, 204)


@pytest.mark.parametrize(("method", "door", "body"), DOORS)
def test_a_door_without_a_key_is_for_this_machine(
    method: str, door: str, body: Any, client: Client
) -> None:
    client.made("/indexes/docs", index_body())
    for header in ("host", "origin"):
        for place in ("evil.example", "127.0.0.1.evil.example:80", "192.0.2.7", "[2001:db8::1]"):
            given = place if header == "host" else f"http://{place}"
            reply = client.call(method, door, body, key=None, headers={header: given})
            assert reply.status_code == 403, (header, place)
    assert client.call(method, door, body, headers={"origin": "null"}).status_code == 403
    for place in ("localhost", "localhost:8471", "127.0.0.1:8471", "[::1]:8471", "emulator"):
        reply = client.call(method, door, body, key=None, headers={"host": place})
        assert reply.status_code in (200, 204), place


@pytest.mark.parametrize("kind", ["text/plain", "application/x-www-form-urlencoded", ""])
def test_a_door_takes_json_only(kind: str, client: Client) -> None:
    for method, door in (("PUT", "/emulator/faults"), ("POST", "/emulator/clock")):
        headers = {"content-type": kind}
        reply = client.call(method, door, headers=headers, content=b'{"seconds": 1}')
        assert reply.status_code == 415
    json = {"content-type": "Application/JSON; charset=utf-8"}
    reply = client.call("POST", "/emulator/clock", headers=json, content=b'{"seconds": 1}')
    assert reply.status_code == 204
