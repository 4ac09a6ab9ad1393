"""The manners of Resource Manager: who may ask, versions, paths, refusals."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from .conftest import ACCOUNT, BLOBS, GROUP, ROOT, SEARCH, Subscription, service_body


@pytest.mark.parametrize("given", [None, "Basic x", "Bearer", "Bearer  "])
def test_a_token_is_needed(given: str | None, azure: Subscription) -> None:
    headers = {"authorization": given} if given else {}
    path = f"{ROOT}/resourcegroups?api-version=2024-11-01"
    reply = azure.ask("management.azure.com", "GET", path, headers=headers)
    assert reply.status_code == 401
    assert reply.json()["error"]["code"] == "AuthenticationFailed"
    assert reply.headers["www-authenticate"].startswith("Bearer ")


def test_an_api_version_is_needed_that_the_type_has(azure: Subscription) -> None:
    path = f"{ROOT}/resourcegroups"
    assert azure.refused("GET", path, version=None) == (400, "MissingApiVersionParameter")
    assert azure.refused("GET", path, version="2025-05-01") == (400, "NoRegisteredProviderFound")
    assert azure.get(path, version="2025-04-01") == {"value": []}


def test_the_answer_to_an_unknown_version_names_those_that_are_known(azure: Subscription) -> None:
    reply = azure.call("GET", f"{ROOT}/providers/Microsoft.Search/searchServices", version="2024")
    assert "2025-05-01" in reply.json()["error"]["message"]


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("GET", f"{GROUP}/providers/Microsoft.KeyVault/vaults/v"),
        ("PUT", f"{SEARCH}/sharedPrivateLinkResources/x"),
        ("GET", "/providers/Microsoft.Search/offerings"),
        ("POST", f"{GROUP}/exportTemplate"),
        ("POST", f"{SEARCH}/createQueryKey/x"),
        ("GET", "/tenants"),
    ],
)
def test_what_is_not_emulated_is_refused_by_name(
    method: str, path: str, grouped: Subscription
) -> None:
    grouped.service()
    reply = grouped.call(method, path, {}, version="2024-11-01" if "export" in path else "")
    assert reply.status_code == 501
    name = path.rpartition("/")[2] if method == "POST" else path.split("/")[-2]
    assert (name or path) in reply.json()["error"]["message"] or "tenants" in reply.text


def test_a_method_that_a_type_does_not_have_is_refused(grouped: Subscription) -> None:
    refused = grouped.refused("DELETE", ROOT, version="2022-12-01")
    assert refused == (405, "MethodNotAllowed")
    grouped.account()
    assert grouped.refused("DELETE", BLOBS) == (405, "MethodNotAllowed")
    assert grouped.refused("PUT", f"{GROUP}/resources") == (405, "MethodNotAllowed")


def test_ids_and_types_are_found_without_case_and_answered_in_their_own(
    grouped: Subscription,
) -> None:
    path = SEARCH.replace("resourceGroups/docs-rg", "RESOURCEGROUPS/DOCS-RG").replace(
        "Microsoft.Search/searchServices", "microsoft.search/SEARCHSERVICES"
    )
    made = grouped.put(path, service_body())
    assert made["id"] == SEARCH
    assert made["type"] == "Microsoft.Search/searchServices"
    assert grouped.get(path)["id"] == SEARCH


def test_another_subscription_is_not_found(azure: Subscription) -> None:
    path = ROOT.replace("0000", "1111", 1)
    assert azure.refused("GET", f"{path}/resourcegroups") == (404, "SubscriptionNotFound")
    assert azure.refused("GET", path, version="2022-12-01") == (404, "SubscriptionNotFound")


def test_the_subscription_is_the_one_that_was_set(
    subscribe: Callable[..., Subscription],
) -> None:
    id = "12345678-0000-0000-0000-000000000000"
    azure = subscribe(subscription=id)
    found = azure.get(f"/subscriptions/{id}", version="2022-12-01")
    assert (found["subscriptionId"], found["state"]) == (id, "Enabled")
    assert [one["id"] for one in azure.get("/subscriptions", version="2022-12-01")["value"]] == [
        f"/subscriptions/{id}"
    ]


def test_what_is_missing_says_what_is_missing(azure: Subscription) -> None:
    reply = azure.call("GET", SEARCH)
    assert reply.headers["x-ms-failure-cause"] == "gateway"
    assert reply.json()["error"] == {
        "code": "ResourceGroupNotFound",
        "message": "Resource group 'docs-rg' could not be found.",
    }
    azure.group()
    assert azure.call("GET", SEARCH).json()["error"] == {
        "code": "ResourceNotFound",
        "message": "The Resource 'Microsoft.Search/searchServices/docs' under resource group "
        "'docs-rg' was not found. For more details please go to "
        "https://aka.ms/ARMResourceNotFoundFix",
    }
    assert azure.call("GET", BLOBS).json()["error"] == {
        "code": "ParentResourceNotFound",
        "message": "Failed to perform 'read' on resource(s) of type 'storageAccounts/"
        f"blobServices', because the parent resource '{ACCOUNT}' could not be found.",
    }


@pytest.mark.parametrize("body", [b"no json", b"[]", b'"x"', b'{"properties": 1}'])
def test_a_body_that_is_no_definition_is_refused(body: bytes, grouped: Subscription) -> None:
    reply = grouped.ask(
        "management.azure.com",
        "PUT",
        f"{SEARCH}?api-version=2025-05-01",
        content=body,
        headers={"authorization": "Bearer x"},
    )
    assert reply.status_code == 400
    assert reply.json()["error"]["code"] == "InvalidRequestContent"


def test_unknown_properties_are_refused(grouped: Subscription) -> None:
    body = service_body(replicaCont=1)
    assert grouped.refused("PUT", SEARCH, body) == (400, "InvalidRequestContent")
    body = service_body() | {"properies": {}}
    assert grouped.refused("PUT", SEARCH, body) == (400, "InvalidRequestContent")
    body = service_body(semanticSearch="free")
    assert grouped.refused("PUT", SEARCH, body, version="2022-09-01")[0] == 400


@pytest.mark.parametrize(
    ("properties", "path"),
    [
        ({"replicaCount": True}, "properties.replicaCount"),
        ({"replicaCount": "1"}, "properties.replicaCount"),
        ({"networkRuleSet": {"ipRules": [{"value": 1}]}}, "networkRuleSet.ipRules[0].value"),
        ({"authOptions": []}, "properties.authOptions"),
    ],
)
def test_values_of_another_type_are_refused_by_their_place(
    properties: dict[str, Any], path: str, grouped: Subscription
) -> None:
    reply = grouped.call("PUT", SEARCH, service_body(**properties))
    assert (reply.status_code, reply.json()["error"]["code"]) == (400, "InvalidRequestContent")
    assert f"{path}'" in reply.json()["error"]["message"]


def test_lists_come_in_pages_with_an_absolute_link(azure: Subscription) -> None:
    for number in range(5):
        azure.put(f"{ROOT}/resourceGroups/g{number}", {"location": "westus"})
    azure.door("PUT", "pages", {"size": 2})
    names, place = [], f"{ROOT}/resourcegroups?api-version=2024-11-01"
    for size in (2, 2, 1):
        page = azure.get(place, version=None)
        assert len(page["value"]) == size
        names += [one["name"] for one in page["value"]]
        place = page.get("nextLink", "")
        assert (size == 2) == place.startswith(f"https://management.azure.com{ROOT}")
    assert names == [f"g{number}" for number in range(5)]


def test_what_a_door_denies_the_caller_is_refused(grouped: Subscription) -> None:
    rule = {"action": "Microsoft.Authorization/roleAssignments/*", "scope": GROUP}
    grouped.door("PUT", "denied", [rule])
    path = f"{GROUP}/providers/Microsoft.Authorization/roleAssignments/x"
    reply = grouped.call("PUT", path, {})
    assert reply.status_code == 403
    error = reply.json()["error"]
    assert error["code"] == "AuthorizationFailed"
    assert "'Microsoft.Authorization/roleAssignments/write'" in error["message"]
    assert grouped.call("GET", f"{ROOT}{path.removeprefix(GROUP)}").status_code == 404


def test_writes_are_listed_by_a_door(grouped: Subscription) -> None:
    grouped.get(GROUP)
    grouped.refused("PUT", SEARCH, {})
    assert grouped.door("GET", "writes").json() == [
        {"method": "PUT", "path": GROUP, "status": 201},
        {"method": "PUT", "path": SEARCH, "status": 400},
    ]
    grouped.door("DELETE", "writes")
    assert grouped.door("GET", "writes").json() == []


def test_faults_meet_resource_manager_too(grouped: Subscription) -> None:
    rule = {"fault": "status", "status": 429, "retryAfter": 2, "path": "docs-rg$", "times": 1}
    grouped.ask("localhost", "PUT", "/emulator/faults", json=[rule])
    reply = grouped.call("GET", GROUP)
    assert (reply.status_code, reply.headers["retry-after"]) == (429, "2")
    assert grouped.get(GROUP)["name"] == "docs-rg"


@pytest.mark.parametrize("body", [{"strange": 1}, {"role": -1}, {"role": "1"}, {"role": True}, []])
def test_a_duration_that_makes_no_sense_is_refused(body: object, azure: Subscription) -> None:
    reply = azure.ask("localhost", "PUT", "/emulator/azure/durations", json=body)
    assert reply.status_code == 400
    assert azure.door("GET", "").json()["durations"]["role"] == 0


def test_the_doors_of_azure_are_where_azure_is(azure: Subscription) -> None:
    assert azure.ask("localhost", "GET", "/emulator/azure/nothing").status_code == 404
    reply = azure.ask("management.azure.com", "GET", "/emulator/azure")
    assert reply.status_code == 403
