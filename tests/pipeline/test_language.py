"""`reconciler emulator --language-analyzers`: queries on a field with a language analyzer."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.world import Service, emulator

INDEX = {
    "fields": [
        {"name": "id", "type": "Edm.String", "key": True},
        {"name": "title", "type": "Edm.String", "analyzer": "en.microsoft"},
    ]
}


def asked(service: Service) -> tuple[int, str]:
    """The status and the text of a query's answer, once there is a document."""
    service.put("Index/docs", INDEX)
    batch = {"value": [{"id": "1", "title": "The hotels"}]}
    service.http.post("/indexes/docs/docs/index", json=batch).raise_for_status()
    reply = service.http.post("/indexes/docs/docs/search", json={"search": "hotel"})
    return reply.status_code, reply.text


@pytest.mark.parametrize("options", [(), ("--language-analyzers", "refused")])
def test_refused(options: tuple[str, ...], tmp_path: Path) -> None:
    with emulator(tmp_path / "access.log", *options) as service:
        status, text = asked(service)
    assert status == 501
    assert "--language-analyzers approximated" in text


def test_approximated(tmp_path: Path) -> None:
    option = ("--language-analyzers", "approximated", "--state", str(tmp_path / "state"))
    with emulator(tmp_path / "access.log", *option) as service:
        status, text = asked(service)
    assert (status, "The hotels" in text) == (200, True)
    with emulator(tmp_path / "access.log", *option) as service:
        reply = service.http.get("/indexes/docs/docs", params={"search": "hotel"})
        assert [found["id"] for found in reply.json()["value"]] == ["1"]
