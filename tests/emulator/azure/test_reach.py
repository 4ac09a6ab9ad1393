"""Roles count: what an indexer of an emulated service may read of an emulated account."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from .conftest import (
    ACCOUNT,
    CONTAINER,
    GROUP,
    READER,
    ROOT,
    SEARCH,
    Body,
    Subscription,
    guid,
)

CONTRIBUTOR = "ba92f5b4-2d11-453d-a403-e96b0029c9fe"  # Storage Blob Data Contributor
OWNER = "8e3af657-a8ff-443c-a75c-2fe8c4bcb635"  # has no data actions
BY_IDENTITY = f"ResourceId={ACCOUNT};"
INVALID = "Credentials provided in the connection string are invalid or have expired"


@pytest.fixture
def stack(grouped: Subscription) -> Subscription:
    """A service that takes tokens, and an account with a container that holds one text."""
    grouped.service(authOptions={"aadOrApiKey": {"aadAuthFailureMode": "http403"}})
    grouped.account()
    grouped.put(CONTAINER, {})
    place = Path(grouped.door("GET", "").json()["accounts"]["docsstore"])
    (place / "handbook" / "a.txt").write_text("Sick leave is paid.")
    return grouped


def principal(azure: Subscription) -> str:
    return str(azure.get(SEARCH)["identity"]["principalId"])


def define(azure: Subscription, connection: str = BY_IDENTITY) -> None:
    """An index, and a data source; that connects to nothing."""
    fields = [
        {"name": "id", "type": "Edm.String", "key": True},
        {"name": "content", "type": "Edm.String"},
    ]
    bodies = {
        "indexes/docs": {"name": "docs", "fields": fields},
        "datasources/blobs": {
            "name": "blobs",
            "type": "azureblob",
            "credentials": {"connectionString": connection},
            "container": {"name": "handbook"},
        },
    }
    for path, body in bodies.items():
        assert azure.search("PUT", f"/{path}", body).status_code in (201, 204)


def indexer(azure: Subscription, **more: Any) -> int:
    body = {"name": "runs", "dataSourceName": "blobs", "targetIndexName": "docs"}
    mapping = {
        "sourceFieldName": "metadata_storage_path",
        "targetFieldName": "id",
        "mappingFunction": {"name": "base64Encode"},
    }
    reply = azure.search("PUT", "/indexers/runs", body | {"fieldMappings": [mapping]} | more)
    if reply.status_code == 400:
        assert INVALID in reply.json()["error"]["message"]
    return reply.status_code


def last_run(azure: Subscription) -> Body:
    for _ in range(500):
        status = azure.search("GET", "/indexers/runs/status").json()
        last: Body | None = status["lastResult"]
        if last and last["status"] != "inProgress":
            return last
        time.sleep(0.01)
    raise AssertionError("the run did not end")


def run(azure: Subscription) -> Body:
    assert azure.search("POST", "/indexers/runs/run").status_code == 202
    return last_run(azure)


def test_without_a_role_an_indexer_is_refused(stack: Subscription) -> None:
    define(stack)
    assert indexer(stack) == 400


@pytest.mark.parametrize("scope", [ROOT, GROUP, ACCOUNT, CONTAINER])
@pytest.mark.parametrize("role", [READER, CONTRIBUTOR])
def test_a_role_at_any_scope_above_the_blobs_lets_it_read(
    scope: str, role: str, stack: Subscription
) -> None:
    stack.role(scope, principal(stack), role)
    define(stack)
    assert indexer(stack) == 201
    assert last_run(stack).items() >= {"status": "success", "itemsProcessed": 1}.items()
    found = stack.search("GET", "/indexes/docs/docs", params={"search": "leave"}).json()
    assert [one["content"].strip() for one in found["value"]] == ["Sick leave is paid."]


@pytest.mark.parametrize("role", [OWNER, "acdd72a7-3385-48ef-bd42-f606fba81ae7"])
def test_a_role_without_data_actions_does_not_count(role: str, stack: Subscription) -> None:
    stack.role(ROOT, principal(stack), role)
    define(stack)
    assert indexer(stack) == 400


def test_a_role_of_another_or_elsewhere_does_not_count(stack: Subscription) -> None:
    other = CONTAINER.replace("handbook", "handbook-2")
    stack.put(other, {})
    stack.role(CONTAINER, guid(77), name=1)
    stack.role(other, principal(stack), name=2)
    define(stack)
    assert indexer(stack) == 400


def test_a_role_counts_once_it_has_spread(stack: Subscription) -> None:
    stack.door("PUT", "durations", {"role": 60})
    stack.role(ACCOUNT, principal(stack))
    define(stack)
    assert indexer(stack) == 400
    stack.advance(61)
    assert indexer(stack) == 201


def test_a_role_that_is_gone_counts_until_that_has_spread(stack: Subscription) -> None:
    stack.role(ACCOUNT, principal(stack))
    define(stack)
    assert indexer(stack) == 201
    last_run(stack)
    stack.door("PUT", "durations", {"role": 60})
    stack.advance(61)
    path = f"{ACCOUNT}/providers/Microsoft.Authorization/roleAssignments/{guid(1)}"
    stack.delete(path)
    assert run(stack)["status"] == "success"
    stack.advance(61)
    failed = run(stack)
    assert failed["status"] == "transientFailure"
    assert failed["errorMessage"] == (
        f"Error with data source: {INVALID} (403, AuthorizationPermissionMismatch). Please adjust "
        "your data source definition in order to proceed."
    )


def test_an_assignment_with_a_condition_does_not_count(stack: Subscription) -> None:
    body = {"condition": "@Resource[x] stringEquals 'y'", "conditionVersion": "2.0"}
    definition = f"{ROOT}/providers/Microsoft.Authorization/roleDefinitions/{READER}"
    body |= {"roleDefinitionId": definition, "principalId": principal(stack)}
    body |= {"principalType": "ServicePrincipal"}
    path = f"{ACCOUNT}/providers/Microsoft.Authorization/roleAssignments/{guid(1)}"
    stack.put(path, {"properties": body})
    define(stack)
    assert indexer(stack) == 400


def test_an_identity_that_was_made_anew_needs_its_roles_anew(stack: Subscription) -> None:
    stack.role(ACCOUNT, principal(stack))
    for kind in ("None", "SystemAssigned"):
        stack.call("PATCH", SEARCH, {"identity": {"type": kind}})
    define(stack)
    assert indexer(stack) == 400
    stack.role(ACCOUNT, principal(stack), name=2)
    assert indexer(stack) == 201


def test_a_service_without_an_identity_has_no_role(stack: Subscription) -> None:
    stack.role(ACCOUNT, principal(stack))
    stack.call("PATCH", SEARCH, {"identity": {"type": "None"}})
    define(stack)
    assert indexer(stack) == 400


def test_a_container_or_an_account_that_is_not_there(stack: Subscription) -> None:
    stack.role(GROUP, principal(stack))
    stack.delete(CONTAINER)
    define(stack)
    assert indexer(stack) == 201  # the account lets it in: the run tells
    assert last_run(stack)["errorMessage"].startswith(
        "Error with data source: The specified container does not exist: 'handbook'."
    )
    stack.delete(ACCOUNT)
    assert indexer(stack, description="again") == 400


def test_an_account_is_read_with_one_of_its_keys(stack: Subscription) -> None:
    keys = stack.call("POST", f"{ACCOUNT}/listKeys").json()["keys"]
    text = "DefaultEndpointsProtocol=https;AccountName=docsstore;AccountKey={};"
    define(stack, text.format("d3Jvbmc="))
    assert indexer(stack) == 400
    define(stack, text.format(keys[1]["value"]))
    assert indexer(stack) == 201
    assert last_run(stack)["itemsProcessed"] == 1
    stack.call("PATCH", ACCOUNT, {"properties": {"allowSharedKeyAccess": False}})
    assert "KeyBasedAuthenticationNotPermitted" in run(stack)["errorMessage"]


def test_an_account_that_was_not_made_here_is_as_it_is_mapped(
    tmp_path: Path, subscribe: Callable[..., Subscription]
) -> None:
    (tmp_path / "handbook").mkdir()
    azure = subscribe(storage={"contoso": str(tmp_path)})
    azure.group()
    azure.service(authOptions={"aadOrApiKey": {}})
    define(azure, "DefaultEndpointsProtocol=https;AccountName=contoso;AccountKey=a2V5;")
    assert indexer(azure) == 201
    assert last_run(azure)["status"] == "success"
    define(azure, BY_IDENTITY.replace("docsstore", "contoso"))
    assert indexer(azure) == 400


def test_the_service_at_the_local_host_knows_no_roles(
    tmp_path: Path, subscribe: Callable[..., Subscription]
) -> None:
    (tmp_path / "handbook").mkdir()
    azure = subscribe(storage={"docsstore": str(tmp_path)})
    source = {
        "name": "blobs",
        "type": "azureblob",
        "credentials": {"connectionString": BY_IDENTITY},
        "container": {"name": "handbook"},
    }
    fields = [{"name": "id", "type": "Edm.String", "key": True}]
    runs = {"name": "runs", "dataSourceName": "blobs", "targetIndexName": "docs"}
    for path, body in (
        ("indexes/docs", {"name": "docs", "fields": fields}),
        ("datasources/blobs", source),
        ("indexers/runs", runs),
    ):
        reply = azure.search("PUT", f"/{path}", body, host="localhost")
        assert reply.status_code == 201
