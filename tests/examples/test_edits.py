"""The pages of examples say what edits do: so does the plan."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from tests.world import KEY, World

ROOT = Path(__file__).parents[2]
KEY_VERSION = 'keyVaultKeyVersion: "00000000000000000000000000000000"'
DIGITS = "0" * 31 + "1"
PRODUCTS = "manifests/products.yaml"
GERMAN = '      synonymMaps: ["${SynonymMap.hardware-german}"]'
NEW_ANALYZER = """
    - "@odata.type": "#Microsoft.Azure.Search.CustomAnalyzer"
      name: another
      tokenizer: standard_v2
"""
EDITS = {
    "synonyms, a rule": (
        "synonyms/synonyms/german.txt",
        "Flex, ",
        "Flex, Trennhexe, ",
        {"SynonymMap/hardware-german": "in-place"},
    ),
    "synonyms, another map": (
        f"synonyms/{PRODUCTS}",
        GERMAN,
        GERMAN.replace("german", "brands"),
        {"Index/products-v1": "in-place"},
    ),
    "synonyms, no map": (
        f"synonyms/{PRODUCTS}",
        GERMAN,
        "      synonymMaps: []",
        {"Index/products-v1": "in-place"},
    ),
    "synonyms, a new analyzer": (
        f"synonyms/{PRODUCTS}",
        "\n  charFilters:\n",
        f"{NEW_ANALYZER}\n  charFilters:\n",
        {"Index/products-v1": "brief-downtime"},
    ),
    "synonyms, a word": (
        f"synonyms/{PRODUCTS}",
        "wordList: [akku, ",
        "wordList: [akku, blatt, ",
        {"Index/products-v1": "rebuild"},
    ),
    "customer-keys, another version": (
        "customer-keys/reconciler.yaml",
        KEY_VERSION,
        f'keyVaultKeyVersion: "{DIGITS}"',
        {
            "DataSource/personnel": "in-place",
            "Index/personnel-v1": "in-place",
            "Indexer/personnel": "in-place",
            "Skillset/personnel": "in-place",
            "SynonymMap/personnel": "in-place",
        },
    ),
    "customer-keys, no key": (
        "customer-keys/manifests/index.yaml",
        "facetable: false\n  encryptionKey: ${var.key}\n",
        "facetable: false\n",
        {"Index/personnel-v1": "rebuild"},
    ),
}


def copied(world: World, example: str) -> None:
    """A copy of an example whose local environment is the running service."""
    shutil.copytree(
        ROOT / "examples" / example,
        world.root,
        dirs_exist_ok=True,
        ignore=shutil.ignore_patterns(".reconciler"),
    )
    project = world.root / "reconciler.yaml"
    text = project.read_text().replace("http://127.0.0.1:8471", world.service.url)
    project.write_text(text)
    world.environ = {"RECONCILER_API_KEY": KEY}


def effects(world: World) -> dict[str, str]:
    plan = json.loads(world.cli("plan", "-e", "local", "--format", "json").out)
    return {change["address"]: change["effect"] for change in plan["changes"]}


@pytest.mark.parametrize("edit", EDITS)
def test_an_edit_does_what_the_page_says(world: World, edit: str) -> None:
    path, before, after, wanted = EDITS[edit]
    example, _, file = path.partition("/")
    copied(world, example)
    world.apply("-e", "local")
    text = (world.root / file).read_text()
    assert text.count(before) == 1
    (world.root / file).write_text(text.replace(before, after))
    assert effects(world) == wanted


def test_an_identity_is_removed_everywhere_by_one_edit(world: World) -> None:
    copied(world, "user-assigned-identity")
    world.apply("-e", "local")
    project = world.root / "reconciler.yaml"
    before, _, rest = project.read_text().partition("    identity:\n")
    after = "    storage:" + rest.partition("    storage:")[2]
    project.write_text(f"{before}    identity: null\n{after}")
    changed = effects(world)
    assert changed.keys() == {"DataSource/claims", "Skillset/claims", "Index/claims-v1"}
    world.apply("-e", "local")
    assert world.cli("plan", "-e", "local").last.startswith("No changes.")
    live = [world.service.get(address) for address in changed]
    assert "claims-search" not in json.dumps(live)
