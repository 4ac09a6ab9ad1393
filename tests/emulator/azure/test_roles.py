"""Role definitions and assignments: azure-management FACTS 1.5, 1.6 and 4."""

from __future__ import annotations

from typing import Any

import pytest

from .conftest import (
    ACCOUNT,
    CONTAINER,
    GROUP,
    READER,
    ROOT,
    SEARCH,
    Subscription,
    guid,
    role_body,
)

SOMEBODY = "964e5041-5a59-483d-a327-2bbef393fc99"
OWNER = "8e3af657-a8ff-443c-a75c-2fe8c4bcb635"


def at(scope: str, number: int = 1) -> str:
    return f"{scope}/providers/Microsoft.Authorization/roleAssignments/{guid(number)}"


def test_a_role_is_found_by_its_name_without_case(grouped: Subscription) -> None:
    path = f"{GROUP}/providers/Microsoft.Authorization/roleDefinitions"
    text = "roleName eq 'storage blob data READER'"
    found = grouped.get(path, params={"$filter": text})["value"]
    assert [one["name"] for one in found] == [READER]
    assert found[0]["id"] == f"{ROOT}/providers/Microsoft.Authorization/roleDefinitions/{READER}"
    role = found[0]["properties"]
    assert (role["roleName"], role["type"]) == ("Storage Blob Data Reader", "BuiltInRole")
    assert grouped.get(f"{path}/{READER}") == found[0]
    assert grouped.get(path, params={"$filter": "roleName eq 'nobody'"}) == {"value": []}
    assert len(grouped.get(path)["value"]) > 20
    assert grouped.refused("GET", path, params={"$filter": "type eq 'x'"})[0] == 501
    missing = grouped.refused("GET", f"{path}/{guid(1)}")
    assert missing == (404, "RoleDefinitionDoesNotExist")


def test_an_assignment_is_answered_with_201_always_and_its_own_moments(
    grouped: Subscription,
) -> None:
    body = role_body(SOMEBODY, type="User")
    first = grouped.call("PUT", at(GROUP), body)
    assert first.status_code == 201
    shown = first.json()["properties"]
    assert (shown["createdBy"], shown["scope"], shown["condition"]) == (None, GROUP, None)
    body["properties"]["description"] = "why"
    second = grouped.call("PUT", at(GROUP), body)
    assert (second.status_code, second.json()["properties"]["description"]) == (201, "why")
    found = grouped.get(at(GROUP))["properties"]
    assert found["createdBy"] == found["updatedBy"] is not None
    assert found["createdOn"] < second.json()["properties"]["createdOn"]


def test_a_role_id_is_completed_with_the_subscription(grouped: Subscription) -> None:
    body = role_body(SOMEBODY, type="User")
    short = f"/providers/Microsoft.Authorization/roleDefinitions/{READER.upper()}"
    body["properties"]["roleDefinitionId"] = short
    answer = grouped.put(at(ROOT), body)["properties"]
    assert answer["roleDefinitionId"] == (
        f"{ROOT}/providers/Microsoft.Authorization/roleDefinitions/{READER}"
    )


def test_a_deleted_assignment_is_in_the_answer(grouped: Subscription) -> None:
    grouped.role(GROUP, SOMEBODY)
    reply = grouped.call("DELETE", at(GROUP))
    assert (reply.status_code, reply.json()["name"]) == (200, guid(1))
    assert grouped.call("DELETE", at(GROUP)).status_code == 204
    assert grouped.refused("GET", at(GROUP)) == (404, "RoleAssignmentNotFound")


def test_the_same_grant_exists_once(grouped: Subscription) -> None:
    grouped.role(GROUP, SOMEBODY, name=1)
    reply = grouped.call("PUT", at(GROUP, 2), role_body(SOMEBODY.upper()))
    assert reply.status_code == 409
    assert reply.json()["error"] == {
        "code": "RoleAssignmentExists",
        "message": "The role assignment already exists. The ID of the existing role assignment "
        f"is {guid(1).replace('-', '')}.",
    }
    grouped.role(ROOT, SOMEBODY, name=2)
    grouped.role(GROUP, SOMEBODY, OWNER, name=3)


@pytest.mark.parametrize(
    ("scope", "body"),
    [
        (GROUP, role_body(guid(9))),
        (GROUP, role_body(SOMEBODY, OWNER)),
        (ROOT, role_body(SOMEBODY)),
    ],
)
def test_a_name_means_one_grant_in_the_tenant(
    scope: str, body: dict[str, Any], grouped: Subscription
) -> None:
    grouped.role(GROUP, SOMEBODY, name=1)
    refused = grouped.refused("PUT", at(scope), body)
    assert refused == (400, "RoleAssignmentUpdateNotPermitted")


def test_a_fresh_identity_is_not_known_to_the_directory_yet(grouped: Subscription) -> None:
    grouped.door("PUT", "durations", {"principal": 60})
    principal = grouped.service()["identity"]["principalId"]
    body = role_body(principal, type=None)
    reply = grouped.call("PUT", at(GROUP), body)
    assert (reply.status_code, reply.json()["error"]["code"]) == (400, "PrincipalNotFound")
    plain = principal.replace("-", "")
    assert reply.json()["error"]["message"].startswith(
        f"Principal {plain} does not exist in the directory "
    )
    grouped.advance(61)
    made = grouped.put(at(GROUP), body)
    assert made["properties"]["principalType"] == "ServicePrincipal"


def test_who_says_what_a_principal_is_need_not_wait(grouped: Subscription) -> None:
    grouped.door("PUT", "durations", {"principal": 60})
    principal = grouped.service()["identity"]["principalId"]
    grouped.role(GROUP, principal)
    refused = grouped.refused("PUT", at(ROOT, 2), role_body(principal, type="User"))
    assert refused == (400, "UnmatchedPrincipalType")


def test_the_directory_knows_whom_a_door_names(grouped: Subscription) -> None:
    body = role_body(SOMEBODY, type=None)
    assert grouped.refused("PUT", at(GROUP), body) == (400, "PrincipalNotFound")
    grouped.door("PUT", "principals", {SOMEBODY: "Group"})
    assert grouped.put(at(GROUP), body)["properties"]["principalType"] == "Group"


@pytest.mark.parametrize(
    ("change", "status", "code"),
    [
        ({"principalId": None}, 400, "InvalidCreateRoleAssignmentRequest"),
        ({"roleDefinitionId": ""}, 400, "InvalidCreateRoleAssignmentRequest"),
        ({"roleDefinitionId": f"/x/{guid(1)}"}, 404, "RoleDefinitionDoesNotExist"),
        ({"strange": 1}, 400, "InvalidRequestContent"),
    ],
)
def test_an_assignment_that_cannot_be_is_refused(
    change: dict[str, Any], status: int, code: str, grouped: Subscription
) -> None:
    body = role_body(SOMEBODY)
    body["properties"] |= change
    assert grouped.refused("PUT", at(GROUP), body) == (status, code)


def test_a_name_is_a_guid_and_a_scope_stands(grouped: Subscription) -> None:
    path = at(GROUP).replace(guid(1), "reads")
    assert grouped.refused("PUT", path, role_body(SOMEBODY)) == (400, "InvalidRoleAssignmentId")
    assert grouped.refused("PUT", at(ACCOUNT), role_body(SOMEBODY)) == (404, "ResourceNotFound")
    other = at(GROUP.replace("docs-rg", "other"))
    assert grouped.refused("PUT", other, role_body(SOMEBODY)) == (404, "ResourceGroupNotFound")


def test_lists_inherit_and_look_beneath(grouped: Subscription) -> None:
    grouped.account()
    grouped.put(CONTAINER, {})
    scopes = (ROOT, GROUP, ACCOUNT, CONTAINER)
    for number, scope in enumerate(scopes):
        grouped.role(scope, SOMEBODY, name=number)
    grouped.role(GROUP, guid(99), name=50)

    def listed(scope: str, text: str = "") -> list[str]:
        path = f"{scope}/providers/Microsoft.Authorization/roleAssignments"
        found = grouped.get(path, params={"$filter": text} if text else {})["value"]
        return [one["properties"]["scope"] for one in found]

    assert listed(ACCOUNT, "atScope()") == [ROOT, GROUP, ACCOUNT, GROUP]
    assert listed(ROOT, "atScope()") == [ROOT]
    assert listed(ACCOUNT) == [ROOT, GROUP, ACCOUNT, CONTAINER, GROUP]
    assert listed(ROOT, f"principalId eq '{guid(99)}'") == [GROUP]
    path = f"{GROUP}/providers/Microsoft.Authorization/roleAssignments"
    assert grouped.refused("GET", path, params={"$filter": "assignedTo('x')"})[0] == 501


def test_assignments_go_with_their_scope_and_outlive_their_principal(
    grouped: Subscription,
) -> None:
    principal = grouped.service()["identity"]["principalId"]
    grouped.account()
    grouped.role(ACCOUNT, principal, name=1)
    grouped.role(GROUP, principal, name=2)
    grouped.delete(SEARCH)
    assert grouped.get(at(GROUP, 2))["properties"]["principalId"] == principal
    grouped.delete(ACCOUNT)
    grouped.account()
    assert grouped.refused("GET", at(ACCOUNT, 1)) == (404, "RoleAssignmentNotFound")
