"""docs/manifests.md names every property of a project file and a manifest, and no other."""

from __future__ import annotations

import json
import re

import pytest

from tests.docs.pages import ROOT
from tests.world import World

PAGE = (ROOT / "docs" / "manifests.md").read_text()
PLACES = [
    ("Under `spec`:", 'spec: {zzz: 1, environments: {e: {service: {endpoint: "http://x"}}}}'),
    ("Under `service`:", 'spec: {environments: {e: {service: {endpoint: "http://x", zzz: 1}}}}'),
    (
        "A secret comes from one of:",
        'spec: {secrets: {s: {env: S, zzz: 1}}, environments: {e: {service: {endpoint: "http://x"}}}}',
    ),
]
IN_MANIFEST = [
    ("Under `metadata`:", "{name: a, zzz: 1}"),
    ("Under `lifecycle`:", "{name: a, lifecycle: {zzz: 1}}"),
]


def named(heading: str) -> set[str]:
    """The properties in the table beneath a line of the page."""
    table = PAGE.split(heading, 1)[1].lstrip().split("\n\n", 1)[0]
    return set(re.findall(r"^\| `(\w+)` \|", table, re.MULTILINE))


def known(world: World) -> set[str]:
    """What the tool knows where something unknown stands."""
    found = json.loads(world.cli("validate", "--format", "json").out)["problems"]
    fixes = [p["fix"] for p in found if p["message"] == "unknown property `zzz`"]
    assert len(fixes) == 1
    return set(fixes[0].removeprefix("known here: ").split(", "))


@pytest.mark.parametrize(("heading", "spec"), PLACES, ids=lambda text: text[:25])
def test_properties_of_the_project_file(world: World, heading: str, spec: str) -> None:
    head = "apiVersion: reconciler/v1\nkind: Project\nmetadata: {name: a}\n"
    world.write("reconciler.yaml", f"{head}{spec}\n")
    assert named(heading) == known(world)


@pytest.mark.parametrize(("heading", "metadata"), IN_MANIFEST, ids=lambda text: text[:25])
def test_properties_of_a_manifest(world: World, heading: str, metadata: str) -> None:
    text = f"apiVersion: azure-ai-search\nkind: Alias\nmetadata: {metadata}\nspec: {{}}\n"
    world.write("manifests/a.yaml", text)
    assert named(heading) == known(world)


def test_properties_of_an_environment(world: World) -> None:
    spec = 'spec: {environments: {e: {zzz: 1, service: {endpoint: "http://x"}}}}'
    head = "apiVersion: reconciler/v1\nkind: Project\nmetadata: {name: a}\n"
    world.write("reconciler.yaml", f"{head}{spec}\n")
    sentence = PAGE.split("Under an environment: ", 1)[1].split(".", 1)[0]
    assert set(re.findall(r"`(\w+)`", sentence)) == known(world)
