"""The recorded hotels index and its ten documents, from the recordings of 2020."""

from __future__ import annotations

from pathlib import Path

from .conftest import Client
from .recorded import entries_of

VERSION = "2020-06-30"


def hotels(client: Client, shared: Path) -> str:
    """Makes the index and fills it; returns its name."""
    folder = shared / "recordings-2020"
    (made,) = entries_of(folder / "test_search_index_client_live.test_get_index.json")
    index = {key: item for key, item in made["response_body"].items() if not key.startswith("@")}
    client.made(f"/indexes('{index['name']}')", index, version=VERSION)
    lookups = entries_of(folder / "test_search_client_basic_live.test_get_document.json")
    batch = [entry["response_body"] for entry in lookups]
    reply = client.post(
        f"/indexes('{index['name']}')/docs/search.index", {"value": batch}, version=VERSION
    )
    assert reply.status_code == 200, reply.text
    return str(index["name"])
