"""Objects of one kind in several api-versions, and an older version over a newer object."""

from __future__ import annotations

import pytest

from tests.world import World

PREVIEW = "2026-08-01-preview"
PLAIN = """
    fields:
      - {name: id, type: Edm.String, key: true}
"""
GUARDED = """
    permissionFilterOption: enabled
    fields:
      - {name: id, type: Edm.String, key: true}
      - {name: groups, type: Collection(Edm.String), permissionFilter: groupIds}
"""


def declare(world: World, address: str, spec: str, version: str) -> None:
    world.declare(address, spec)
    name = address.lower().replace("/", "-")
    file = world.root / f"manifests/{name}.yaml"
    file.write_text(file.read_text().replace("azure-ai-search\n", f"azure-ai-search/{version}\n"))


@pytest.mark.parametrize("plain", ["2026-04-01", "2024-07-01", "2023-11-01"])
def test_each_is_read_in_its_own(world: World, plain: str) -> None:
    declare(world, "Index/guarded", GUARDED, PREVIEW)
    declare(world, "Index/plain", PLAIN, plain)
    world.apply()
    assert world.cli("plan").last == "No changes. 2 unchanged, 0 unmanaged."
    assert world.cli("plan").last == "No changes. 2 unchanged, 0 unmanaged."
    assert world.cli("drift").code == 0
    world.undeclare("Index/guarded")
    assert "Index/guarded will be destroyed" in world.cli("plan").out
    body = world.service.http.get("/indexes('guarded')", params={"api-version": PREVIEW}).json()
    body["description"] = "by hand"
    query = {"api-version": PREVIEW}
    world.service.http.put("/indexes('guarded')", json=body, params=query).raise_for_status()
    assert world.cli("drift").code == 2


def test_an_older_version_drops_nothing_unseen(world: World) -> None:
    declare(world, "Index/guarded", GUARDED, PREVIEW)
    world.apply()
    older = GUARDED.replace("permissionFilterOption: enabled", "description: Older.")
    declare(world, "Index/guarded", older.replace(", permissionFilter: groupIds", ""), "2026-04-01")
    ran = world.cli("apply", "--yes", "--consent", "Index/guarded")
    assert ran.code == 1
    assert "/permissionFilterOption" in ran.err
    assert "/fields/groups/permissionFilter" in ran.err
    assert f"azure-ai-search/{PREVIEW}" in ran.err or "azure-ai-search/2025-" in ran.err
    body = world.service.http.get("/indexes('guarded')", params={"api-version": PREVIEW}).json()
    assert body["permissionFilterOption"] == "enabled"
