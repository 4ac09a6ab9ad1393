"""`reconciler explain Skillset/NAME`: the enriched document, as text, drawing and JSON."""

from __future__ import annotations

import json
import re
from pathlib import Path

from tests.world import World

ROOT = Path(__file__).parents[2]

PAGE = (ROOT / "docs" / "enrichment.md").read_text()
STACK = re.findall(r"```yaml\n(.*?)```", PAGE, re.DOTALL)[0]
TREE = re.findall(r"```text\n(.*?)```", PAGE, re.DOTALL)[0].splitlines()


def test_the_tree_shows_types_writers_and_readers(offline: World) -> None:
    offline.write("manifests/docs.yaml", STACK)
    ran = offline.cli("explain", "Skillset/docs")
    assert (ran.code, ran.err) == (0, "")
    assert ran.out.splitlines()[: len(TREE)] == TREE
    assert ran.out.splitlines()[-1].endswith("more that nobody reads.")


def test_programs_get_nodes_and_fields(offline: World) -> None:
    offline.write("manifests/docs.yaml", STACK)
    ran = offline.cli("explain", "Skillset/docs", "--format", "json")
    (pipeline,) = json.loads(ran.out)["pipelines"]
    nodes = {node["path"]: node for node in pipeline["nodes"]}
    assert nodes["/document/pages/*/keyPhrases"]["type"] == "list(string)"
    assert nodes["/document/pages/*/keyPhrases"]["many"]
    assert {
        "index": "Index/docs",
        "field": "phrases",
        "path": "/document/pages/*/keyPhrases/*",
        "type": "list(string)",
    } in pipeline["fields"]


def test_it_is_drawn(offline: World) -> None:
    offline.write("manifests/docs.yaml", STACK)
    lines = offline.cli("explain", "Skillset/docs", "--format", "mermaid").out.splitlines()
    assert lines[0] == "flowchart LR"
    assert any("keyPhrases#58; list#40;string#41;" in line for line in lines)


def test_what_is_not_declared_is_told(offline: World) -> None:
    offline.write("manifests/docs.yaml", STACK)
    ran = offline.cli("explain", "Skillset/dogs")
    assert ran.code == 1
    assert "did you mean `Skillset/docs`?" in ran.err
