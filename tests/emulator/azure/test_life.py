"""From an empty subscription to blobs that are found, and back; twice."""

from __future__ import annotations

from pathlib import Path

import httpx
import pytest

from .conftest import (
    ACCOUNT,
    CONTAINER,
    GROUP,
    SEARCH,
    Subscription,
    account_body,
    role_body,
    service_body,
)
from .test_reach import define, indexer, last_run

ROLE = f"{ACCOUNT}/providers/Microsoft.Authorization/roleAssignments"
NAME = "88888888-0000-0000-0000-00000000000{}"


def test_a_life_with_clocks_and_waits(azure: Subscription) -> None:
    durations = {"searchCreate": 600, "storageCreate": 18, "role": 300, "principal": 40}
    azure.door("PUT", "durations", durations | {"groupDelete": 60, "searchName": 30})
    for turn in (1, 2):
        azure.put(GROUP, {"location": "westus2"})
        made = azure.call("PUT", SEARCH, service_body(disableLocalAuth=True))
        principal = made.json()["identity"]["principalId"]
        created = azure.call("PUT", ACCOUNT, account_body(allowSharedKeyAccess=False))
        azure.advance(19)
        assert azure.call("GET", created.headers["location"], version=None).status_code == 200
        azure.put(CONTAINER, {})
        azure.put(f"{ROLE}/{NAME.format(turn)}", role_body(principal))
        place = Path(azure.door("GET", "").json()["accounts"]["docsstore"])
        (place / "handbook" / "leave.txt").write_text(f"Leave of turn {turn}.")
        with pytest.raises(httpx.ReadError):
            azure.search("GET", "/indexes")
        azure.advance(250)
        azure.advance(332)
        assert azure.get(SEARCH)["properties"]["provisioningState"] == "succeeded"
        define(azure)
        assert indexer(azure) == 201
        assert last_run(azure)["itemsProcessed"] == 1
        found = azure.search("GET", "/indexes/docs/docs", params={"search": "leave"}).json()
        assert [one["content"].strip() for one in found["value"]] == [f"Leave of turn {turn}."]
        deletion = azure.call("DELETE", GROUP)
        assert deletion.status_code == 202
        azure.advance(61)
        assert azure.call("GET", deletion.headers["location"], version=None).status_code == 200
        assert azure.call("HEAD", GROUP).status_code == 404
        assert not place.exists()
        azure.advance(31)


def test_a_service_whose_role_comes_late_reads_late(azure: Subscription) -> None:
    azure.group()
    azure.service(disableLocalAuth=True)
    azure.account()
    azure.put(CONTAINER, {})
    define(azure)
    assert indexer(azure) == 400
    azure.door("PUT", "durations", {"role": 300})
    azure.role(GROUP, azure.get(SEARCH)["identity"]["principalId"])
    for waited in (0, 200):
        azure.advance(waited)
        assert indexer(azure) == 400
    azure.advance(101)
    assert indexer(azure) == 201
