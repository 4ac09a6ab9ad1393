"""A storage account as it is stored, and as an api-version shows it."""

from __future__ import annotations

import zlib
from typing import Any

from reconciler.emulator.azure.clock import written
from reconciler.emulator.azure.kind import word
from reconciler.emulator.azure.locations import PAIRS
from reconciler.emulator.azure.resources import Body, Resource
from reconciler.emulator.azure.shapes import OPEN, Shape
from reconciler.emulator.refusals import Refusal

KINDS = ("StorageV2", "Storage", "BlobStorage", "BlockBlobStorage")
SKUS = (
    *("Standard_LRS", "Standard_GRS", "Standard_RAGRS", "Standard_ZRS", "Standard_GZRS"),
    *("Standard_RAGZRS", "Premium_LRS", "Premium_ZRS"),
)
# What may be sent, and is shown as it was sent.
SENT: dict[str, Shape] = {
    "accessTier": str,
    "allowBlobPublicAccess": bool,
    "allowCrossTenantDelegationSas": bool,
    "allowCrossTenantReplication": bool,
    "allowSharedKeyAccess": bool,
    "allowedCopyScope": str,
    "defaultToOAuthAuthentication": bool,
    "dnsEndpointType": str,
    "enableExtendedGroups": bool,
    "encryption": {
        "keySource": str,
        "requireInfrastructureEncryption": bool,
        "services": {"*": {"enabled": bool, "keyType": str}},
    },
    "immutableStorageWithVersioning": {"enabled": bool},
    "isHnsEnabled": bool,
    "isLocalUserEnabled": bool,
    "isNfsV3Enabled": bool,
    "isSftpEnabled": bool,
    "keyPolicy": {"keyExpirationPeriodInDays": int},
    "largeFileSharesState": str,
    "minimumTlsVersion": str,
    "networkAcls": {
        "bypass": str,
        "defaultAction": str,
        "ipRules": [{"value": str}],
        "ipv6Rules": [{"value": str}],
        "virtualNetworkRules": [{"id": str}],
        "resourceAccessRules": [{"resourceId": str}],
    },
    "publicNetworkAccess": str,
    "sasPolicy": {"sasExpirationPeriod": str, "expirationAction": str},
    "supportsHttpsTrafficOnly": bool,
}
# schemas/StorageAccount.json: what else may be sent; it would change more than the account shows.
NOT_EMULATED = frozenset(
    {"allowSharedKeyAccessForServices", "azureFilesIdentityBasedAuthentication", "customDomain"}
    | {"dataCollaborationPolicyProperties", "dualStackEndpointPreference"}
    | {"geoPriorityReplicationStatus", "routingPreference"}
)
READ_ONLY = frozenset(
    {"accountMigrationInProgress", "blobRestoreStatus", "creationTime", "failoverInProgress"}
    | {"geoReplicationStats", "isSkuConversionBlocked", "keyCreationTime", "lastGeoFailoverTime"}
    | {"primaryEndpoints", "primaryLocation", "privateEndpointConnections", "provisioningState"}
    | {"secondaryEndpoints", "secondaryLocation", "statusOfPrimary", "statusOfSecondary"}
    | {"storageAccountSkuConversionStatus"}
)
KNOWN = SENT | dict.fromkeys(NOT_EMULATED | READ_ONLY, OPEN)
FIXED = ("isHnsEnabled", "immutableStorageWithVersioning", "dnsEndpointType")
ENDPOINTS = {
    "StorageV2": ("dfs", "web", "blob", "queue", "table", "file"),
    "Storage": ("blob", "queue", "table", "file"),
    "BlobStorage": ("dfs", "blob", "table"),
    "BlockBlobStorage": ("dfs", "web", "blob"),
}


def shown(account: Resource, version: str, now: float) -> Body:
    """An account as a GET shows it (rule storage-defaults)."""
    body, created = account.body, written(account.created)
    keys = account.hidden["keys"]
    properties: Body = {
        "keyCreationTime": {name: key["since"] for name, key in keys.items()},
        "privateEndpointConnections": [],
        **body["properties"],
        "provisioningState": _state(account, now),
        "creationTime": created,
        "primaryEndpoints": _endpoints(account),
        "primaryLocation": body["location"],
        "statusOfPrimary": "available",
    }
    if version < "2025-06-01":
        properties.pop("allowCrossTenantDelegationSas", None)
    if "GRS" in body["sku"]["name"] or "GZRS" in body["sku"]["name"]:
        properties["secondaryLocation"] = PAIRS.get(body["location"], body["location"])
        properties["statusOfSecondary"] = "available"
    if "_RA" in body["sku"]["name"]:
        properties["secondaryEndpoints"] = _endpoints(account, "-secondary")
    answer: Body = {
        "sku": body["sku"],
        "kind": body["kind"],
        "id": account.id,
        "name": account.name,
        "type": account.type,
        "location": body["location"],
        "tags": body["tags"],
        "properties": properties,
    }
    if body.get("identity"):
        answer["identity"] = body["identity"]
    return answer


def stored(body: Body, old: Body | None, now: str) -> Body:
    """A definition with its defaults; an update keeps what it leaves out (rule storage-put-keeps).

    Raises:
        Refusal: a word is wrong, or something that cannot change would.
    """
    sku = word((body.get("sku") or (old or {}).get("sku") or {}).get("name"), SKUS)
    kind = word(body.get("kind") or (old or {}).get("kind"), KINDS)
    if sku is None or kind is None:
        raise Refusal("storage-value", property="kind" if sku else "sku.name")
    sent = body.get("properties") or {}
    given = {key: value for key, value in sent.items() if key in SENT and value is not None}
    for key in NOT_EMULATED & set(sent):
        raise Refusal("arm-not-emulated", what=f"{key} of a storage account")
    if old is not None:
        _check_same(given, old, kind, sku)
    before = (old or {}).get("properties") or _defaults(now)
    properties = {**_tier(kind), **before, **given}
    properties["networkAcls"] = _acls(given.get("networkAcls"), before)
    properties["encryption"] = _encryption(given.get("encryption"), before, now)
    tier = sku.partition("_")[0]
    return {
        "sku": {"name": sku, "tier": tier},
        "kind": kind,
        "tags": body.get("tags") or {},
        "properties": properties,
    }


def _defaults(now: str) -> Body:
    service = {"keyType": "Account", "enabled": True, "lastEnabledTime": now}
    defaults: Body = {
        "allowCrossTenantDelegationSas": False,
        "allowCrossTenantReplication": False,
        "minimumTlsVersion": "TLS1_2",
        "allowBlobPublicAccess": False,
        "supportsHttpsTrafficOnly": True,
        "encryption": {
            "services": {"file": dict(service), "blob": dict(service)},
            "keySource": "Microsoft.Storage",
        },
        "networkAcls": {
            "ipv6Rules": [],
            "bypass": "AzureServices",
            "virtualNetworkRules": [],
            "ipRules": [],
            "defaultAction": "Allow",
        },
    }
    return defaults


def _tier(kind: str) -> Body:
    return {"accessTier": "Hot"} if kind in ("StorageV2", "BlobStorage") else {}


def _acls(given: Any, before: Body) -> Body:
    """Words get their casing, rules for networks a state (recorded)."""
    acls: Body = {**before["networkAcls"]}
    acls |= {key: value for key, value in (given or {}).items() if value is not None}
    acls["defaultAction"] = word(acls["defaultAction"], ("Allow", "Deny")) or "Allow"
    rules = acls["virtualNetworkRules"]
    acls["virtualNetworkRules"] = [rule | {"state": "Succeeded"} for rule in rules]
    return acls


def _encryption(given: Any, before: Body, now: str) -> Body:
    """A service that was not encrypted is from now on. Raises Refusal for keys of a vault."""
    encryption: Body = {**before["encryption"]}
    services = {**encryption["services"]}
    for name, wanted in ((given or {}).get("services") or {}).items():
        new = {"keyType": "Account", "enabled": True, "lastEnabledTime": now}
        services[name] = {**services.get(name, new), **(wanted or {})}
    encryption["services"] = services
    source = (given or {}).get("keySource") or "Microsoft.Storage"
    if str(source).lower() != "microsoft.storage":
        raise Refusal("arm-not-emulated", what=f"encryption with keySource '{source}'")
    if (given or {}).get("requireInfrastructureEncryption"):
        return encryption | {"requireInfrastructureEncryption": True}
    return encryption


def _check_same(given: Body, old: Body, kind: str, sku: str) -> None:
    upgraded = old["kind"] in ("Storage", "BlobStorage") and kind == "StorageV2"
    if kind != old["kind"] and not upgraded:
        raise Refusal("storage-fixed", property="kind")
    if sku.partition("_")[0] != old["sku"]["tier"]:
        raise Refusal("storage-fixed", property="sku.name")
    for key in FIXED:
        if key in given and given[key] != old["properties"].get(key, False):
            raise Refusal("storage-fixed", property=key)


def phase(account: Resource, now: float) -> int:
    """Thirds of the creation; 3 when it has ended."""
    if not account.is_changing(now):
        return 3
    return int(3 * (now - account.began) / (account.until - account.began))


def _state(account: Resource, now: float) -> str:
    if account.has_failed(now):
        return "Failed"
    return ("Creating", "Creating", "ResolvingDns", "Succeeded")[phase(account, now)]


def _endpoints(account: Resource, suffix: str = "") -> Body:
    """Recorded: the second copy has no files."""
    zone = zlib.crc32(account.name.encode()) % 30 + 1  # the service's choice
    found = {}
    for place in ENDPOINTS[account.body["kind"]]:
        middle = f"z{zone}.web" if place == "web" else place
        if not (suffix and place == "file"):
            found[place] = f"https://{account.name}{suffix}.{middle}.core.windows.net/"
    return found
