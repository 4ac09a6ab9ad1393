"""A role assignment is its scope, role and principal: not its name, and not the one before."""

from __future__ import annotations

import time
import uuid

import pytest

from .conftest import RESOURCES, SEARCH, SUBSCRIPTION, Stack
from .test_killed import arrive, until_met

GROUP = f"/subscriptions/{SUBSCRIPTION}/resourceGroups/docs-rg"
ACCOUNT = f"{GROUP}/providers/Microsoft.Storage/storageAccounts/docsstorex1"
SERVICE = f"{GROUP}/providers/Microsoft.Search/searchServices/docs-x1"
READS = "RoleAssignment/search-reads-blobs"
ALL = RESOURCES + "---\n" + SEARCH


def changes(stack: Stack) -> dict[str, str]:
    return {change["address"]: change["action"] for change in stack.plan()["changes"]}


def principal(stack: Stack) -> str:
    """Whom the service signs in as."""
    shown = stack.azure(f"{SERVICE}?api-version=2025-05-01").json()
    return str(shown["identity"]["principalId"])


def grant(stack: Stack, **more: str) -> str:
    """The same role, granted by somebody else under a name of its own."""
    role = "2a2b9908-6ea1-4ae2-8e65-a410df84e7d1"
    definition = f"/subscriptions/{SUBSCRIPTION}/providers/Microsoft.Authorization/roleDefinitions"
    wanted = {"roleDefinitionId": f"{definition}/{role}", "principalId": principal(stack), **more}
    name = f"{ACCOUNT}/providers/Microsoft.Authorization/roleAssignments/{uuid.uuid4()}"
    reply = stack.azure(f"{name}?api-version=2022-04-01", "PUT", {"properties": wanted})
    assert reply.status_code == 201, reply.text
    return name


def grants(stack: Stack) -> list[tuple[str, str]]:
    """Every assignment: its id, and to whom."""
    shown = stack.assignments()
    return [(one["id"], one["properties"]["principalId"]) for one in shown]


def delete_service(stack: Stack) -> None:
    stack.azure(f"{SERVICE}?api-version=2025-05-01", "DELETE")
    for _ in range(200):
        if stack.azure(f"{SERVICE}?api-version=2025-05-01").status_code == 404:
            return
        time.sleep(0.02)
    raise AssertionError("the service does not go")


def test_a_service_that_was_made_anew_is_somebody_else(stack: Stack) -> None:
    """What its identity was allowed before helps nobody: it is replaced, in one apply."""
    stack.apply()
    ((before, somebody),) = grants(stack)
    delete_service(stack)
    plan = stack.plan()
    (change,) = [change for change in plan["changes"] if change["address"] == READS]
    assert change["action"] == "replace"
    unknown = {"$unknown": "SearchService/docs/identity/principalId"}
    (edit,) = change["edits"]
    assert (edit["path"], edit["before"], edit["after"]) == ("/principal", somebody, unknown)
    assert "-/+ RoleAssignment/search-reads-blobs" in stack.cli("plan").out
    stack.apply()
    ((after, new),) = grants(stack)
    assert new == principal(stack) != somebody
    assert after != before
    assert stack.plan()["changes"] == []
    assert stack.cli("drift").code == 0


@pytest.mark.parametrize(("method", "after"), [("DELETE", 0), ("PUT", 0), ("GET", 2), ("GET", 4)])
def test_a_replacement_that_is_killed_arrives(stack: Stack, method: str, after: int) -> None:
    """At each of its calls, and of its looks: whom it was for may do nothing any more."""
    stack.write(RESOURCES)
    stack.apply()
    delete_service(stack)
    calls = {"method": method, "path": "roleAssignments"}
    stack.door("PUT", "faults", [{"fault": "hang", "after": after, **calls}])
    process = stack.process("apply", "--yes", "--concurrency", "1")
    while process.poll() is None and not stack.door("GET", "faults")[0]["fired"]:
        time.sleep(0.02)
    process.kill()
    process.communicate()
    stack.door("DELETE", "faults")
    arrive(stack)
    assert [to for _, to in grants(stack)] == [principal(stack)]
    assert stack.plan()["changes"] == []


def test_an_edit_that_may_change_the_identity_and_does_not(stack: Stack) -> None:
    """Whether it does is known only after it: nothing is deleted, and nothing is made."""
    stack.write(RESOURCES)
    stack.apply()
    before = grants(stack)
    more = "{type: SystemAssigned, userAssignedIdentities: {/subscriptions/s/x: {}}}"
    stack.write(RESOURCES.replace("{type: SystemAssigned}", more))
    assert changes(stack) == {READS: "replace", "SearchService/docs": "update"}
    stack.apply()
    assert grants(stack) == before
    stack.write(RESOURCES)
    assert stack.plan()["changes"] == []


def test_a_new_identity_that_the_directory_hears_of_late(stack: Stack) -> None:
    documents = RESOURCES.replace("  identity: {type: SystemAssigned}\n", "").split("---\n")
    stack.write("---\n".join(documents[:-1]))
    stack.apply()
    stack.door("PUT", "azure/durations", {"principal": 2})
    stack.write(RESOURCES)
    stack.apply()
    assert [to for _, to in grants(stack)] == [principal(stack)]


def test_another_name_in_the_manifest_is_the_same_assignment(stack: Stack) -> None:
    stack.apply()
    before = grants(stack)
    stack.write(ALL.replace("search-reads-blobs", "reader"))
    assert changes(stack) == {READS: "forget", "RoleAssignment/reader": "adopt"}
    stack.apply()
    assert grants(stack) == before
    assert stack.plan()["changes"] == []
    stack.write(ALL.partition("---\napiVersion: azure-resource-manager\nkind: Role")[0])
    assert changes(stack)["RoleAssignment/reader"] == "delete"


def test_what_somebody_granted_already_is_taken_over(stack: Stack) -> None:
    without = "---\n".join(RESOURCES.split("---\n")[:-1])
    stack.write(without)
    stack.apply()
    name = grant(stack)
    stack.write(RESOURCES)
    assert changes(stack) == {READS: "adopt"}
    stack.apply()
    assert [one for one, _ in grants(stack)] == [name]
    assert stack.plan()["changes"] == []
    stack.write(without)
    stack.apply()
    assert grants(stack) == []


def test_what_somebody_granted_and_is_not_as_declared_needs_consent(stack: Stack) -> None:
    stack.write("---\n".join(RESOURCES.split("---\n")[:-1]))
    stack.apply()
    name = grant(stack, description="by hand")
    stack.write(RESOURCES)
    refused = stack.cli("apply", "--yes")
    assert refused.code == 3
    assert f"--consent {READS}" in refused.out
    stack.apply("--consent", READS)
    assert [one for one, _ in grants(stack)] == [name]
    assert stack.plan()["changes"] == []


def test_what_is_granted_while_it_is_planned_is_taken_over(stack: Stack) -> None:
    """Azure refuses the second one: RoleAssignmentExists."""
    without = "---\n".join(RESOURCES.split("---\n")[:-1])
    stack.write(without)
    stack.apply()
    stack.write(RESOURCES)
    late = {"fault": "latency", "seconds": 1.5, "method": "PUT", "times": 1}
    stack.door("PUT", "faults", [late | {"path": "roleAssignments"}])
    process = stack.process("apply", "--yes")
    until_met(stack)
    name = grant(stack)
    out, err = process.communicate()
    assert process.returncode == 0, out + err
    assert [one for one, _ in grants(stack)] == [name]
    assert stack.plan()["changes"] == []
    stack.write(without)
    stack.apply()
    assert grants(stack) == []
