"""Permission filters: without a user's token nobody sees more than public documents."""

from __future__ import annotations

from typing import Any

import pytest

from .conftest import Client

PREVIEW = "2026-08-01-preview"
INDEX: dict[str, Any] = {
    "name": "secrets",
    "permissionFilterOption": "enabled",
    "fields": [
        {"name": "id", "type": "Edm.String", "key": True},
        {"name": "text", "type": "Edm.String"},
        {"name": "users", "type": "Collection(Edm.String)", "permissionFilter": "userIds"},
        {"name": "groups", "type": "Collection(Edm.String)", "permissionFilter": "groupIds"},
        {"name": "scope", "type": "Edm.String", "permissionFilter": "rbacScope"},
        {
            "name": "vector",
            "type": "Collection(Edm.Single)",
            "searchable": True,
            "dimensions": 2,
            "vectorSearchProfile": "p",
        },
    ],
    "vectorSearch": {
        "algorithms": [{"name": "a", "kind": "hnsw"}],
        "profiles": [{"name": "p", "algorithm": "a"}],
    },
}
# The table of search-index-access-control-lists-and-rbac-push-api, and who is public.
DOCUMENTS: dict[str, dict[str, Any]] = {
    "none": {"users": ["none"], "groups": []},
    "container": {"users": ["none"], "groups": [], "scope": "scope/to/container1"},
    "groups": {"users": ["none"], "groups": ["group1", "group2"]},
    "public": {"users": ["all"], "groups": ["none"]},
    "open": {"users": ["all"], "groups": ["group1"], "scope": "scope/to/container1"},
    "gathered": {"users": [], "groups": ["all"]},
    "ada": {"users": ["ada"], "groups": ["group1"]},
    "ben": {"users": ["ben"], "groups": []},
    "unsaid": {},
}
PUBLIC = {"public", "open", "gathered"}
VECTOR = {"kind": "vector", "vector": [1, 0], "fields": "vector", "k": 50}
TOKEN = {"x-ms-query-source-authorization": "Bearer token"}
ELEVATED = {"x-ms-enable-elevated-read": "true"}


@pytest.fixture
def secrets(client: Client) -> Client:
    client.made("/indexes/secrets", INDEX, version=PREVIEW)
    fill(client)
    return client


def fill(client: Client) -> None:
    documents = [
        {"id": name, "text": "one word", "vector": [1, number], **permissions}
        for number, (name, permissions) in enumerate(DOCUMENTS.items())
    ]
    reply = client.post("/indexes/secrets/docs/index", {"value": documents})
    assert reply.status_code == 200, reply.text


def found(client: Client, body: dict[str, Any], **more: Any) -> set[str]:
    reply = client.post("/indexes/secrets/docs/search", body, **more)
    assert reply.status_code == 200, reply.text
    return {hit["id"] for hit in reply.json()["value"]}


@pytest.mark.parametrize("version", ["2024-07-01", "2025-05-01-preview", "2026-04-01", PREVIEW])
@pytest.mark.parametrize(
    "body",
    [
        {"search": "*"},
        {"search": "word"},
        {"search": "-nothing"},
        {"search": "wor*"},
        {"filter": "users/any(u: u eq 'ada') or users/any() or not users/any()"},
        {"vectorQueries": [VECTOR]},
        {"vectorQueries": [VECTOR], "vectorFilterMode": "postFilter", "filter": "id ne 'x'"},
        {"search": "word", "vectorQueries": [VECTOR]},
        {"search": "*", "vectorQueries": [VECTOR], "filter": "id ne 'x'"},
    ],
)
def test_only_public_documents_are_found(
    body: dict[str, Any], version: str, secrets: Client
) -> None:
    assert found(secrets, body, version=version) == PUBLIC


def test_counts_and_facets_are_of_public_documents(secrets: Client) -> None:
    body = {"search": "*", "count": True, "facets": ["users", "id,count:0"], "top": 0}
    reply = secrets.post("/indexes/secrets/docs/search", body).json()
    assert reply["@odata.count"] == len(PUBLIC)
    assert reply["@search.facets"]["users"] == [{"value": "all", "count": 2}]
    assert {bucket["value"] for bucket in reply["@search.facets"]["id"]} == PUBLIC
    count = secrets.get("/indexes/secrets/docs/$count").text
    assert count.lstrip("\ufeff") == str(len(PUBLIC))
    get = secrets.get("/indexes/secrets/docs", params={"search": "*", "$count": "true"}).json()
    assert get["@odata.count"] == len(PUBLIC)


@pytest.mark.parametrize("name", DOCUMENTS)
def test_lookups(name: str, secrets: Client) -> None:
    status = secrets.get(f"/indexes/secrets/docs/{name}").status_code
    assert status == (200 if name in PUBLIC else 404)


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("GET", "docs?search=*"),
        ("POST", "docs/search"),
        ("GET", "docs/ada"),
        ("GET", "docs/$count"),
        ("POST", "docs/search.post.suggest"),
        ("POST", "docs/search.post.autocomplete"),
    ],
)
def test_a_token_is_refused_by_name(method: str, path: str, secrets: Client) -> None:
    """The groups and roles of a user are not known here."""
    place, _, query = path.partition("?")
    params = {"search": "*"} if query else {}
    body = {"search": "*"} if method == "POST" else None
    reply = secrets.call(method, f"/indexes/secrets/{place}", body, headers=TOKEN, params=params)
    assert reply.status_code == 501
    assert "The emulator does not do" in reply.json()["error"]["message"]


def test_an_elevated_search_sees_everything(secrets: Client) -> None:
    everything = set(DOCUMENTS)
    assert found(secrets, {"search": "*"}, headers=ELEVATED, version=PREVIEW) == everything
    both = ELEVATED | TOKEN
    assert found(secrets, {"search": "*"}, headers=both, version=PREVIEW) == everything
    for version in ("2025-05-01-preview", "2026-04-01"):
        assert found(secrets, {"search": "*"}, headers=ELEVATED, version=version) == PUBLIC
    params = {"search": "*"}
    get = secrets.get("/indexes/secrets/docs", params=params, headers=ELEVATED, version=PREVIEW)
    assert {hit["id"] for hit in get.json()["value"]} == PUBLIC
    ada = secrets.get("/indexes/secrets/docs/ada", headers=ELEVATED, version=PREVIEW)
    assert ada.status_code == 404


@pytest.mark.parametrize("option", ["disabled", None])
def test_an_index_without_the_option(option: str | None, client: Client) -> None:
    body = INDEX | {"permissionFilterOption": option}
    client.made("/indexes/secrets", body, version=PREVIEW)
    fill(client)
    assert found(client, {"search": "*"}) == set(DOCUMENTS)
    assert found(client, {"search": "*"}, headers=TOKEN) == set(DOCUMENTS)


def test_the_option_may_be_switched_on_later(client: Client) -> None:
    client.made("/indexes/secrets", INDEX | {"permissionFilterOption": None}, version=PREVIEW)
    fill(client)
    client.made("/indexes/secrets", INDEX, version=PREVIEW)
    assert found(client, {"search": "*"}) == PUBLIC
