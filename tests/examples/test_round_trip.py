"""Every example, applied and exported: the plan of what was written is empty."""

from __future__ import annotations

import re
import shutil
from pathlib import Path
from typing import Any

import pytest

from tests.world import KEY, World

ROOT = Path(__file__).parents[2]
EXAMPLES = sorted(file.parent for file in ROOT.glob("examples/*/reconciler.yaml"))
LOCAL = {"three-environments": "dev"}  # the others call it local
STORAGE = "DefaultEndpointsProtocol=https;AccountName=x;AccountKey=y"


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda folder: folder.name)
def test_what_is_exported_is_what_is_live(world: World, example: Path) -> None:
    top, service = world.root, world.service
    world.root = top / "applied"
    shutil.copytree(example, world.root, ignore=shutil.ignore_patterns(".reconciler"))
    project = world.root / "reconciler.yaml"
    text = project.read_text().replace("http://127.0.0.1:8471", service.url)
    project.write_text(text)
    secrets = re.findall(r"^ +\w+: \{env: (\w+)\}", text, re.MULTILINE)
    world.environ = {"RECONCILER_API_KEY": KEY} | dict.fromkeys(secrets, STORAGE)
    world.apply("-e", LOCAL.get(example.name, "local"))
    live = {address: service.get(address) for address in service.objects()}
    ours = {address for address in live if address.partition("/")[2] not in made_by_a_source(live)}

    world.root, world.environ = top / "exported", {"RECONCILER_API_KEY": KEY}
    world.root.mkdir()
    to = ("--endpoint", service.url, "--api-key-env", "RECONCILER_API_KEY", "--out", "manifests")
    ran = world.cli("export", *to)
    assert ran.code == 0, ran.out + ran.err
    service.calls()
    plan = world.plan()
    assert {change["action"] for change in plan["changes"]} <= {"adopt", "keep"}, plan
    assert {change["address"] for change in plan["changes"]} == ours
    world.apply()
    assert not world.writes()
    assert world.cli("plan").last.startswith("No changes.")
    assert {address: service.get(address) for address in service.objects()} == live


def made_by_a_source(live: dict[str, Any]) -> set[str]:
    """The names of what a knowledge source made for itself, as it says."""
    found: set[str] = set()
    for body in live.values():
        created = (body.get("azureBlobParameters") or {}).get("createdResources") or {}
        found |= set(created.values())
    return found
