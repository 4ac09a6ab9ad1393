"""What lies in what goes, and is not ours: it is told, and needs a consent of its own."""

from __future__ import annotations

from .conftest import CONSENTS, RESOURCES, SUBSCRIPTION, Stack
from .test_killed import until_met

GROUP = f"/subscriptions/{SUBSCRIPTION}/resourceGroups/docs-rg"
ACCOUNT = f"{GROUP}/providers/Microsoft.Storage/storageAccounts"
SAID = "would take along 1 that this plan does not delete: microsoft.storage/storageaccounts"


def made_by_hand(stack: Stack) -> None:
    """Somebody else's account in our group."""
    body = {"location": "swedencentral", "kind": "StorageV2", "sku": {"name": "Standard_LRS"}}
    reply = stack.azure(f"{ACCOUNT}/theirs?api-version=2025-06-01", "PUT", body)
    assert reply.status_code == 202, reply.text


def is_there(stack: Stack) -> bool:
    return stack.azure(f"{ACCOUNT}/theirs?api-version=2025-06-01").status_code == 200


def test_others_in_a_group_need_a_consent_of_their_own(stack: Stack) -> None:
    stack.write(RESOURCES)
    stack.apply()
    made_by_hand(stack)
    assert stack.plan()["empty"]
    refused = stack.cli("destroy", "--yes", *CONSENTS)
    assert refused.code == 3
    assert f"ResourceGroup/docs-rg {SAID}/theirs" in refused.out
    assert "--consent ResourceGroup/docs-rg:delete-others" in refused.out
    assert is_there(stack)
    gone = stack.cli(
        "destroy", "--yes", *CONSENTS, "--consent", "ResourceGroup/docs-rg:delete-others"
    )
    assert gone.code == 0, gone.out + gone.err
    assert not is_there(stack)


def test_others_in_an_account_likewise(stack: Stack) -> None:
    stack.write(RESOURCES)
    stack.apply()
    box = f"{ACCOUNT}/docsstorex1/blobServices/default/containers/theirs"
    assert stack.azure(f"{box}?api-version=2025-06-01", "PUT", {}).status_code == 201
    refused = stack.cli("destroy", "--yes", *CONSENTS)
    assert refused.code == 3
    said = f"{SAID}/docsstorex1/blobservices/default/containers/theirs"
    assert f"StorageAccount/docsstore {said}" in refused.out
    assert "ResourceGroup/docs-rg would take along" not in refused.out


def test_what_stays_declared_is_among_the_others(stack: Stack) -> None:
    """The group's document is deleted, those of what lies in it are not."""
    stack.write(RESOURCES)
    stack.apply()
    stack.write("---\n".join(RESOURCES.split("---\n")[1:]))
    refused = stack.cli("apply", "--yes", "--consent", "ResourceGroup/docs-rg")
    assert refused.code == 3
    assert "would take along 2 that this plan does not delete" in refused.out
    assert stack.azure(f"{GROUP}?api-version=2024-11-01").status_code == 200


def test_what_comes_to_lie_in_it_meanwhile_keeps_it(stack: Stack) -> None:
    stack.write(RESOURCES)
    stack.apply()
    late = {"fault": "latency", "seconds": 2, "method": "DELETE", "times": 1}
    stack.door("PUT", "faults", [late])
    process = stack.process("destroy", "--yes", *CONSENTS)
    until_met(stack)
    made_by_hand(stack)
    out, err = process.communicate()
    assert process.returncode == 1, out + err
    assert "it has changed since it was read" in out + err
    assert is_there(stack)
