"""Whatever is sent, the answer is Resource Manager's: a refusal is told, nothing fails."""

from __future__ import annotations

from typing import Any

import pytest

from .conftest import (
    ACCOUNT,
    BLOBS,
    CONTAINER,
    GROUP,
    ROOT,
    SEARCH,
    Body,
    Subscription,
    account_body,
    guid,
    role_body,
    service_body,
)

ODD: list[Any] = [None, True, 0, -1, 1.5, "", "x", "ü", [], [1], ["x"], {}, {"x": 1}, [{}]]
ROLE = f"{GROUP}/providers/Microsoft.Authorization/roleAssignments/{guid(1)}"
SERVICE = (
    *("replicaCount", "partitionCount", "hostingMode", "computeType", "publicNetworkAccess"),
    *("networkRuleSet", "encryptionWithCmk", "disableLocalAuth", "authOptions"),
    *("semanticSearch", "dataExfiltrationProtections"),
)
ACCOUNT_KEYS = ("accessTier", "networkAcls", "encryption", "allowBlobPublicAccess", "isHnsEnabled")
BLOB_KEYS = ("cors", "deleteRetentionPolicy", "lastAccessTimeTrackingPolicy", "changeFeed")
CONTAINER_KEYS = ("publicAccess", "metadata", "defaultEncryptionScope")
ROLE_KEYS = ("roleDefinitionId", "principalId", "principalType", "condition", "description")
TARGETS: list[tuple[str, Body, tuple[str, ...]]] = [
    (SEARCH, service_body(), SERVICE),
    (ACCOUNT, account_body(), ACCOUNT_KEYS),
    (BLOBS, {"properties": {}}, BLOB_KEYS),
    (CONTAINER, {"properties": {}}, CONTAINER_KEYS),
    (ROLE, role_body(guid(7)), ROLE_KEYS),
]


def sent(azure: Subscription, method: str, path: str, body: Any) -> None:
    reply = azure.call(method, path, body)
    assert reply.status_code != 500, (method, path, body, reply.text)
    if reply.status_code >= 400:
        assert reply.json()["error"]["code"]
    shown = azure.call("GET", path)
    assert shown.status_code in (200, 404), (method, path, body, shown.text)


@pytest.mark.parametrize(("path", "body", "keys"), TARGETS, ids=lambda one: str(one)[-20:])
def test_odd_properties(
    path: str, body: Body, keys: tuple[str, ...], grouped: Subscription
) -> None:
    grouped.account()
    for key in keys:
        for value in ODD:
            changed = body | {"properties": body["properties"] | {key: value}}
            sent(grouped, "PUT", path, changed)


@pytest.mark.parametrize("path", [GROUP, SEARCH, ACCOUNT, CONTAINER, BLOBS, ROLE])
def test_odd_definitions(path: str, grouped: Subscription) -> None:
    grouped.account()
    bodies = {GROUP: {"location": "westus2"}, SEARCH: service_body(), ACCOUNT: account_body()}
    for key in ("location", "sku", "kind", "identity", "tags", "properties", "name", "id"):
        for value in [*ODD, {"name": []}, {"type": 5}, {"name": None}]:
            sent(grouped, "PUT", path, bodies.get(path, {}) | {key: value})
            if path in (GROUP, SEARCH, ACCOUNT, CONTAINER):
                sent(grouped, "PATCH", path, {key: value})


@pytest.mark.parametrize(
    "path",
    [
        f"{ROOT}/resourcegroups?api-version=2024-11-01&$skiptoken=x",
        f"{ROOT}/resourcegroups?api-version=2024-11-01&$skiptoken=-5&$top=0",
        f"{ROOT}/resourcegroups?api-version=2024-11-01&$top=-1",
        f"{GROUP}/providers?api-version=2024-11-01",
        f"{GROUP}/providers/Microsoft.Search?api-version=2025-05-01",
        f"{GROUP}//providers/Microsoft.Search/searchServices?api-version=2025-05-01",
        f"{ROOT}/providers/Microsoft.Search/searchServices/docs?api-version=2025-05-01",
        "/?api-version=2024-11-01",
        "/subscriptions//resourceGroups?api-version=2024-11-01",
        f"{ROOT}/operationresults?api-version=2024-11-01",
        f"{ROOT}/resourceGroups/a/b/c?api-version=2024-11-01",
        f"{GROUP}/%2e%2e/x?api-version=2024-11-01",
        "/providers/Microsoft.Authorization/roleAssignments/x?api-version=2022-04-01",
        f"{ROOT}/resourceGroups/docs-rg/providers/Microsoft.Storage/storageAccounts/a/"
        "blobServices/other/containers/c?api-version=2025-06-01",
    ],
)
def test_odd_addresses(path: str, grouped: Subscription) -> None:
    for method in ("GET", "PUT", "PATCH", "POST", "DELETE", "HEAD", "OPTIONS"):
        reply = grouped.call(method, path, {} if method != "GET" else None, version=None)
        assert reply.status_code != 500, (method, reply.text)
        assert reply.is_success or method == "HEAD" or reply.json()["error"]["code"]
