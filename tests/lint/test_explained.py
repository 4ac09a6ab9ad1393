"""`reconciler explain Skillset/NAME`: the enriched document, as text, drawing and JSON."""

from __future__ import annotations

import json

from tests.world import World

STACK = """
apiVersion: azure-ai-search
kind: DataSource
metadata: {name: docs}
spec:
  type: onelake
  credentials: {connectionString: ResourceId=8f1c2f0e-5a53-4a3e-9d0c-3a3f0d3e6a10}
  container: {name: 2b7f4c1e-7c55-4f0a-8a59-0e6a1c0b9d11}
---
apiVersion: azure-ai-search
kind: Skillset
metadata: {name: docs}
spec:
  skills:
    - "@odata.type": "#Microsoft.Skills.Text.SplitSkill"
      name: split
      maximumPageLength: 2000
      inputs: [{name: text, source: /document/content}]
      outputs: [{name: textItems, targetName: pages}]
    - "@odata.type": "#Microsoft.Skills.Text.KeyPhraseExtractionSkill"
      name: phrases
      context: /document/pages/*
      inputs: [{name: text, source: /document/pages/*}]
      outputs: [{name: keyPhrases}]
---
apiVersion: azure-ai-search
kind: Index
metadata: {name: docs}
spec:
  fields:
    - {name: id, type: Edm.String, key: true}
    - {name: phrases, type: Collection(Edm.String)}
---
apiVersion: azure-ai-search
kind: Indexer
metadata: {name: docs}
spec:
  dataSourceName: docs
  skillsetName: docs
  targetIndexName: docs
  outputFieldMappings:
    - {sourceFieldName: /document/pages/*/keyPhrases/*, targetFieldName: phrases}
"""
TREE = [
    "As Indexer/docs runs it over DataSource/docs:",
    "document",
    "  content         string                      by the data source (onelake); "
    "read by `text` of skill `split`",
    "  pages           list(string (up to 2,000))  by `textItems` of skill `split`",
    "    *             string (up to 2,000)        by `textItems` of skill `split`; "
    "read by the context of skill `phrases`, `text` of skill `phrases`",
    "      keyPhrases  list(string)                by `keyPhrases` of skill `phrases`",
    "        *         string                      by `keyPhrases` of skill `phrases`; "
    "read by the output field mapping to `phrases`",
]


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
