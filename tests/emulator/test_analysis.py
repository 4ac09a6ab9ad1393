"""What texts become, asked of `search.analyze`; each table says where its expectations are from."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from .conftest import Client, index_body

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


@pytest.fixture
def docs(client: Client) -> Client:
    """A client of a service with a plain index."""
    client.made("/indexes/docs", index_body())
    return client


def test_recorded(shared: Path, client: Client) -> None:
    path = shared / "recordings-2020" / "test_search_index_client_live.test_analyze_text.json"
    entry = json.loads(path.read_text(encoding="utf-8"))[0]
    client.made("/indexes/drgqefsg", index_body("drgqefsg"), version="2020-06-30")
    reply = client.post(entry["uri"].split("?")[0], entry["request_body"], version="2020-06-30")
    assert reply.status_code == entry["status"]
    ours, recorded = reply.json(), entry["response_body"]
    assert ours["tokens"] == recorded["tokens"]
    kind = "#Microsoft.Azure.Search.V2020_06_30.AnalyzeResult"
    assert ours["@odata.context"].endswith("/$metadata" + kind)
    assert recorded["@odata.context"].endswith("/$metadata" + kind)
