"""Asks `search.analyze` of the index `docs`."""

from __future__ import annotations

from typing import Any

from .conftest import Client

Spans = list[tuple[str, int, int, int]]


def analyze(client: Client, text: str, **request: Any) -> Spans:
    """Tokens with start, end and position."""
    reply = client.post("/indexes('docs')/search.analyze", {"text": text, **request})
    assert reply.status_code == 200, reply.text
    return [
        (token["token"], token["startOffset"], token["endOffset"], token["position"])
        for token in reply.json()["tokens"]
    ]


def words(client: Client, text: str, **request: Any) -> list[str]:
    return [token for token, *_ in analyze(client, text, **request)]


def odata(kind: str, name: str, **options: Any) -> dict[str, Any]:
    return {"@odata.type": f"#Microsoft.Azure.Search.{kind}", "name": name, **options}
