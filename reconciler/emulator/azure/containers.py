"""blobServices/default of an account, and its containers: azure-management FACTS 1.3."""

from __future__ import annotations

import copy
import re
from datetime import UTC, datetime
from typing import Any

from reconciler.emulator.azure.kind import Call, Kind, word
from reconciler.emulator.azure.resources import Body, Resource
from reconciler.emulator.azure.shapes import OPEN, TEXTS, Shape
from reconciler.emulator.azure.storage_accounts import VERSIONS
from reconciler.emulator.azure.subscription import ACCOUNT, CONTAINER
from reconciler.emulator.exchange import Reply
from reconciler.emulator.refusals import Refusal
from reconciler.emulator.store import TICKS_AT_EPOCH

SERVICE = f"{ACCOUNT}/blobServices"
NAME = re.compile(r"(?!.*--)[a-z0-9][a-z0-9-]{1,61}[a-z0-9]")
RETENTION: Shape = {"enabled": bool, "days": int, "allowPermanentDelete": bool}
CORS: Shape = {
    "allowedOrigins": [str],
    "allowedMethods": [str],
    "maxAgeInSeconds": int,
    "exposedHeaders": [str],
    "allowedHeaders": [str],
}
SERVICE_PROPERTIES: dict[str, Shape] = {
    "cors": {"corsRules": [CORS]},
    "defaultServiceVersion": str,
    "deleteRetentionPolicy": RETENTION,
    "containerDeleteRetentionPolicy": RETENTION,
    "isVersioningEnabled": bool,
    "changeFeed": {"enabled": bool, "retentionInDays": int},
    "restorePolicy": {"enabled": bool, "days": int},
    "lastAccessTimeTrackingPolicy": {"enable": bool, "name": str, "blobType": [str]},
    "staticWebsite": {"enabled": bool},
    "automaticSnapshotPolicyEnabled": bool,
}
SENT: dict[str, Shape] = {
    "publicAccess": str,
    "metadata": TEXTS,
    "defaultEncryptionScope": str,
    "denyEncryptionScopeOverride": bool,
}
READ_ONLY = frozenset(
    {"deleted", "remainingRetentionDays", "leaseStatus", "leaseState", "lastModifiedTime"}
    | {"legalHold", "hasLegalHold", "hasImmutabilityPolicy", "version"}
)
NOT_EMULATED = frozenset(
    {"immutableStorageWithVersioning", "enableNfsV3RootSquash", "enableNfsV3AllSquash"}
)
KNOWN = SENT | dict.fromkeys(READ_ONLY | NOT_EMULATED, OPEN)
ACCESS = ("None", "Blob", "Container")
STATIC_SINCE = "2025-06-01"


class Child(Kind):
    """What stands beneath an account."""

    versions = VERSIONS

    def account(self, call: Call, action: str) -> Resource:
        """Raises Refusal: there is no group or no account, or the account is not ready."""
        id = f"{call.group.id}/providers/{ACCOUNT}/{call.address.names[0]}"
        found = call.azure.resources.get(id)
        if found is None or found.type != ACCOUNT:
            short = self.type.partition("/")[2]
            raise Refusal("arm-parent", action=action, type=short, id=id)
        if not found.stands(call.now):
            raise Refusal("storage-not-provisioned")
        if len(call.address.names) > 1 and call.address.names[1].lower() != "default":
            raise Refusal("storage-value", property="blobServices")
        return found


class BlobServices(Child):
    """There with the account; PUT replaces all of it (rule blob-service-echo)."""

    type = SERVICE

    def get(self, call: Call) -> Reply:
        return Reply.json(200, _service(self.account(call, "read"), call.version))

    def delete(self, call: Call) -> Reply:
        """Recorded: what is missing is said first."""
        self.account(call, "delete")
        return super().delete(call)

    def listed(self, call: Call) -> Reply:
        return Reply.json(200, {"value": [_service(self.account(call, "read"), call.version)]})

    def put(self, call: Call) -> Reply:
        account = self.account(call, "write")
        given = call.body(SERVICE_PROPERTIES)
        account.hidden["blobService"] = given.get("properties") or {}
        if given.get("properties") is None:
            return Reply.json(200, {key: given[key] for key in ("name",) if key in given})
        echo = {"id": f"{account.id}/blobServices/default", "name": "default", "type": SERVICE}
        properties = dict(given["properties"])
        return Reply.json(200, echo | {"properties": _tracking(properties) | properties})


class Containers(Child):
    """A container is there, and its blobs can be, as soon as its PUT is answered."""

    type = CONTAINER

    def get(self, call: Call) -> Reply:
        found = self.existing(call)
        properties = _whole(found) | {"legalHold": {"hasLegalHold": False, "tags": []}}
        answer = _head(found) | {"etag": _etag(found), "properties": properties}
        return _with_etag(200, answer, found)

    def listed(self, call: Call) -> Reply:
        account = self.account(call, "read")
        items = []
        for found in call.azure.resources.of_type(CONTAINER, account.id):
            properties = _whole(found)
            properties.pop("metadata", None)
            properties["immutableStorageWithVersioning"] = {"enabled": False}
            items.append(_head(found) | {"etag": _etag(found), "properties": properties})
        if "$filter" in call.request.query:
            raise Refusal("arm-not-emulated", what="the filter of a list of containers")
        return call.page(items, "$maxpagesize")

    def put(self, call: Call) -> Reply:
        account = self.account(call, "write")
        name = call.address.name
        if not NAME.fullmatch(name):
            raise Refusal("container-name")
        id = f"{account.id}/blobServices/default/containers/{name}"
        old = call.azure.resources.get(id)
        if old is None and call.azure.is_held(id):
            raise Refusal("container-deleting")
        given = self._given(call, account)
        found = old or Resource(id, CONTAINER, {"properties": {}}, call.now)
        found.body["properties"] = given
        found.written = call.now
        call.azure.blobs.make(account.name, name)
        call.azure.resources.put(found)
        return self._written(201 if old is None else 200, found, given)

    def patch(self, call: Call) -> Reply:
        found = self.existing(call)
        given = self._given(call, self.account(call, "write"))
        found.body["properties"] |= given
        found.written = call.now
        return self._written(200, found, given)

    def delete(self, call: Call) -> Reply:
        account = self.account(call, "delete")
        found = call.azure.resources.get(_id(account, call))
        if found is None:
            return Reply(204)
        call.azure.remove(found.id)
        return Reply(200)

    def existing(self, call: Call) -> Resource:
        found = call.azure.resources.get(_id(self.account(call, "read"), call))
        if found is None:
            raise Refusal("container-missing")
        return found

    def _given(self, call: Call, account: Resource) -> Body:
        sent = call.body(KNOWN).get("properties") or {}
        for key in NOT_EMULATED & set(sent):
            raise Refusal("arm-not-emulated", what=f"{key} of a container")
        given = {key: sent[key] for key in SENT if sent.get(key) is not None}
        if "publicAccess" in given:
            access = word(given["publicAccess"], ACCESS)
            if access is None:
                raise Refusal("storage-value", property="publicAccess")
            if access != "None" and not account.properties.get("allowBlobPublicAccess"):
                raise Refusal("container-public")
            given["publicAccess"] = access
        return given

    def _written(self, status: int, found: Resource, given: Body) -> Reply:
        answer = _head(found)
        if given:
            fixed = {"deleted": False, "remainingRetentionDays": 0}
            holds = {"hasImmutabilityPolicy": False, "hasLegalHold": False}
            answer["properties"] = fixed | given | holds
        return _with_etag(status, answer, found)


def _id(account: Resource, call: Call) -> str:
    return f"{account.id}/blobServices/default/containers/{call.address.name}"


def _head(found: Resource) -> Body:
    return {"id": found.id, "name": found.name, "type": CONTAINER}


def _whole(found: Resource) -> Body:
    modified = datetime.fromtimestamp(int(found.written), UTC)
    return {
        "deleted": False,
        "remainingRetentionDays": 0,
        "defaultEncryptionScope": "$account-encryption-key",
        "denyEncryptionScopeOverride": False,
        "publicAccess": "None",
        "leaseStatus": "Unlocked",
        "leaseState": "Available",
        "lastModifiedTime": modified.strftime("%Y-%m-%dT%H:%M:%S.0000000Z"),
        "hasImmutabilityPolicy": False,
        "hasLegalHold": False,
        **found.properties,
    }


def _etag(found: Resource) -> str:
    return f'"0x{TICKS_AT_EPOCH + int(found.written * 10**7):X}"'


def _with_etag(status: int, answer: Body, found: Resource) -> Reply:
    reply = Reply.json(status, answer)
    reply.etag = _etag(found)
    return reply


def _tracking(put: Body) -> Body:
    """Recorded: the tracking of last accesses has all of its settings, or is not there."""
    tracking = put.pop("lastAccessTimeTrackingPolicy", None) or {}
    if not tracking.get("enable"):
        return {}
    filled = {"name": "AccessTimeTracking", "trackingGranularityInDays": 1}
    return {"lastAccessTimeTrackingPolicy": filled | {"blobType": ["blockBlob"]} | tracking}


def _service(account: Resource, version: str) -> Body:
    """What a GET has: defaults beside what was put, `exposedHeaders` never empty."""
    put: Body = copy.deepcopy(account.hidden["blobService"])
    rules: list[Any] = (put.pop("cors", None) or {}).get("corsRules") or []
    for rule in rules:
        for key in ("exposedHeaders", "allowedHeaders"):
            rule[key] = rule.get(key) or [""]
    retention: Body = {"allowPermanentDelete": False, "enabled": False}
    retention |= put.pop("deleteRetentionPolicy", None) or {}
    properties: Body = {"cors": {"corsRules": rules}, "deleteRetentionPolicy": retention}
    if version >= STATIC_SINCE:
        properties["staticWebsite"] = {"enabled": False}
    return {
        "sku": account.body["sku"],
        "id": f"{account.id}/blobServices/default",
        "name": "default",
        "type": SERVICE,
        "properties": properties | _tracking(put) | put,
    }
