"""Microsoft.Storage/storageAccounts: azure-management FACTS 1.3."""

from __future__ import annotations

import base64
import re
import secrets
import zlib
from typing import Any

from reconciler.emulator.azure import identities, operations
from reconciler.emulator.azure.clock import written
from reconciler.emulator.azure.kind import Call, Kind, Tracked, patched, word
from reconciler.emulator.azure.locations import PAIRS
from reconciler.emulator.azure.resources import Body, Resource
from reconciler.emulator.azure.subscription import ACCOUNT, Subscription
from reconciler.emulator.exchange import Reply
from reconciler.emulator.refusals import Refusal

VERSIONS = (
    *("2019-06-01", "2021-01-01", "2021-02-01", "2021-04-01", "2021-06-01", "2021-08-01"),
    *("2021-09-01", "2022-05-01", "2022-09-01", "2023-01-01", "2023-04-01", "2023-05-01"),
    *("2024-01-01", "2025-01-01", "2025-06-01", "2025-08-01", "2026-04-01", "2026-09-01"),
)
NAME = re.compile(r"[a-z0-9]{3,24}")
KINDS = ("StorageV2", "Storage", "BlobStorage", "BlockBlobStorage")
SKUS = (
    *("Standard_LRS", "Standard_GRS", "Standard_RAGRS", "Standard_ZRS", "Standard_GZRS"),
    *("Standard_RAGZRS", "Premium_LRS", "Premium_ZRS"),
)
# What may be sent, and is shown as it was sent.
SENT = frozenset(
    {"accessTier", "allowBlobPublicAccess", "allowCrossTenantDelegationSas"}
    | {"allowCrossTenantReplication", "allowSharedKeyAccess", "allowedCopyScope"}
    | {"defaultToOAuthAuthentication", "dnsEndpointType", "enableExtendedGroups", "encryption"}
    | {"immutableStorageWithVersioning", "isHnsEnabled", "isLocalUserEnabled", "isNfsV3Enabled"}
    | {"isSftpEnabled", "keyPolicy", "largeFileSharesState", "minimumTlsVersion", "networkAcls"}
    | {"publicNetworkAccess", "sasPolicy", "supportsHttpsTrafficOnly"}
)
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
FIXED = ("isHnsEnabled", "immutableStorageWithVersioning", "dnsEndpointType")
ENDPOINTS = {
    "StorageV2": ("dfs", "web", "blob", "queue", "table", "file"),
    "Storage": ("blob", "queue", "table", "file"),
    "BlobStorage": ("dfs", "blob", "table"),
    "BlockBlobStorage": ("dfs", "web", "blob"),
}


class StorageAccounts(Tracked):
    """A new account is there after a while (rule storage-created); changes are there at once."""

    type = ACCOUNT
    versions = VERSIONS

    def find(self, call: Call) -> Resource | None:
        """Not there in the first third of its creation (recorded: GET may say 404)."""
        found = super().find(call)
        if found is not None and not found.hidden.get("stood") and _phase(found, call.now) == 0:
            return None
        return found

    def get(self, call: Call) -> Reply:
        return Reply.json(200, shown(self.existing(call), call.version, call.now))

    def listed(self, call: Call) -> Reply:
        return call.page([shown(one, call.version, call.now) for one in self.of_scope(call)])

    def put(self, call: Call) -> Reply:
        call.check_open()
        old = super().find(call)
        return self._write(call, call.body(SENT | READ_ONLY | NOT_EMULATED), old)

    def patch(self, call: Call) -> Reply:
        old = self.existing(call)
        return self._write(call, patched(old.body, call.body(SENT | READ_ONLY | NOT_EMULATED)), old)

    def delete(self, call: Call) -> Reply:
        found = super().find(call)
        if found is None:
            return Reply(204)
        call.azure.remove(found.id)
        return Reply(200)

    def act(self, call: Call, action: str) -> Reply:
        account = super().find(call)
        if account is None:
            raise self.missing(call)
        if action.lower() not in ("listkeys", "regeneratekey"):
            return super().act(call, action)
        if not account.stands(call.now):
            raise Refusal("storage-not-provisioned")
        if action.lower() == "regeneratekey":
            name = word(call.json().get("keyName"), ("key1", "key2"))
            if name is None:
                raise Refusal("storage-value", property="keyName")
            account.hidden["keys"][name] = _new_key(call.now)
        keys = [
            {"creationTime": key["since"], "keyName": name, "value": key["value"]}
            | {"permissions": "FULL"}
            for name, key in account.hidden["keys"].items()
        ]
        return Reply.json(200, {"keys": keys})

    def _write(self, call: Call, body: Body, old: Resource | None) -> Reply:
        azure = call.azure
        if old is None:
            _check_name(call)
        elif old.is_changing(call.now):
            raise Refusal("storage-busy")
        location = self.check_location(call, body, old)
        stored = _stored(body, old.body if old else None, written(call.now))
        before = (old.body if old else {}).get("identity")
        stored |= {"location": location}
        stored["identity"] = identities.settled(azure, body.get("identity"), before)
        if old is not None:
            old.body = stored
            return Reply.json(200, shown(old, call.version, call.now))
        keys = {"key1": _new_key(call.now), "key2": _new_key(call.now)}
        hidden: Body = {"keys": keys, "blobService": {}}
        account = Resource(self.id_of(call), ACCOUNT, stored, call.now, hidden)
        azure.provision(account, azure.durations.storage_create)
        azure.resources.put(account)
        place = f"providers/Microsoft.Storage/locations/{location}/asyncoperations"
        return operations.begun(call, place, account.id, account.until, monitor=True)


class NameCheck(Kind):
    """Recorded: no other key where the name is free."""

    type = "Microsoft.Storage/checkNameAvailability"
    versions = VERSIONS

    def act(self, call: Call, action: str) -> Reply:
        del action
        name = str(call.json().get("name") or "")
        if not NAME.fullmatch(name):
            refused = Refusal("storage-name", name=name)
            said = {"reason": "AccountNameInvalid", "message": refused.text}
            return Reply.json(200, {"nameAvailable": False} | said)
        if _is_ours(call.azure, name) or f"storage/{name}" in call.azure.taken:
            message = f"The storage account named {name} is already taken."
            said = {"reason": "AlreadyExists", "message": message}
            return Reply.json(200, {"nameAvailable": False} | said)
        return Reply.json(200, {"nameAvailable": True})


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


def _stored(body: Body, old: Body | None, now: str) -> Body:
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


def _phase(account: Resource, now: float) -> int:
    """Thirds of the creation; 3 when it has ended."""
    if not account.is_changing(now):
        return 3
    return int(3 * (now - account.began) / (account.until - account.began))


def _state(account: Resource, now: float) -> str:
    if account.has_failed(now):
        return "Failed"
    return ("Creating", "Creating", "ResolvingDns", "Succeeded")[_phase(account, now)]


def _endpoints(account: Resource, suffix: str = "") -> Body:
    """Recorded: the second copy has no files."""
    zone = zlib.crc32(account.name.encode()) % 30 + 1  # the service's choice
    found = {}
    for place in ENDPOINTS[account.body["kind"]]:
        middle = f"z{zone}.web" if place == "web" else place
        if not (suffix and place == "file"):
            found[place] = f"https://{account.name}{suffix}.{middle}.core.windows.net/"
    return found


def _new_key(now: float) -> Body:
    return {"value": base64.b64encode(secrets.token_bytes(64)).decode(), "since": written(now)}


def _check_name(call: Call) -> None:
    name = call.address.name
    if not NAME.fullmatch(name):
        raise Refusal("storage-name", name=name)
    if f"storage/{name}" in call.azure.taken:
        raise Refusal("storage-taken", name=name)
    if _is_ours(call.azure, name):
        raise Refusal("storage-other-group", name=name)


def _is_ours(azure: Subscription, name: str) -> bool:
    return any(one.name == name for one in azure.resources.of_type(ACCOUNT))
