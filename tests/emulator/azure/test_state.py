"""What `--state` keeps of the subscription."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from .conftest import ACCOUNT, CONTAINER, GROUP, SEARCH, Subscription, service_body

TOKENS: dict[str, Any] = {"aadOrApiKey": {"aadAuthFailureMode": "http403"}}
Subscribe = Callable[..., Subscription]


def test_everything_is_there_after_a_restart(tmp_path: Path, subscribe: Subscribe) -> None:
    azure = subscribe(state_dir=tmp_path)
    azure.group()
    service = azure.service(authOptions=TOKENS)
    azure.account()
    azure.put(CONTAINER, {})
    role = azure.role(ACCOUNT, service["identity"]["principalId"])
    body = {"name": "one", "fields": [{"name": "id", "type": "Edm.String", "key": True}]}
    assert azure.search("PUT", "/indexes/one", body).status_code == 201
    upload = {"value": [{"@search.action": "upload", "id": "1"}]}
    azure.search("POST", "/indexes/one/docs/index", upload)
    azure.advance(100_000)
    keys = azure.call("POST", f"{SEARCH}/listAdminKeys").json()
    place = Path(azure.door("GET", "").json()["accounts"]["docsstore"])
    (place / "handbook" / "a.txt").write_text("text")

    again = subscribe(state_dir=tmp_path)
    assert again.get(SEARCH)["identity"] == service["identity"]
    assert again.get(ACCOUNT)["properties"]["provisioningState"] == "Succeeded"
    found = again.get(role["id"])["properties"]
    assert found["principalId"] == service["identity"]["principalId"]
    assert again.call("POST", f"{SEARCH}/listAdminKeys").json() == keys
    assert again.search("GET", "/indexes/one/docs/$count").text.lstrip("\ufeff") == "1"
    assert (place / "handbook" / "a.txt").read_text() == "text"
    assert again.search("GET", "/indexes", host="localhost").json()["value"] == []


def test_a_service_that_is_gone_leaves_nothing(tmp_path: Path, subscribe: Subscribe) -> None:
    azure = subscribe(state_dir=tmp_path)
    azure.group()
    azure.service(authOptions=TOKENS)
    body = {"name": "one", "fields": [{"name": "id", "type": "Edm.String", "key": True}]}
    azure.search("PUT", "/indexes/one", body)
    assert list((tmp_path / "azure" / "services").iterdir())
    azure.delete(GROUP)
    again = subscribe(state_dir=tmp_path)
    again.advance(5)  # until the name is free
    again.group()
    again.put(SEARCH, service_body(authOptions=TOKENS))
    assert again.search("GET", "/indexes").json()["value"] == []
    assert len(list((tmp_path / "azure" / "services").iterdir())) <= 1


def test_a_provisioning_goes_on_after_a_restart(tmp_path: Path, subscribe: Subscribe) -> None:
    azure = subscribe(state_dir=tmp_path)
    azure.group()
    azure.door("PUT", "durations", {"searchCreate": 60})
    azure.service()
    again = subscribe(state_dir=tmp_path)
    assert again.get(SEARCH)["properties"]["provisioningState"] == "provisioning"
    again.advance(61)
    third = subscribe(state_dir=tmp_path)
    assert third.get(SEARCH)["properties"]["provisioningState"] == "succeeded"


def test_a_state_that_is_none_is_refused(tmp_path: Path, subscribe: Subscribe) -> None:
    file = tmp_path / "azure" / "subscription" / "resources.json"
    file.parent.mkdir(parents=True)
    file.write_text("{}")
    with pytest.raises(ValueError, match="is not the state of an emulated subscription"):
        subscribe(state_dir=tmp_path)
