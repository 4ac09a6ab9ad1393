"""The data planes: one a service, from when it runs until it is gone, as it is set."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import httpx
import pytest

from .conftest import GROUP, SEARCH, Subscription, service_body

OTHER = f"{GROUP}/providers/Microsoft.Search/searchServices/other"
TOKENS: dict[str, Any] = {"aadOrApiKey": {"aadAuthFailureMode": "http403"}}


def fields(*names: str) -> dict[str, Any]:
    key = {"name": "id", "type": "Edm.String", "key": True}
    return {"fields": [key, *({"name": name, "type": "Edm.String"} for name in names)]}


def index(azure: Subscription, name: str, **more: Any) -> int:
    body = {"name": name, **fields()}
    return azure.search("PUT", f"/indexes/{name}", body, **more).status_code


def keys(azure: Subscription) -> dict[str, str]:
    admin = azure.call("POST", f"{SEARCH}/listAdminKeys").json()
    query = azure.call("POST", f"{SEARCH}/listQueryKeys").json()["value"][0]["key"]
    return {"primary": admin["primaryKey"], "secondary": admin["secondaryKey"], "query": query}


def test_a_service_answers_from_the_end_of_its_provisioning_on(grouped: Subscription) -> None:
    with pytest.raises(httpx.ReadError):
        grouped.search("GET", "/indexes")
    grouped.door("PUT", "durations", {"searchCreate": 60})
    grouped.service(authOptions=TOKENS)
    with pytest.raises(httpx.ReadError):
        grouped.search("GET", "/indexes")
    grouped.advance(61)
    assert grouped.search("GET", "/indexes").json()["value"] == []
    grouped.door("PUT", "durations", {"searchScale": 60})
    grouped.service(authOptions=TOKENS, replicaCount=2)
    assert grouped.search("GET", "/indexes").status_code == 200
    grouped.delete(SEARCH)
    with pytest.raises(httpx.ReadError):
        grouped.search("GET", "/indexes")


def test_one_that_could_not_be_provisioned_does_not_answer(grouped: Subscription) -> None:
    failure = {"type": "Microsoft.Search/searchServices", "code": "X", "message": "no room"}
    grouped.door("PUT", "failures", [failure])
    grouped.service(authOptions=TOKENS)
    with pytest.raises(httpx.ReadError):
        grouped.search("GET", "/indexes")


def test_each_service_has_its_own_objects(grouped: Subscription) -> None:
    grouped.service(authOptions=TOKENS)
    grouped.put(OTHER, service_body(authOptions=TOKENS))
    assert index(grouped, "one") == 201
    assert index(grouped, "two", host="other.search.windows.net") == 201
    assert index(grouped, "three", host="localhost") == 201
    hosts = ("docs.search.windows.net", "other.search.windows.net", "localhost")
    found = [grouped.search("GET", "/indexes", host=host).json() for host in hosts]
    assert [[one["name"] for one in body["value"]] for body in found] == [
        ["one"],
        ["two"],
        ["three"],
    ]
    assert found[0]["@odata.context"] == "https://docs.search.windows.net/$metadata#indexes"


def test_a_service_that_comes_back_is_empty(grouped: Subscription) -> None:
    grouped.service(authOptions=TOKENS)
    index(grouped, "one")
    grouped.delete(SEARCH)
    grouped.service(authOptions=TOKENS)
    assert grouped.search("GET", "/indexes").json()["value"] == []


def test_a_service_has_the_limits_of_its_sku_and_partitions(grouped: Subscription) -> None:
    def limits() -> tuple[int, int]:
        counters = grouped.search("GET", "/servicestats").json()["counters"]
        return counters["indexesCount"]["quota"], counters["storageSize"]["quota"] // 1024**3

    grouped.service("basic", authOptions=TOKENS)
    assert limits() == (15, 15)
    grouped.service("standard", authOptions=TOKENS)
    assert limits() == (50, 160)
    grouped.service("standard", authOptions=TOKENS, partitionCount=3)
    assert limits() == (50, 480)


def test_names_are_told_apart_without_case_or_port(grouped: Subscription) -> None:
    grouped.service(authOptions=TOKENS)
    headers = {"authorization": "Bearer x", "host": "DOCS.Search.Windows.Net:8471"}
    assert grouped.search("GET", "/indexes", headers=headers).status_code == 200


def test_admin_keys_open_a_service_and_query_keys_its_queries(grouped: Subscription) -> None:
    grouped.service()
    known = keys(grouped)
    index_path, docs = "/indexes", "/indexes/docs/docs"
    for name in ("primary", "secondary"):
        headers = {"api-key": known[name]}
        assert grouped.search("GET", index_path, headers=headers).status_code == 200
        body = {"name": "docs", **fields()}
        grouped.search("PUT", "/indexes/docs", body, headers=headers)
    headers = {"api-key": known["query"]}
    assert grouped.search("GET", docs, headers=headers, params={"search": "x"}).status_code == 200
    search = f"{docs}/search"
    assert grouped.search("POST", search, {"search": "x"}, headers=headers).status_code == 200
    assert grouped.search("GET", index_path, headers=headers).status_code == 403
    upload = {"value": [{"@search.action": "upload", "id": "1"}]}
    write = f"{docs}/index"
    assert grouped.search("POST", write, upload, headers=headers).status_code == 403
    wrong = {"api-key": "wrong"}
    assert grouped.search("GET", index_path, headers=wrong).status_code == 403
    assert grouped.search("GET", index_path, headers={}).status_code == 401
    grouped.call("POST", f"{SEARCH}/regenerateAdminKey/primary")
    old = {"api-key": known["primary"]}
    assert grouped.search("GET", index_path, headers=old).status_code == 403


def test_tokens_open_a_service_that_takes_them(grouped: Subscription) -> None:
    grouped.service()
    reply = grouped.search("GET", "/indexes")
    assert (reply.status_code, reply.json()) == (
        403,
        {"error": {"code": "", "message": "Authorization failed."}},
    )
    grouped.service(authOptions=TOKENS)
    assert grouped.search("GET", "/indexes").status_code == 200


def test_keys_do_not_open_a_service_without_local_authentication(grouped: Subscription) -> None:
    grouped.service()
    headers = {"api-key": keys(grouped)["primary"]}
    grouped.service(disableLocalAuth=True)
    assert grouped.search("GET", "/indexes", headers=headers).status_code == 403
    assert grouped.search("GET", "/indexes").status_code == 200
    grouped.service()
    assert grouped.search("GET", "/indexes", headers=headers).status_code == 200


def test_the_admin_key_of_the_emulator_is_the_local_services(
    subscribe: Callable[..., Subscription],
) -> None:
    azure = subscribe(admin_key="right")
    headers = {"api-key": "right"}
    assert azure.search("GET", "/indexes", host="localhost", headers=headers).status_code == 200
    assert azure.search("GET", "/indexes", host="localhost", headers={}).status_code == 401


def test_the_blob_host_is_refused_by_name(grouped: Subscription) -> None:
    reply = grouped.ask("docsstore.blob.core.windows.net", "GET", "/handbook?restype=container")
    assert reply.status_code == 501
    assert "docsstore.blob.core.windows.net" in reply.json()["error"]["message"]


def test_forgetting_everything_empties_the_subscription(grouped: Subscription) -> None:
    grouped.service(authOptions=TOKENS)
    index(grouped, "one")
    assert grouped.ask("localhost", "DELETE", "/emulator/state").status_code == 204
    assert grouped.refused("GET", GROUP) == (404, "ResourceGroupNotFound")
    with pytest.raises(httpx.ReadError):
        grouped.search("GET", "/indexes")
    grouped.group()
    grouped.service(authOptions=TOKENS)
    assert grouped.search("GET", "/indexes").json()["value"] == []


def test_without_azure_every_host_is_the_one_service(
    subscribe: Callable[..., Subscription],
) -> None:
    from reconciler.emulator import create_app

    transport = httpx.ASGITransport(app=create_app())
    client = httpx.AsyncClient(transport=transport, base_url="https://docs.search.windows.net")
    azure = subscribe()
    azure._clients["plain"] = client  # closed with the others
    path = "/indexes?api-version=2026-04-01"
    assert azure.ask("plain", "GET", path, headers={"api-key": "x"}).status_code == 200
    door = {"headers": {"host": "localhost"}}
    assert azure.ask("plain", "GET", "/emulator/azure", **door).status_code == 404
