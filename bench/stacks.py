"""Stacks of a given size: pipelines of one object of every kind, written as block-style YAML."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from pathlib import Path
from typing import Any

PROJECT = """\
apiVersion: reconciler/v1
kind: Project
metadata:
  name: bench
spec:
  secrets:
    storage:
      env: BENCH_STORAGE
  environments:
    bench:
      service:
        endpoint: {endpoint}
        credential:
          apiKey: ${{env.BENCH_KEY}}
"""


def write(folder: Path, endpoint: str, objects: int, kilobytes: int) -> None:
    """A project of so many objects, of about `kilobytes` each but for the aliases."""
    (folder / "manifests").mkdir(parents=True)
    (folder / "reconciler.yaml").write_text(PROJECT.format(endpoint=endpoint))
    documents = (
        (f"{kind.lower()}-{number:03}", kind, body)
        for number in itertools.count()
        for kind, body in _pipeline(number, kilobytes * 1150)
    )
    for name, kind, body in itertools.islice(documents, objects):
        (folder / "manifests" / f"{name}.yaml").write_text(_document(kind, name, body))


def _pipeline(number: int, size: int) -> Iterator[tuple[str, dict[str, Any]]]:
    """One object of every kind, of about `size` bytes of YAML, each after what it refers to."""
    name = f"{number:03}"
    rules = "".join(f"    word{i}, term{i}, expression{i}\n" for i in range(max(1, size // 34)))
    yield "SynonymMap", {"format": "solr", "synonyms": "|\n" + rules.rstrip()}
    yield (
        "DataSource",
        {
            "type": "azureblob",
            "description": "d" * max(0, size - 300),
            "credentials": {"connectionString": "${secret.storage}"},
            "container": {"name": "documents", "query": f"folder-{name}"},
        },
    )
    skills = min(29, max(1, size // 420))
    yield (
        "Skillset",
        {
            "description": "s" * max(0, size - skills * 420),
            "skills": [_split(), *(_merge(i) for i in range(skills - 1))],
        },
    )
    yield (
        "Index",
        {
            "fields": [
                {"name": "id", "type": "Edm.String", "key": True},
                {**_FIELD, "name": "title", "synonymMaps": [f"synonymmap-{name}"]},
                *({**_FIELD, "name": f"field{i}"} for i in range(max(1, size // 165))),
            ]
        },
    )
    yield (
        "Indexer",
        {
            "dataSourceName": f"datasource-{name}",
            "skillsetName": f"skillset-{name}",
            "targetIndexName": f"index-{name}",
            "schedule": {"interval": "PT1H"},
            "fieldMappings": [
                {
                    "sourceFieldName": f"source{i}",
                    "targetFieldName": f"field{i % max(1, size // 165)}",
                }
                for i in range(max(1, size // 80))
            ],
        },
    )
    yield "Alias", {"indexes": [f"index-{name}"]}
    yield (
        "KnowledgeSource",
        {
            "kind": "searchIndex",
            "description": "k" * max(0, size - 200),
            "searchIndexParameters": {"searchIndexName": f"index-{name}"},
        },
    )
    yield (
        "KnowledgeBase",
        {
            "description": "b" * max(0, size - 200),
            "knowledgeSources": [{"name": f"knowledgesource-{name}"}],
        },
    )


_FIELD = {
    "type": "Edm.String",
    "searchable": True,
    "filterable": True,
    "sortable": False,
    "facetable": False,
    "retrievable": True,
    "analyzer": "en.lucene",
}


def _split() -> dict[str, Any]:
    return {
        "@odata.type": "#Microsoft.Skills.Text.SplitSkill",
        "name": "split",
        "context": "/document",
        "textSplitMode": "pages",
        "maximumPageLength": 2000,
        "inputs": [{"name": "text", "source": "/document/content"}],
        "outputs": [{"name": "textItems", "targetName": "pages"}],
    }


def _merge(number: int) -> dict[str, Any]:
    return {
        "@odata.type": "#Microsoft.Skills.Text.MergeSkill",
        "name": f"merge-{number}",
        "description": "Puts the text of images back where it was found.",
        "context": "/document",
        "insertPreTag": " ",
        "insertPostTag": " ",
        "inputs": [
            {"name": "text", "source": "/document/content"},
            {"name": "itemsToInsert", "source": "/document/pages"},
        ],
        "outputs": [{"name": "mergedText", "targetName": f"merged{number}"}],
    }


def _document(kind: str, name: str, body: dict[str, Any]) -> str:
    head = f"apiVersion: azure-ai-search\nkind: {kind}\nmetadata:\n  name: {name}\nspec:\n"
    return head + "".join(_block(body, "  "))


def _block(value: Any, indent: str) -> Iterator[str]:
    """Block-style YAML, as people and tools write it."""
    for key, inner in value.items():
        name = f'"{key}"' if key.startswith("@") else key
        if isinstance(inner, dict):
            yield f"{indent}{name}:\n"
            yield from _block(inner, indent + "  ")
        elif isinstance(inner, list) and inner and isinstance(inner[0], dict):
            yield f"{indent}{name}:\n"
            for element in inner:
                first, *rest = _block(element, indent + "    ")
                yield f"{indent}  - {first.lstrip()}"
                yield from rest
        else:
            yield f"{indent}{name}: {_scalar(inner)}\n"


def _scalar(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, list):
        return "[" + ", ".join(map(_scalar, value)) + "]"
    text = str(value)
    return f'"{text}"' if text.startswith("#") or text == " " else text
