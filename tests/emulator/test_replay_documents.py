"""Replays the recorded lookups, uploads and queries; each recording begins with ten hotels."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import httpx

from .conftest import Client
from .hotels import VERSION, hotels
from .recorded import entries_of


def exchanges(path: Path) -> Iterator[dict[str, Any]]:
    return (entry for entry in entries_of(path) if "/docs" in entry["uri"])


def send(client: Client, entry: dict[str, Any]) -> httpx.Response:
    path = entry["uri"].partition("?")[0]
    headers = entry["request_headers"]
    body = entry["request_body"]
    return client.call(entry["method"], path, body, headers=headers, version=VERSION)


def check(entry: dict[str, Any], reply: httpx.Response) -> None:
    assert reply.status_code == entry["status"], reply.text
    recorded = entry["response_body"]
    if recorded is None:
        assert reply.content == b""
    elif isinstance(recorded, str):
        assert reply.content.decode() == recorded
    else:
        assert list(reply.json()) == list(recorded)
        assert reply.json() == recorded


def test_documents(shared: Path, connect: Callable[..., Client]) -> None:
    passed, not_emulated, failed = 0, Counter[str](), []
    for path in sorted((shared / "recordings-2020").glob("*test_search_client_*.json")):
        client = connect()
        hotels(client, shared)
        for number, entry in enumerate(exchanges(path)):
            reply = send(client, entry)
            if reply.status_code == 501:
                not_emulated[reply.json()["error"]["message"]] += 1
                continue
            try:
                check(entry, reply)
            except AssertionError as error:
                failed.append(f"{path.stem}[{number}] {json.dumps(entry['request_body'])}\n{error}")
            else:
                passed += 1
    print(f"\ndocuments and queries: {passed} pass, {len(failed)} fail; not done: {not_emulated}")
    assert not failed, "\n\n".join(failed[:5]) + f"\n{len(failed)} failed"
    assert passed >= 100
    assert not_emulated.total() <= 4
