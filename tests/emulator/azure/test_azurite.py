"""An account whose blobs are in a real blob service, read by identity."""

from __future__ import annotations

from collections.abc import Callable

from tests.storage.azurite import Azurite, azurite

from .conftest import ACCOUNT, CONTAINER, SEARCH, Subscription
from .test_reach import define, indexer, last_run

__all__ = ["azurite"]  # a fixture


def test_containers_come_and_go_in_the_blob_service(
    azurite: Azurite, subscribe: Callable[..., Subscription]
) -> None:
    azure = subscribe(storage={"docsstore": azurite.url})
    azure.group()
    azure.service(disableLocalAuth=True)
    azure.account()
    azure.put(CONTAINER, {})
    with azurite.blobs.get_container_client("handbook") as blobs:
        blobs.upload_blob("a.txt", b"Sick leave is paid.")
    azure.role(ACCOUNT, azure.get(SEARCH)["identity"]["principalId"])
    define(azure)
    assert indexer(azure) == 201
    assert last_run(azure).items() >= {"status": "success", "itemsProcessed": 1}.items()
    azure.delete(ACCOUNT)
    assert not azurite.blobs.get_container_client("handbook").exists()
