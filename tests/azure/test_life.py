"""From an empty subscription to an indexer that reads blobs by identity, and back."""

from __future__ import annotations

import time
from pathlib import Path

from .conftest import CONSENTS, DECLARED, RESOURCES, SEARCH, SUBSCRIPTION, Stack

GROUP = f"/subscriptions/{SUBSCRIPTION}/resourceGroups/docs-rg"


def test_a_plan_before_anything_exists_shows_every_step(stack: Stack) -> None:
    """The search service is not asked: Azure says that it is not there."""
    ran = stack.cli("plan")
    assert ran.code == 0, ran.err
    assert "+ /principal: (known after apply)" in ran.out
    assert "Plan: 8 to add, 0 to change, 0 to rebuild, 0 to destroy; 1 indexer run." in ran.out
    plan = stack.plan()
    assert {change["address"] for change in plan["changes"]} == DECLARED
    (assignment,) = [c for c in plan["changes"] if c["address"].startswith("RoleAssignment/")]
    principal = {"$unknown": "SearchService/docs/identity/principalId"}
    assert principal in [edit["after"] for edit in assignment["edits"]]
    assert stack.door("GET", "azure/writes") == []


def test_it_arrives_and_rests(stack: Stack) -> None:
    stack.apply()
    assert stack.plan()["empty"]
    assert stack.cli("drift").code == 0
    account = Path(stack.door("GET", "azure")["accounts"]["docsstorex1"])
    (account / "handbook" / "leave.txt").write_text("Thirty days of leave.")
    assert stack.cli("run", "docs", "--wait").code == 0
    found = stack.cli("query", "docs-v1", "--text", "leave", "--select", "content")
    assert "Thirty days of leave." in found.out


def test_what_is_written_is_what_the_plan_lists(stack: Stack) -> None:
    listed = [call["method"] for call in stack.plan()["calls"]]
    stack.apply()
    writes = stack.door("GET", "azure/writes")
    resources = [write for write in writes if write["method"] == "PUT"]
    assert len(resources) == 5
    assert listed == ["PUT"] * 8


def test_a_tag_makes_no_output_unknown(stack: Stack) -> None:
    stack.apply()
    stack.write((RESOURCES + "---\n" + SEARCH).replace("team: docs", "team: search"))
    (change,) = stack.plan()["changes"]
    assert change["address"] == "SearchService/docs"
    assert [edit["path"] for edit in change["edits"]] == ["/tags/team"]
    stack.apply()
    assert stack.plan()["empty"]


def test_another_name_on_azure_is_another_resource(stack: Stack) -> None:
    """Not until the first one is gone: it would be nobody's."""
    stack.write(RESOURCES)
    stack.apply()
    moved = RESOURCES.replace("nameOnService: docsstorex1", "nameOnService: docsstorex2")
    stack.write(moved)
    refused = stack.cli("plan")
    assert refused.code == 1
    assert "[renamed-on-service]" in refused.out + refused.err
    account = f"{GROUP}/providers/Microsoft.Storage/storageAccounts/docsstorex1"
    assert stack.azure(f"{account}?api-version=2025-06-01", "DELETE").status_code == 200
    stack.apply()
    assert stack.plan()["changes"] == []


def test_what_somebody_changed_by_hand_is_drift(stack: Stack) -> None:
    stack.apply()
    body = {"location": "swedencentral", "tags": {"by": "hand"}}
    assert stack.azure(f"{GROUP}?api-version=2024-11-01", "PUT", body).status_code == 200
    ran = stack.cli("drift")
    assert (ran.code, "ResourceGroup/docs-rg" in ran.out) == (2, True)


def test_destroying_asks_for_each_that_holds_others(stack: Stack) -> None:
    stack.apply()
    refused = stack.cli("destroy", "--yes")
    assert refused.code == 3
    assert "--consent ResourceGroup/docs-rg" in refused.out
    assert stack.plan()["empty"]


def test_it_goes_in_the_right_order(stack: Stack) -> None:
    """What lies in another goes before it, and the search objects before their service."""
    stack.apply()
    ran = stack.cli("destroy", "--yes", *CONSENTS)
    assert ran.code == 0, ran.err + ran.out
    assert "Apply complete: 0 added, 0 changed, 8 destroyed." in ran.out
    deletions = [w["path"] for w in stack.door("GET", "azure/writes") if w["method"] == "DELETE"]
    names = [path.partition("?")[0].rpartition("/")[2].lower() for path in deletions]
    assert names[-1] == "docs-rg"
    assert names.index("docsstorex1") > names.index("handbook")
    assert {"handbook", "docsstorex1", "docs-x1"} < set(names)
    assert stack.azure(f"{GROUP}?api-version=2024-11-01").status_code == 404


def test_a_role_that_comes_late_is_waited_for(stack: Stack) -> None:
    """The indexer's creation is refused until the role has spread; then it is accepted."""
    stack.door("PUT", "azure/durations", {"role": 3})
    began = time.monotonic()
    stack.apply()
    assert time.monotonic() - began > 2
    assert stack.plan()["empty"]


def test_without_a_role_it_fails_at_once(stack: Stack) -> None:
    documents = RESOURCES.split("---\n")
    stack.write("---\n".join([*documents[:-1], SEARCH]))
    ran = stack.cli("apply", "--yes")
    assert ran.code == 1
    assert "Credentials provided in the connection string are invalid" in ran.err
