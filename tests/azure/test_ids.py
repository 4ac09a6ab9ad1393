"""Ids of Azure have no case: whatever comes back, an object is the one that was declared."""

from __future__ import annotations

import asyncio

import httpx
import pytest

from reconciler.providers import AZURE, kind
from reconciler.providers.azure.service import ENDPOINT, PROFILE, ResourceManager
from reconciler.schema.kind import Readiness
from reconciler.wire import ApiKey, Wire

GROUP = "/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/docs-rg"
STORE = f"{GROUP}/providers/Microsoft.Storage/storageAccounts/docsstorex1"
BOXES = f"{STORE}/blobServices/default/containers"


@pytest.mark.parametrize("spelled", [str, str.lower, str.upper, str.swapcase])
@pytest.mark.parametrize(
    ("of", "collection", "address"),
    [
        ("BlobContainer", BOXES, "BlobContainer/docsstorex1/handbook"),
        ("StorageAccount", STORE.rpartition("/")[0], "StorageAccount/handbook"),
    ],
)
def test_a_list_in_any_case(of: str, collection: str, address: str, spelled: object) -> None:
    assert callable(spelled)
    shown = {"id": spelled(f"{collection}/handbook"), "name": "handbook", "properties": {}}
    answer = httpx.MockTransport(lambda _: httpx.Response(200, json={"value": [shown]}))

    async def listed() -> list[str]:
        wire = Wire(ENDPOINT, ApiKey("a-token", "Authorization"), PROFILE, transport=answer)
        async with wire:
            found = await ResourceManager(wire).list(kind(of), "2025-06-01", collection)
        return [str(live.id).casefold() for live in found]

    assert asyncio.run(listed()) == [address.casefold()]


@pytest.mark.parametrize("properties", [None, True, "x", [], [{}], {"provisioningState": 1}])
@pytest.mark.parametrize("of", AZURE.kinds)
def test_properties_may_be_anything(of: str, properties: object) -> None:
    manager = ResourceManager(Wire(ENDPOINT, ApiKey("a-token", "Authorization"), PROFILE))
    name = f"{STORE}/providers/Microsoft.Any/things/one"
    shown = manager.live(kind(of), {"id": name, "properties": properties}, "2025-06-01")
    assert shown.name_on_service == name
    readiness = kind(of).readiness
    assert readiness is None or readiness(shown.body) is Readiness.READY
