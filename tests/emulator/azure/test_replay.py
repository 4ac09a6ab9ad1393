"""Every recorded dialogue that touches a kind of ours, sent again: what differs, and why."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

from .conftest import Subscription
from .replayed import Replay, dialogue, dialogues

# What differs beside what moved with the date (replayed.MOVED), by dialogue.
REASONS = {
    "BlobContainer-immutability_policy": "a container under a policy that is not emulated",
    "BlobContainer-legal_hold": "a container that the recording does not make",
    "BlobService-storage_account_ors": "2019-06-01 has no allowPermanentDelete",
    "ResourceGroup-NewResourceGroup": "the group's GET came before its PUT",
    "ResourceGroup-NewResourceGroup_Error": "regions have been added since",
    "RoleAssignment-OwnerIsARMID_ExtensionResourceSuccessfullyReconciled": "a scope that is a "
    "user-assigned identity",
    "RoleAssignment-SubscriptionAndAlias_CRUD": "2020-08-01-preview has canDelegate, and a DELETE "
    "without createdBy",
    "SearchService-private_endpoint_connection_crud": "private endpoints",
    "SearchService-service_create_skus-2018": "a subscription without quota for a sku",
    "StorageAccount-CreateStorageAccountWithSkipReconcile_SecretsAreWritten": "the states of the "
    "creation had other lengths",
    "StorageAccount-Storage_StorageAccount_20230101_CRUD": "what was missed first: the account, "
    "later recordings say the group",
    "StorageAccount-storage_account_failover": "replication and failover",
    "StorageAccount-storage_account_private_endpoint": "private endpoints",
    "StorageAccount-storage_create_with_encryption_key_type": "keys a service: shown where "
    "keyType is Service",
}


def test_recorded_dialogues_are_answered_as_recorded(
    recordings: Path, subscribe: Callable[..., Subscription]
) -> None:
    compared = equal = 0
    differing = {}
    for file in dialogues(recordings):
        replay = Replay(subscribe(), dialogue(file))
        replay.run()
        compared += replay.compared
        equal += replay.equal
        if replay.differences:
            differing[file.stem] = replay.differences
    unexplained = {name: found for name, found in differing.items() if name not in REASONS}
    assert unexplained == {}
    assert compared > 700
    assert equal / compared >= 0.96
    assert set(differing) == set(REASONS)


def test_a_dialogue_with_other_names_and_values_is_answered_likewise(
    recordings: Path, subscribe: Callable[..., Subscription]
) -> None:
    """No table of answers would pass."""
    file = recordings / "dialogues" / "SearchService-Search_SearchService_CRUD.json"
    text = file.read_text(encoding="utf-8")
    for old, new in (
        ("asotest-search-htqllr", "another-search"),
        ("asotest-rg-zadzmw", "Another.Group"),
        ('"location": "westus2"', '"location": "eastus"'),
        ('"West US 2"', '"East US"'),
        ('"foo": "bar"', '"x": "y"'),
        ('"name": "standard"', '"name": "standard3"'),
    ):
        assert old in text, old
        text = text.replace(old, new)
    replay = Replay(subscribe(), json.loads(text))
    replay.run()
    assert (replay.differences, replay.equal) == ([], replay.compared)
    assert replay.compared > 10
