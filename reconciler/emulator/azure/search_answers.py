"""A search service as it is stored, and as an api-version shows it."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote

from reconciler.emulator.azure.clock import written
from reconciler.emulator.azure.kind import word
from reconciler.emulator.azure.resources import Body, Resource
from reconciler.emulator.azure.shapes import OPEN, Shape
from reconciler.emulator.refusals import Refusal

# schemas/SearchService.json: the first api-version that has the property; what it lacks is as old
# as the type. What only previews have is known from 2026-03-01-preview on.
SINCE = {
    "endpoint": "2025-05-01",
    "computeType": "2025-05-01",
    "publicNetworkAccess": "2020-03-13",
    "networkRuleSet": "2020-03-13",
    "privateEndpointConnections": "2020-03-13",
    "sharedPrivateLinkResources": "2020-08-01",
    "encryptionWithCmk": "2022-09-01",
    "disableLocalAuth": "2022-09-01",
    "authOptions": "2022-09-01",
    "semanticSearch": "2023-11-01",
    "dataExfiltrationProtections": "2025-05-01",
    "upgradeAvailable": "2025-05-01",
    "serviceUpgradedAt": "2025-05-01",
    "disabledDataExfiltrationOptions": "2026-03-01",
    "knowledgeRetrieval": "2026-03-01",
}
PREVIEWS = ("disabledDataExfiltrationOptions", "knowledgeRetrieval")
PROPERTIES: dict[str, Shape] = {
    **dict.fromkeys(SINCE, OPEN),
    "replicaCount": int,
    "partitionCount": int,
    "hostingMode": str,
    "computeType": str,
    "publicNetworkAccess": str,
    "networkRuleSet": {"ipRules": [{"value": str}], "bypass": str},
    "encryptionWithCmk": {"enforcement": str},
    "disableLocalAuth": bool,
    "authOptions": {"apiKeyOnly": {}, "aadOrApiKey": {"aadAuthFailureMode": str}},
    "semanticSearch": str,
    "knowledgeRetrieval": str,
    "dataExfiltrationProtections": [str],
    "disabledDataExfiltrationOptions": [str],
    "status": OPEN,
    "statusDetails": OPEN,
    "provisioningState": OPEN,
    "eTag": OPEN,
}
TOKENS_SINCE = "2026-03-01"  # from when on new services take tokens beside keys
NETWORK = ("Enabled", "Disabled", "SecuredByPerimeter")


def known(version: str) -> dict[str, Shape]:
    """The properties of an api-version."""
    return {key: shape for key, shape in PROPERTIES.items() if knows(version, key)}


def knows(version: str, key: str) -> bool:
    if key in PREVIEWS and not version.endswith("preview"):
        return False
    return version[:10] >= SINCE.get(key, "")


def stored(body: Body, old: Body | None, version: str) -> Body:
    """A definition with its defaults; what the version does not know is kept (a rule).

    Raises:
        Refusal: it has no sku, or asks for what is not emulated.
    """
    given = {
        key: value for key, value in (body.get("properties") or {}).items() if value is not None
    }
    before = (old or {}).get("properties", {})
    given |= {key: value for key, value in before.items() if not knows(version, key)}
    sku = body.get("sku") or (old or {}).get("sku") or {}
    name = str(sku.get("name") or "")
    if not name:
        raise Refusal("search-service-value", value="", property="sku.name", sku="")
    disabled = bool(given.get("disableLocalAuth", False))
    rules = given.get("networkRuleSet") or {}
    properties: Body = {
        "replicaCount": given.get("replicaCount", 1),
        "partitionCount": given.get("partitionCount", 1),
        "hostingMode": str(given.get("hostingMode", "default")),
        "computeType": given.get("computeType", "Default"),
        "publicNetworkAccess": _access(given.get("publicNetworkAccess", "Enabled"), name),
        "networkRuleSet": {
            "ipRules": rules.get("ipRules") or [],
            "bypass": rules.get("bypass") or "None",
        },
        "encryptionWithCmk": {"enforcement": _enforcement(given)},
        "disableLocalAuth": disabled,
        "authOptions": given.get("authOptions", None if disabled else _auth(version)),
        "dataExfiltrationProtections": given.get("dataExfiltrationProtections") or [],
        "disabledDataExfiltrationOptions": given.get("disabledDataExfiltrationOptions") or [],
        "semanticSearch": given.get("semanticSearch", "free" if name != "free" else None),
    }
    return {"sku": {"name": name}, "tags": body.get("tags") or {}, "properties": properties}


def _access(value: Any, sku: str) -> str:
    access = word(value, NETWORK)
    if access is None:
        raise Refusal("search-service-value", value=value, property="publicNetworkAccess", sku=sku)
    return access


def _enforcement(given: Body) -> str:
    wanted = str((given.get("encryptionWithCmk") or {}).get("enforcement") or "Unspecified")
    if wanted.lower() == "enabled":
        raise Refusal("arm-not-emulated", what="encryptionWithCmk")
    return wanted


def _auth(version: str) -> Body:
    if version[:10] >= TOKENS_SINCE:
        return {"aadOrApiKey": {"aadAuthFailureMode": "http401WithBearerChallenge"}}
    return {"apiKeyOnly": {}}


def etag(service: Resource) -> str:
    """Recorded: it moves with every PUT, and not when provisioning ends."""
    return f"W/\"datetime'{quote(written(service.written))}'\""


def shown(service: Resource, version: str, now: float) -> Body:
    """A single GET, or the answer to a write."""
    body = service.body
    properties = body["properties"] | {
        "endpoint": f"https://{service.name}.search.windows.net",
        "encryptionWithCmk": _encryption(body["properties"], version),
        "privateEndpointConnections": [],
        "sharedPrivateLinkResources": [],
        "upgradeAvailable": "notAvailable",
        "serviceUpgradedAt": None,
        "knowledgeRetrieval": "free",
        **_state(service, version, now),
    }
    answer: Body = {
        "id": service.id,
        "name": service.name,
        "type": service.type,
        "location": body["location"],
        "tags": body["tags"],
        "properties": {key: value for key, value in properties.items() if knows(version, key)},
        "sku": body["sku"],
    }
    if answer["properties"].get("semanticSearch", "") is None:
        del answer["properties"]["semanticSearch"]
    if version[:10] >= "2025-05-01":
        answer["systemData"] = {"createdAt": written(service.created, 3)}
    if body.get("identity"):
        answer["identity"] = body["identity"]
    return answer


def listed(service: Resource, version: str, now: float) -> Body:
    """Recorded: only an item of a list has the etag in its body."""
    answer = shown(service, version, now)
    answer["properties"]["ETag" if version < "2020" else "eTag"] = etag(service)
    return answer


def _encryption(properties: Body, version: str) -> Body:
    shown: Body = properties["encryptionWithCmk"] | {"encryptionComplianceStatus": "Compliant"}
    if knows(version, "knowledgeRetrieval"):
        shown["serviceLevelEncryptionKey"] = None
    return shown


def _state(service: Resource, version: str, now: float) -> Body:
    """Lower case, but for the previews since 2026-03-01 (recorded)."""
    state, status, details = "succeeded", "running", ""
    if service.is_changing(now):
        state = status = "provisioning"
    elif service.has_failed(now):
        state, status, details = "failed", "error", (service.failure or {})["message"]
    if knows(version, "knowledgeRetrieval"):
        state = state.capitalize()
    return {"status": status, "statusDetails": details, "provisioningState": state}
