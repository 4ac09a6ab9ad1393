"""Microsoft.Search/searchServices: azure-management FACTS 1.2."""

from __future__ import annotations

from typing import Any

import pytest

from .conftest import GROUP, ROOT, SEARCH, Subscription, service_body

OTHER = f"{GROUP}/providers/Microsoft.Search/searchServices/other"


def state(azure: Subscription) -> str:
    return str(azure.get(SEARCH)["properties"]["provisioningState"])


def test_a_service_has_the_defaults_of_its_version(grouped: Subscription) -> None:
    made = grouped.service(identity=False)
    created = made.pop("systemData")
    assert set(created) == {"createdAt"}
    assert made == {
        "id": SEARCH,
        "name": "docs",
        "type": "Microsoft.Search/searchServices",
        "location": "West US 2",
        "tags": {},
        "sku": {"name": "basic"},
        "properties": {
            "replicaCount": 1,
            "partitionCount": 1,
            "endpoint": "https://docs.search.windows.net",
            "status": "running",
            "statusDetails": "",
            "provisioningState": "succeeded",
            "hostingMode": "default",
            "computeType": "Default",
            "publicNetworkAccess": "Enabled",
            "networkRuleSet": {"ipRules": [], "bypass": "None"},
            "privateEndpointConnections": [],
            "sharedPrivateLinkResources": [],
            "encryptionWithCmk": {
                "enforcement": "Unspecified",
                "encryptionComplianceStatus": "Compliant",
            },
            "disableLocalAuth": False,
            "authOptions": {"apiKeyOnly": {}},
            "dataExfiltrationProtections": [],
            "semanticSearch": "free",
            "upgradeAvailable": "notAvailable",
            "serviceUpgradedAt": None,
        },
    }
    older = grouped.get(SEARCH, version="2022-09-01")
    gone = {"endpoint", "computeType", "dataExfiltrationProtections", "semanticSearch"}
    gone |= {"upgradeAvailable", "serviceUpgradedAt"}
    assert set(made["properties"]) - set(older["properties"]) == gone
    assert "systemData" not in older
    newer = grouped.get(SEARCH, version="2026-03-01-preview")["properties"]
    assert newer["provisioningState"] == "Succeeded"
    assert newer["encryptionWithCmk"]["serviceLevelEncryptionKey"] is None
    assert (newer["knowledgeRetrieval"], newer["disabledDataExfiltrationOptions"]) == ("free", [])


def test_new_services_of_the_newest_version_take_tokens(grouped: Subscription) -> None:
    made = grouped.put(SEARCH, service_body(), version="2026-03-01-preview")
    mode = {"aadAuthFailureMode": "http401WithBearerChallenge"}
    assert made["properties"]["authOptions"] == {"aadOrApiKey": mode}


def test_a_service_is_provisioned_for_a_while_without_an_operation(grouped: Subscription) -> None:
    grouped.door("PUT", "durations", {"searchCreate": 60})
    reply = grouped.call("PUT", SEARCH, service_body())
    assert reply.status_code == 201
    assert not {"location", "azure-asyncoperation", "retry-after"} & set(reply.headers)
    properties = reply.json()["properties"]
    assert (properties["status"], properties["provisioningState"]) == ("provisioning",) * 2
    assert reply.json()["identity"]["principalId"]
    refused = grouped.refused("PUT", SEARCH, service_body(replicaCount=2))
    assert refused[0] == 409
    grouped.advance(61)
    assert state(grouped) == "succeeded"
    assert grouped.get(SEARCH)["properties"]["status"] == "running"


def _lowered(properties: dict[str, Any]) -> set[tuple[str, str]]:
    """Values as text, without case; of the rules the addresses only."""
    return {
        (key, str(dict(value)["ipRules"] if key == "networkRuleSet" else value).lower())
        for key, value in properties.items()
    }


@pytest.mark.parametrize(
    ("duration", "change"),
    [
        ("searchScale", {"replicaCount": 2}),
        ("searchScale", {"partitionCount": 2}),
        ("searchNetwork", {"publicNetworkAccess": "disabled"}),
        ("searchIpRules", {"networkRuleSet": {"ipRules": [{"value": "192.0.2.1"}]}}),
    ],
)
def test_what_provisions_again_shows_the_new_value_at_once(
    duration: str, change: dict[str, Any], grouped: Subscription
) -> None:
    grouped.service()
    grouped.door("PUT", "durations", {duration: 60})
    reply = grouped.call("PUT", SEARCH, service_body(**change))
    assert (reply.status_code, state(grouped)) == (200, "provisioning")
    assert _lowered(reply.json()["properties"]) >= _lowered(change)
    grouped.advance(61)
    assert state(grouped) == "succeeded"


@pytest.mark.parametrize(
    "change",
    [
        {},
        {"semanticSearch": "standard"},
        {"disableLocalAuth": True},
        {"authOptions": {"aadOrApiKey": {"aadAuthFailureMode": "http403"}}},
    ],
)
def test_what_is_done_at_once(change: dict[str, Any], grouped: Subscription) -> None:
    grouped.service()
    slow = ("searchCreate", "searchScale", "searchNetwork", "searchIpRules")
    grouped.door("PUT", "durations", dict.fromkeys(slow, 60))
    properties = grouped.put(SEARCH, service_body(**change))["properties"]
    assert properties["provisioningState"] == "succeeded"
    assert properties.items() >= change.items()


def test_keys_and_auth_options_exclude_one_another(grouped: Subscription) -> None:
    body = service_body(disableLocalAuth=True, authOptions={})
    reply = grouped.call("PUT", SEARCH, body)
    assert reply.status_code == 400
    error = reply.json()["error"]
    assert error["message"].startswith("AuthOptions must be null if DisableLocalAuth is true.")
    assert (error["target"], error["details"]) == (None, None)
    made = grouped.service(disableLocalAuth=True)
    assert made["properties"]["authOptions"] is None
    assert grouped.service()["properties"]["authOptions"] == {"apiKeyOnly": {}}


def test_an_identity_stays_until_it_is_removed_and_then_is_another(grouped: Subscription) -> None:
    first = grouped.service()["identity"]
    assert set(first) == {"type", "principalId", "tenantId"}
    without = {key: value for key, value in service_body().items() if key != "identity"}
    assert grouped.put(SEARCH, without)["identity"] == first
    assert grouped.service(replicaCount=2)["identity"] == first
    assert "identity" not in grouped.put(SEARCH, without | {"identity": {"type": "None"}})
    second = grouped.service()["identity"]
    assert second["principalId"] != first["principalId"]
    assert grouped.refused("PUT", SEARCH, without | {"identity": {}})[0] == 400
    body = without | {"identity": {"type": "UserAssigned"}}
    assert grouped.refused("PUT", SEARCH, body)[0] == 501


@pytest.mark.parametrize(
    ("sku", "properties"),
    [
        ("free", {"replicaCount": 2}),
        ("free", {"semanticSearch": "free"}),
        ("basic", {"replicaCount": 4}),
        ("standard", {"partitionCount": 5}),
        ("standard", {"replicaCount": 12, "partitionCount": 4}),
        ("standard", {"hostingMode": "highDensity"}),
        ("standard3", {"hostingMode": "highDensity", "partitionCount": 4}),
        ("giant", {}),
        ("basic", {"publicNetworkAccess": "perhaps"}),
        ("basic", {"replicaCount": 0}),
    ],
)
def test_a_service_that_cannot_be_is_refused(
    sku: str, properties: dict[str, Any], grouped: Subscription
) -> None:
    body = service_body(sku, **properties)
    assert grouped.refused("PUT", SEARCH, body) == (400, "BadRequest")
    assert grouped.refused("GET", SEARCH)[0] == 404


def test_one_service_a_subscription_is_free(grouped: Subscription) -> None:
    grouped.service("free", identity=False)
    assert grouped.refused("PUT", OTHER, service_body("free")) == (409, "ServiceQuotaExceeded")
    grouped.put(OTHER, service_body("basic"))


def test_a_sku_grows_in_place_but_not_from_or_to_free(grouped: Subscription) -> None:
    grouped.service("basic")
    grouped.door("PUT", "durations", {"searchScale": 60})
    assert grouped.put(SEARCH, service_body("standard"))["sku"] == {"name": "standard"}
    assert state(grouped) == "provisioning"
    grouped.advance(61)
    for sku in ("free", "storage_optimized_l1"):
        assert grouped.refused("PUT", SEARCH, service_body(sku)) == (400, "BadRequest")


def test_a_service_stays_where_it_is(grouped: Subscription) -> None:
    grouped.service()
    body = service_body() | {"location": "East US"}
    assert grouped.refused("PUT", SEARCH, body) == (409, "InvalidResourceLocation")
    body["location"] = "atlantis"
    assert grouped.refused("PUT", SEARCH, body)[1] == "LocationNotAvailableForResourceType"
    assert grouped.put(SEARCH, service_body() | {"location": "WEST US 2"})


@pytest.mark.parametrize("name", ["a", "Docs", "d-ocs-", "-docs", "do--cs", "a-b", "d" * 61])
def test_names_have_a_form(name: str, grouped: Subscription) -> None:
    path = f"{GROUP}/providers/Microsoft.Search/searchServices/{name}"
    assert grouped.refused("PUT", path, service_body()) == (400, "InvalidServiceName")


def test_names_are_global(grouped: Subscription) -> None:
    grouped.service()
    grouped.door("PUT", "taken", ["search/other"])
    other = f"{ROOT}/resourceGroups/second"
    grouped.put(other, {"location": "westus"})
    path = SEARCH.replace(GROUP, other)
    assert grouped.refused("PUT", path, service_body()) == (409, "ServiceNameUnavailable")
    assert grouped.refused("PUT", OTHER, service_body()) == (409, "ServiceNameUnavailable")

    def checked(name: str) -> dict[str, Any]:
        place = f"{ROOT}/providers/Microsoft.Search/checkNameAvailability"
        body = {"name": name, "type": "searchServices"}
        reply = grouped.call("POST", place, body)
        found: dict[str, Any] = reply.json()
        return found

    free = {"nameAvailable": True, "reason": None, "message": None}
    assert checked("free") == free
    for name, reason in (("docs", "AlreadyExists"), ("other", "AlreadyExists"), ("X", "Invalid")):
        assert checked(name) == free | {"nameAvailable": False, "reason": reason}


def test_a_deleted_service_is_gone_at_once_and_its_name_a_while_later(
    grouped: Subscription,
) -> None:
    grouped.service()
    grouped.door("PUT", "durations", {"searchName": 60})
    reply = grouped.call("DELETE", SEARCH)
    assert (reply.status_code, reply.content) == (200, b"")
    assert grouped.refused("GET", SEARCH) == (404, "ResourceNotFound")
    assert grouped.call("DELETE", SEARCH).status_code == 204
    assert grouped.refused("PUT", SEARCH, service_body()) == (409, "ServiceDeleting")
    grouped.advance(61)
    assert grouped.call("PUT", SEARCH, service_body()).status_code == 201


def test_a_list_has_etags_in_its_items_and_a_null_link(grouped: Subscription) -> None:
    grouped.service()
    grouped.put(OTHER, service_body())
    path = f"{GROUP}/providers/Microsoft.Search/searchServices"
    listed = grouped.get(path)
    assert listed["nextLink"] is None
    assert [one["name"] for one in listed["value"]] == ["docs", "other"]
    one = grouped.call("GET", SEARCH)
    assert listed["value"][0]["properties"].pop("eTag") == one.headers["etag"]
    assert listed["value"][0] == one.json()
    assert len(grouped.get(path.replace(GROUP, ROOT))["value"]) == 2


def test_the_etag_moves_with_every_put_but_not_when_provisioning_ends(
    grouped: Subscription,
) -> None:
    grouped.door("PUT", "durations", {"searchCreate": 60})
    made = grouped.call("PUT", SEARCH, service_body()).headers["etag"]
    assert made.startswith("W/\"datetime'20")
    grouped.advance(61)
    assert grouped.call("GET", SEARCH).headers["etag"] == made
    assert grouped.call("PUT", SEARCH, service_body()).headers["etag"] != made


def test_a_patch_changes_what_it_says(grouped: Subscription) -> None:
    grouped.service(replicaCount=2, semanticSearch="disabled")
    reply = grouped.call("PATCH", SEARCH, {"tags": {"a": "b"}, "properties": {"replicaCount": 3}})
    assert reply.status_code == 200
    found = grouped.get(SEARCH)
    assert found["tags"] == {"a": "b"}
    assert found["properties"]["replicaCount"] == 3
    assert found["properties"]["semanticSearch"] == "disabled"


def test_a_put_sets_what_it_leaves_out_to_its_default(grouped: Subscription) -> None:
    grouped.put(SEARCH, service_body(replicaCount=2) | {"tags": {"a": "b"}})
    found = grouped.service()
    assert (found["properties"]["replicaCount"], found["tags"]) == (1, {})


def test_a_put_keeps_what_its_version_does_not_know(grouped: Subscription) -> None:
    grouped.service(semanticSearch="disabled")
    grouped.put(SEARCH, service_body(), version="2022-09-01")
    assert grouped.get(SEARCH)["properties"]["semanticSearch"] == "disabled"


@pytest.mark.parametrize("property", ["provisioningState", "status", "sharedPrivateLinkResources"])
def test_an_update_with_what_is_read_only_is_refused(property: str, grouped: Subscription) -> None:
    grouped.service()
    body = service_body(**{property: []})
    assert grouped.refused("PUT", SEARCH, body) == (400, "BadRequest")


def test_knowledge_retrieval_is_accepted_and_stays(grouped: Subscription) -> None:
    body = service_body(knowledgeRetrieval="standard")
    made = grouped.put(SEARCH, body, version="2026-03-01-preview")
    assert made["properties"]["knowledgeRetrieval"] == "free"


def test_keys_are_listed_and_made_anew(grouped: Subscription) -> None:
    grouped.service()

    def posted(action: str) -> dict[str, Any]:
        reply = grouped.call("POST", f"{SEARCH}/{action}")
        assert reply.status_code == 200
        found: dict[str, Any] = reply.json()
        return found

    keys = posted("listAdminKeys")
    assert set(keys) == {"primaryKey", "secondaryKey"}
    assert posted("listadminkeys") == keys
    changed = posted("regenerateAdminKey/primary")
    assert changed["secondaryKey"] == keys["secondaryKey"]
    assert changed["primaryKey"] != keys["primaryKey"]
    query = posted("listQueryKeys")
    assert (query["nextLink"], [one["name"] for one in query["value"]]) == (None, [None])
    assert keys["secondaryKey"] not in grouped.call("GET", SEARCH).text


def test_a_provisioning_fails_where_a_door_said_so(grouped: Subscription) -> None:
    failure = {"type": "Microsoft.Search/searchServices", "code": "X", "message": "no room"}
    grouped.door("PUT", "failures", [failure])
    properties = grouped.service()["properties"]
    assert (properties["provisioningState"], properties["status"]) == ("failed", "error")
    assert properties["statusDetails"] == "no room"
    assert grouped.service()["properties"]["provisioningState"] == "succeeded"
