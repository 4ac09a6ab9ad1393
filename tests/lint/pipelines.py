"""A pipeline that is right, in which a test changes what it is about."""

from __future__ import annotations

import json
from typing import Any, NamedTuple

from ruamel.yaml import YAML

from tests.world import World

VERSION = "azure-ai-search/2026-04-01"
_SPECS = {
    "DataSource": """
        type: azureblob
        credentials: {connectionString: "ResourceId=/subscriptions/0;"}
        container: {name: docs}
        dataDeletionDetectionPolicy:
          "@odata.type": "#Microsoft.Azure.Search.NativeBlobSoftDeleteDeletionDetectionPolicy"
    """,
    "Index": """
        fields:
          - {name: id, type: Edm.String, key: true, analyzer: keyword}
          - {name: parent, type: Edm.String}
          - {name: Title, type: Edm.String}
          - {name: tags, type: Collection(Edm.String)}
          - name: address
            type: Edm.ComplexType
            fields: [{name: city, type: Edm.String}]
    """,
    "Skillset": """
        skills:
          - "@odata.type": "#Microsoft.Skills.Text.SplitSkill"
            textSplitMode: pages
            maximumPageLength: 2000
            inputs: [{name: text, source: /document/content}]
            outputs: [{name: textItems, targetName: pages}]
        indexProjections:
          selectors:
            - targetIndexName: docs
              parentKeyFieldName: parent
              sourceContext: /document/pages/*
              mappings: [{name: Title, source: /document/pages/*}]
          parameters: {projectionMode: skipIndexingParentDocuments}
    """,
    "Indexer": """
        dataSourceName: docs
        skillsetName: docs
        targetIndexName: docs
    """,
}

MAPPING = "Indexer/fieldMappings"
OUTPUT = "Indexer/outputFieldMappings"
SETTINGS = "Indexer/parameters/configuration"
SOURCE = "DataSource/type"
PATH = "sourceFieldName: metadata_storage_path, targetFieldName: id"
BASE64 = "mappingFunction: {name: base64Encode}"
CHANGE, DELETION = "DataSource/dataChangeDetectionPolicy", "DataSource/dataDeletionDetectionPolicy"
STRING = "DataSource/credentials/connectionString"
POLICY = "#Microsoft.Azure.Search."
MARK = (
    f'{{"@odata.type": "{POLICY}HighWaterMarkChangeDetectionPolicy", highWaterMarkColumnName: %s}}'
)

Wrong = tuple[str, dict[str, str], list[tuple[str, str]]]
"""A rule, changes, and how grave each problem is, with the text that its place begins with."""

Right = tuple[str, dict[str, str]]
"""A rule that says nothing of these changes."""


def mapped(text: str) -> dict[str, str]:
    return {MAPPING: f"[{{{text}}}]"}


class Told(NamedTuple):
    """What one rule says: how grave it is, a part of the message, and what stands at its place."""

    severity: str
    message: str
    place: str


def pipeline(changes: dict[str, str]) -> str:
    """The documents of the pipeline, each on a line of its own.

    Args:
        changes: YAML by `Kind/property/…`, which replaces that one; empty text deletes it.
    """
    specs = {kind: _parsed(text) for kind, text in _SPECS.items()}
    for path, text in changes.items():
        kind, *names, name = path.split("/")
        holder: Any = specs[kind]
        for step in names:
            holder = holder[int(step)] if isinstance(holder, list) else holder.setdefault(step, {})
        if text:
            holder[int(name) if isinstance(holder, list) else name] = _parsed(text)
        else:
            holder.pop(name, None)
    documents = [
        {"apiVersion": VERSION, "kind": kind, "metadata": {"name": "docs"}, "spec": spec}
        for kind, spec in specs.items()
    ]
    return "---\n".join(json.dumps(document) + "\n" for document in documents)


def told(world: World, rule: str, changes: dict[str, str]) -> list[Told]:
    """What `validate` says of a pipeline by one rule, in the order of the file."""
    manifest = pipeline(changes)
    world.write("manifests/docs.yaml", manifest)
    lines = manifest.splitlines()
    ran = world.cli("validate", "--format", "json")
    found = [one for one in json.loads(ran.out)["problems"] if one["code"] == rule]
    return [
        Told(one["severity"], one["message"], lines[one["line"] - 1][one["column"] - 1 :])
        for one in sorted(found, key=lambda one: (one["line"], one["column"]))
    ]


def _parsed(text: str) -> Any:
    return YAML(typ="safe").load(text)
