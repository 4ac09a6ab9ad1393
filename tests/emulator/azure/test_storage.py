"""Storage accounts, their blob service and containers: azure-management FACTS 1.3."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from .conftest import ACCOUNT, BLOBS, CONTAINER, GROUP, ROOT, Subscription, account_body


def test_an_account_is_made_by_an_operation(grouped: Subscription) -> None:
    grouped.door("PUT", "durations", {"storageCreate": 60, "retryAfter": 17})
    reply = grouped.call("PUT", ACCOUNT, account_body())
    assert (reply.status_code, reply.content, reply.headers["retry-after"]) == (202, b"", "17")
    place = reply.headers["location"]
    assert "/providers/Microsoft.Storage/locations/westus2/asyncoperations/" in place
    assert grouped.call("GET", place, version=None).status_code == 202
    assert grouped.refused("GET", ACCOUNT) == (404, "ResourceNotFound")
    assert grouped.refused("PUT", ACCOUNT, account_body())[0] == 409
    grouped.advance(25)
    assert grouped.get(ACCOUNT)["properties"]["provisioningState"] == "Creating"
    keys = grouped.refused("POST", f"{ACCOUNT}/listKeys")
    assert keys == (409, "StorageAccountIsNotProvisioned")
    assert grouped.refused("PUT", CONTAINER, {}) == (409, "StorageAccountIsNotProvisioned")
    grouped.advance(20)
    assert grouped.get(ACCOUNT)["properties"]["provisioningState"] == "ResolvingDns"
    grouped.advance(20)
    ended = grouped.call("GET", place, version=None)
    assert ended.status_code == 200
    assert ended.json() == grouped.get(ACCOUNT)


def test_an_account_has_the_defaults_of_2026(grouped: Subscription) -> None:
    made = grouped.account()
    properties = made.pop("properties")
    assert made == {
        "id": ACCOUNT,
        "name": "docsstore",
        "type": "Microsoft.Storage/storageAccounts",
        "location": "westus2",
        "kind": "StorageV2",
        "sku": {"name": "Standard_LRS", "tier": "Standard"},
        "tags": {},
    }
    expected = {
        "allowCrossTenantDelegationSas": False,
        "allowCrossTenantReplication": False,
        "minimumTlsVersion": "TLS1_2",
        "allowBlobPublicAccess": False,
        "supportsHttpsTrafficOnly": True,
        "accessTier": "Hot",
        "provisioningState": "Succeeded",
        "statusOfPrimary": "available",
    }
    assert properties.items() >= expected.items()
    assert properties["primaryEndpoints"]["blob"] == "https://docsstore.blob.core.windows.net/"
    unset = {"allowSharedKeyAccess", "publicNetworkAccess", "isHnsEnabled"}
    assert not unset & set(properties)
    assert (
        "allowCrossTenantDelegationSas"
        not in (grouped.get(ACCOUNT, version="2023-05-01")["properties"])
    )


def test_an_update_is_answered_at_once_and_keeps_the_rest(grouped: Subscription) -> None:
    grouped.account(allowSharedKeyAccess=False)
    body = account_body(minimumTlsVersion="TLS1_3") | {"tags": {"a": "b"}}
    reply = grouped.call("PUT", ACCOUNT, body)
    assert reply.status_code == 200
    properties = reply.json()["properties"]
    assert (properties["allowSharedKeyAccess"], properties["minimumTlsVersion"]) == (
        False,
        "TLS1_3",
    )
    reply = grouped.call("PATCH", ACCOUNT, {"tags": {}, "sku": {"name": "Standard_GRS"}})
    assert (reply.status_code, reply.json()["tags"]) == (200, {})
    assert reply.json()["properties"]["secondaryLocation"] == "westcentralus"
    assert grouped.get(ACCOUNT)["sku"]["name"] == "Standard_GRS"


@pytest.mark.parametrize(
    ("change", "property"),
    [
        ({"kind": "BlobStorage"}, "kind"),
        ({"sku": {"name": "Premium_LRS"}}, "sku.name"),
        ({"properties": {"isHnsEnabled": True}}, "isHnsEnabled"),
    ],
)
def test_what_cannot_change_in_place(
    change: dict[str, Any], property: str, grouped: Subscription
) -> None:
    grouped.account()
    reply = grouped.call("PUT", ACCOUNT, account_body() | change)
    assert (reply.status_code, reply.json()["error"]["code"]) == (
        409,
        "AccountPropertyCannotBeUpdated",
    )
    assert f"'{property}'" in reply.json()["error"]["message"]


def test_a_kind_is_upgraded(grouped: Subscription) -> None:
    grouped.put(ACCOUNT, account_body() | {"kind": "Storage"})
    assert grouped.put(ACCOUNT, account_body())["kind"] == "StorageV2"


def test_names_are_global_and_have_a_form(grouped: Subscription) -> None:
    grouped.account()
    other = f"{ROOT}/resourceGroups/second"
    grouped.put(other, {"location": "westus"})
    path = ACCOUNT.replace(GROUP, other)
    refused = grouped.refused("PUT", path, account_body())
    assert refused == (409, "StorageAccountInAnotherResourceGroup")
    grouped.door("PUT", "taken", ["storage/contoso"])
    path = ACCOUNT.replace("docsstore", "contoso")
    assert grouped.refused("PUT", path, account_body()) == (409, "StorageAccountAlreadyTaken")
    path = ACCOUNT.replace("docsstore", "docs-store")
    assert grouped.refused("PUT", path, account_body()) == (400, "AccountNameInvalid")

    def checked(name: str) -> dict[str, Any]:
        place = f"{ROOT}/providers/Microsoft.Storage/checkNameAvailability"
        body = {"name": name, "type": "Microsoft.Storage/storageAccounts"}
        found: dict[str, Any] = grouped.call("POST", place, body).json()
        return found

    assert checked("free") == {"nameAvailable": True}
    for name in ("docsstore", "contoso"):
        assert checked(name) == {
            "nameAvailable": False,
            "reason": "AlreadyExists",
            "message": f"The storage account named {name} is already taken.",
        }
    assert checked("X")["reason"] == "AccountNameInvalid"


def test_a_deleted_account_is_gone_and_its_name_is_free(grouped: Subscription) -> None:
    grouped.account()
    grouped.put(CONTAINER, {})
    assert grouped.call("DELETE", ACCOUNT).status_code == 200
    assert grouped.refused("GET", ACCOUNT) == (404, "ResourceNotFound")
    assert grouped.refused("DELETE", CONTAINER) == (404, "ParentResourceNotFound")
    assert grouped.call("DELETE", ACCOUNT).status_code == 204
    grouped.account()
    assert grouped.get(f"{BLOBS}/containers") == {"value": []}


def test_keys_are_listed_and_made_anew(grouped: Subscription) -> None:
    grouped.account()

    def keys(action: str, body: Any = None) -> dict[str, str]:
        found = grouped.call("POST", f"{ACCOUNT}/{action}", body).json()["keys"]
        assert {one["permissions"] for one in found} == {"FULL"}
        return {one["keyName"]: one["value"] for one in found}

    first = keys("listKeys")
    assert set(first) == {"key1", "key2"}
    second = keys("regenerateKey", {"keyName": "key1"})
    assert (second["key1"] == first["key1"], second["key2"] == first["key2"]) == (False, True)
    assert grouped.refused("POST", f"{ACCOUNT}/regenerateKey", {"keyName": "key3"})[0] == 400


def test_the_blob_service_answers_with_an_echo_and_shows_its_defaults(
    grouped: Subscription,
) -> None:
    grouped.account()
    shown = grouped.get(BLOBS)
    assert shown["sku"] == {"name": "Standard_LRS", "tier": "Standard"}
    assert shown["properties"] == {
        "cors": {"corsRules": []},
        "deleteRetentionPolicy": {"allowPermanentDelete": False, "enabled": False},
        "staticWebsite": {"enabled": False},
    }
    assert "staticWebsite" not in grouped.get(BLOBS, version="2023-05-01")["properties"]
    assert grouped.put(BLOBS, {"name": "default"}) == {"name": "default"}
    rule = {
        "allowedOrigins": ["*"],
        "allowedMethods": ["GET"],
        "maxAgeInSeconds": 1,
        "exposedHeaders": [],
        "allowedHeaders": ["x"],
    }
    body = {"properties": {"cors": {"corsRules": [rule]}, "isVersioningEnabled": True}}
    echo = grouped.put(BLOBS, body)
    assert (echo["properties"], "sku" in echo) == (body["properties"], False)
    seen = grouped.get(BLOBS)["properties"]
    assert seen["cors"]["corsRules"] == [rule | {"exposedHeaders": [""]}]
    policy = {"deleteRetentionPolicy": {"enabled": True, "days": 7}}
    grouped.put(BLOBS, {"properties": policy})
    seen = grouped.get(BLOBS)["properties"]
    assert seen["cors"] == {"corsRules": []}
    assert seen["deleteRetentionPolicy"] == {
        "allowPermanentDelete": False,
        "enabled": True,
        "days": 7,
    }
    assert [one["name"] for one in grouped.get(f"{ACCOUNT}/blobServices")["value"]] == ["default"]


def test_a_container_is_made_shown_changed_and_listed(grouped: Subscription) -> None:
    grouped.account(allowBlobPublicAccess=True)
    made = grouped.call("PUT", CONTAINER, {})
    head = {
        "id": CONTAINER,
        "name": "handbook",
        "type": "Microsoft.Storage/storageAccounts/blobServices/containers",
    }
    assert (made.status_code, made.json()) == (201, head)
    found = grouped.get(CONTAINER)
    assert found["etag"] == made.headers["etag"]
    modified = found["properties"].pop("lastModifiedTime")
    assert modified.endswith(".0000000Z")
    assert found["properties"] == {
        "deleted": False,
        "remainingRetentionDays": 0,
        "defaultEncryptionScope": "$account-encryption-key",
        "denyEncryptionScopeOverride": False,
        "publicAccess": "None",
        "leaseStatus": "Unlocked",
        "leaseState": "Available",
        "legalHold": {"hasLegalHold": False, "tags": []},
        "hasImmutabilityPolicy": False,
        "hasLegalHold": False,
    }
    body = {"properties": {"publicAccess": "blob", "metadata": {"a": "b"}}}
    changed = grouped.call("PATCH", CONTAINER, body)
    assert (changed.status_code, changed.json()["properties"]["publicAccess"]) == (200, "Blob")
    assert grouped.get(CONTAINER)["properties"]["metadata"] == {"a": "b"}
    assert grouped.call("PUT", CONTAINER, {"properties": {}}).status_code == 200
    assert "metadata" not in grouped.get(CONTAINER)["properties"]
    item = grouped.get(f"{BLOBS}/containers")["value"][0]
    assert item["properties"]["immutableStorageWithVersioning"] == {"enabled": False}
    assert not {"legalHold", "metadata"} & set(item["properties"])


def test_containers_come_in_pages_as_asked(grouped: Subscription) -> None:
    grouped.account()
    for number in range(3):
        grouped.put(f"{BLOBS}/containers/c-{number}", {})
    page = grouped.get(f"{BLOBS}/containers", params={"$maxpagesize": "2"})
    assert [one["name"] for one in page["value"]] == ["c-0", "c-1"]
    rest = grouped.get(page["nextLink"], version=None)
    assert [one["name"] for one in rest["value"]] == ["c-2"]
    assert "nextLink" not in rest


def test_a_container_that_cannot_be_is_refused(grouped: Subscription) -> None:
    grouped.account()
    for name in ("ab", "Docs", "a--b", "-docs"):
        assert grouped.refused("PUT", f"{BLOBS}/containers/{name}", {})[0] == 400
    public = {"properties": {"publicAccess": "Blob"}}
    assert grouped.refused("PUT", CONTAINER, public) == (409, "PublicAccessNotPermitted")
    odd = {"properties": {"publicAccess": "Everybody"}}
    assert grouped.refused("PUT", CONTAINER, odd)[0] == 400
    assert grouped.refused("GET", CONTAINER) == (404, "ContainerNotFound")
    message = grouped.call("GET", CONTAINER).json()["error"]["message"]
    assert message.startswith("The specified container does not exist.\nRequestId:")


def test_the_name_of_a_deleted_container_is_free_only_later(grouped: Subscription) -> None:
    grouped.account()
    grouped.put(CONTAINER, {})
    grouped.door("PUT", "durations", {"containerName": 60})
    assert grouped.call("DELETE", CONTAINER).status_code == 200
    assert grouped.call("DELETE", CONTAINER).status_code == 204
    assert grouped.refused("PUT", CONTAINER, {}) == (409, "ContainerOperationFailure")
    grouped.advance(61)
    assert grouped.call("PUT", CONTAINER, {}).status_code == 201


def test_a_system_identity_comes_and_goes(grouped: Subscription) -> None:
    system = {"identity": {"type": "SystemAssigned"}}
    made = grouped.put(ACCOUNT, account_body() | system)
    assert made["identity"]["principalId"]
    none = grouped.put(ACCOUNT, account_body() | {"identity": {"type": "None"}})
    assert none["identity"] == {"type": "None"}
    again = grouped.put(ACCOUNT, account_body() | system)
    assert again["identity"]["principalId"] != made["identity"]["principalId"]


def test_a_creation_fails_where_a_door_said_so(grouped: Subscription) -> None:
    type = "Microsoft.Storage/storageAccounts"
    grouped.door("PUT", "failures", [{"type": type, "code": "NoRoom", "message": "none"}])
    reply = grouped.polled(grouped.call("PUT", ACCOUNT, account_body()))
    assert reply.status_code == 409
    assert reply.json() == {"error": {"code": "NoRoom", "message": "none"}}
    assert grouped.get(ACCOUNT)["properties"]["provisioningState"] == "Failed"


def test_containers_are_folders_that_go(grouped: Subscription) -> None:
    grouped.account()
    place = Path(grouped.door("GET", "").json()["accounts"]["docsstore"])
    grouped.put(CONTAINER, {})
    (place / "handbook" / "a.txt").write_text("text")
    grouped.delete(CONTAINER)
    assert not (place / "handbook").exists()
    grouped.put(CONTAINER, {})
    assert list((place / "handbook").iterdir()) == []
    grouped.delete(GROUP)
    assert not place.exists()


def test_files_of_a_mapped_folder_are_set_aside_never_deleted(
    tmp_path: Path, subscribe: Callable[..., Subscription]
) -> None:
    azure = subscribe(storage={"docsstore": str(tmp_path)})
    (tmp_path / "handbook").mkdir()
    (tmp_path / "handbook" / "a.txt").write_text("text")
    azure.group()
    azure.account()
    assert azure.get(f"{BLOBS}/containers") == {"value": []}
    azure.put(CONTAINER, {})
    assert (tmp_path / "handbook" / "a.txt").exists()
    azure.delete(GROUP)
    assert not (tmp_path / "handbook").exists()
    assert (tmp_path / ".deleted-handbook-1" / "a.txt").read_text() == "text"
    azure.group()
    azure.account()
    azure.put(CONTAINER, {})
    assert list((tmp_path / "handbook").iterdir()) == []
