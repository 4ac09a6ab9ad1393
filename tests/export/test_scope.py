"""Kinds that are neither exported nor imported: it is said before anything is read."""

from __future__ import annotations

import json

import pytest

from reconciler.providers import AZURE, kind
from tests.world import World

SAID = "is neither exported nor imported: only kinds of the search service are [not-exported]"


@pytest.mark.parametrize("of", [*AZURE.kinds, "Check"])
def test_a_target_of_another_provider(world: World, of: str) -> None:
    ran = world.cli("export", "--target", f"{of}/docs")
    assert ran.code == 1
    assert f"error: {of} {SAID}" in ran.err
    assert "by hand" in ran.err


@pytest.mark.parametrize("of", AZURE.kinds)
def test_a_resource_as_azure_shows_it(world: World, of: str) -> None:
    file, resource = world.root / "kept.json", kind(of).type_on_service
    shown = {"id": f"/subscriptions/s/{resource}/docs", "name": "docs", "type": resource.upper()}
    file.write_text(json.dumps({"value": [shown | {"properties": {"provisioningState": "?"}}]}))
    for arguments in ((), ("--kind", of)):
        ran = world.cli("import", *arguments, str(file))
        assert ran.code == 1
        assert f"{of} {SAID}" in ran.err
        assert f"docs/kinds/{of}.md" in ran.err
