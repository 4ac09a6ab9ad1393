"""A hundred and sixty objects of which none has changed: one call a kind, and nothing written."""

from __future__ import annotations

import shutil

import pytest

from tests.world import COLLECTIONS, World

PIPELINES = 20
"""As many as a service has synonym maps, at most (FACTS f)."""
SPECS = {
    "SynonymMap": """
        format: solr
        synonyms: usa, united states
        """,
    "DataSource": """
        type: azureblob
        credentials: {connectionString: "ResourceId=/subscriptions/0;"}
        container: {name: docs}
        """,
    "Index": "fields: [{name: id, type: Edm.String, key: true}]",
    "Skillset": """
        skills:
        - "@odata.type": "#Microsoft.Skills.Text.MergeSkill"
          inputs: [{name: text, source: /document/content}]
          outputs: [{name: mergedText}]
        """,
    "Indexer": """
        dataSourceName: NAME
        skillsetName: NAME
        targetIndexName: NAME
        """,
    "Alias": "indexes: [NAME]",
    "KnowledgeSource": """
        kind: searchIndex
        searchIndexParameters: {searchIndexName: NAME}
        """,
    "KnowledgeBase": "knowledgeSources: [{name: NAME}]",
}


@pytest.fixture
def applied(world: World) -> World:
    """A project of many objects that were applied."""
    for number in range(PIPELINES):
        for kind, spec in SPECS.items():
            name = f"{'alias' if kind == 'Alias' else 'docs'}-{number}"
            world.declare(f"{kind}/{name}", spec.replace("NAME", f"docs-{number}"))
    world.apply()
    assert len(world.writes()) == PIPELINES * len(SPECS)
    return world


def test_one_call_a_kind(applied: World) -> None:
    """By every command that looks, with and without what is remembered between runs."""
    commands = ("plan", "plan", "apply --yes", "drift", "plan --format json")
    for command in commands:
        _is_quiet(applied, command)
        shutil.rmtree(applied.root / ".reconciler" / "cache")
        _is_quiet(applied, command)
    (applied.root / ".reconciler" / "test.ledger.json").unlink()
    _is_quiet(applied, "plan")


def _is_quiet(world: World, command: str) -> None:
    before = _files(world)
    ran = world.cli(*command.split())
    assert ran.code == 0, ran.out + ran.err
    calls = [str(call) for call in world.service.calls()]
    assert sorted(calls) == sorted(f"GET /{name} -> 200" for name in COLLECTIONS.values())
    assert _files(world) == before


def _files(world: World) -> dict[str, bytes]:
    """The ledger, byte by byte; a cache may change."""
    return {file.name: file.read_bytes() for file in world.root.glob(".reconciler/*.json*")}
