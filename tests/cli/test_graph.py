"""`reconciler graph`: the objects and what they need, drawn by others, so escaped for them."""

from __future__ import annotations

import re

import pytest

from tests.world import World

FIELDS = "fields:\n  - {name: id, type: Edm.String, key: true}\n"
MERMAID = """\
flowchart LR
  n1["Alias/docs"]
  n2(["DataSource/blobs (not declared here)"])
  n3["Index/docs-v1"]
  n4["Index/lone"]
  n5["Indexer/docs"]
  n1 --> n3
  n5 --> n2
  n5 --> n3
  n5 -.-> n4
"""
DOT = """\
digraph reconciler {
  rankdir=LR;
  node [shape=box];
  "Alias/docs";
  "DataSource/blobs" [style=dashed, tooltip="not declared here"];
  "Index/docs-v1";
  "Index/lone";
  "Indexer/docs";
  "Alias/docs" -> "Index/docs-v1";
  "Indexer/docs" -> "DataSource/blobs";
  "Indexer/docs" -> "Index/docs-v1";
  "Indexer/docs" -> "Index/lone" [style=dashed];
}
"""


@pytest.fixture
def stack(world: World) -> World:
    """An alias, its index, an indexer whose data source is managed elsewhere."""
    world.project("external: [DataSource/blobs]")
    world.declare("Index/lone", FIELDS)
    world.declare("Index/docs-v1", FIELDS)
    spec = "dataSourceName: blobs\ntargetIndexName: docs-v1\n"
    world.declare("Indexer/docs", spec, "dependsOn: [Index/lone, Index/docs-v1]")
    world.declare("Alias/docs", 'indexes: ["${Index.docs-v1}"]')
    return world


@pytest.mark.parametrize(("form", "drawn"), [("mermaid", MERMAID), ("dot", DOT)])
def test_it_draws_what_needs_what(stack: World, form: str, drawn: str) -> None:
    assert stack.cli("graph", "--format", form) == (0, drawn, "")
    assert not stack.service.calls()


def test_mermaid_is_the_default(stack: World) -> None:
    assert stack.cli("graph").out == MERMAID


def test_it_needs_neither_service_nor_key(stack: World) -> None:
    del stack.environ["RECONCILER_API_KEY"]
    assert stack.cli("graph").out == MERMAID


def test_an_environment_has_its_own(stack: World) -> None:
    text = (stack.root / "reconciler.yaml").read_text()
    other = '    other: {service: {endpoint: "http://x"}}\n'
    (stack.root / "reconciler.yaml").write_text(
        text.replace("environments:\n", f"environments:\n{other}")
    )
    stack.declare("Index/lone", FIELDS, "environments: [test]")
    stack.declare("Alias/second", "indexes: [docs-v1]", "environments: [other]")
    assert "Alias/second" in stack.cli("graph", "-e", "other").out
    assert "Alias/second" not in stack.cli("graph", "-e", "test").out
    assert "choose one with --environment" in stack.cli("graph").err


def test_what_is_wrong_is_drawn_and_told(world: World) -> None:
    world.declare("Index/docs", FIELDS, "dependsOn: [Alias/docs]")
    world.declare("Alias/docs", "indexes: [docs]")
    ran = world.cli("graph")
    assert (ran.code, "[cycle]" in ran.err) == (1, True)
    assert ran.out == (
        'flowchart LR\n  n1["Alias/docs"]\n  n2["Index/docs"]\n  n1 --> n2\n  n2 -.-> n1\n'
    )


NASTY = 'a"]\nend\\<b>&#;`|{x}'


@pytest.mark.parametrize("form", ["mermaid", "dot"])
def test_a_name_cannot_leave_its_label(world: World, form: str) -> None:
    quoted = NASTY.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
    text = "apiVersion: azure-ai-search\nkind: Index\nmetadata:\n  name: %s\nspec: {fields: []}\n"
    (world.root / "manifests" / "index.yaml").write_text(text % f'"{quoted}"')
    ran = world.cli("graph", "--format", form)
    assert ran.code == 1
    lines = [line for line in ran.out.splitlines() if "Index/" in line]
    assert len(lines) == 1
    if form == "mermaid":
        inside = re.fullmatch(r'  n1\["(.*)"\]', lines[0])
        assert inside is not None
        assert re.fullmatch(r"(?:[A-Za-z0-9 ._/-]|#\d+;)*", inside[1])
        told = re.sub(r"#(\d+);", lambda found: chr(int(found[1])), inside[1])
    else:
        inside = re.fullmatch(r'  "((?:[^"\\]|\\.)*)";', lines[0])
        assert inside is not None
        told = inside[1].replace("\\\\", "\0").replace('\\"', '"')
        told = told.replace("\\n", "\n").replace("\0", "\\")
    assert told == f"Index/{NASTY}"
