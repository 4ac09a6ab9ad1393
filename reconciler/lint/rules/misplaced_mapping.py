"""A mapping reads from the wrong side of the skillset.

`fieldMappings` read what the data source has, before the skillset runs; `outputFieldMappings` read
paths of the enriched document, which begin with `/document`, after it. On the wrong side nothing is
found, and the field stays empty. Where fields of JSON files can be named by a path, nothing is
said.

What to do: move the mapping to the other list, or correct its source.

Sources: https://learn.microsoft.com/azure/search/cognitive-search-output-field-mapping

Fails::

    apiVersion: azure-ai-search
    kind: Indexer
    metadata: {name: docs}
    spec:
      dataSourceName: docs
      targetIndexName: docs
      fieldMappings:
        - {sourceFieldName: /document/language, targetFieldName: language}
    ---
    apiVersion: azure-ai-search
    kind: DataSource
    metadata: {name: docs}
    spec:
      type: azureblob
      credentials: {connectionString: "ResourceId=/subscriptions/0;"}
      container: {name: docs}
    ---
    apiVersion: azure-ai-search
    kind: Index
    metadata: {name: docs}
    spec:
      fields:
        - {name: id, type: Edm.String, key: true}
        - {name: language, type: Edm.String}

Passes::

    apiVersion: azure-ai-search
    kind: Indexer
    metadata: {name: docs}
    spec:
      dataSourceName: docs
      targetIndexName: docs
      outputFieldMappings:
        - {sourceFieldName: /document/language, targetFieldName: language}
    ---
    apiVersion: azure-ai-search
    kind: DataSource
    metadata: {name: docs}
    spec:
      type: azureblob
      credentials: {connectionString: "ResourceId=/subscriptions/0;"}
      container: {name: docs}
    ---
    apiVersion: azure-ai-search
    kind: Index
    metadata: {name: docs}
    spec:
      fields:
        - {name: id, type: Edm.String, key: true}
        - {name: language, type: Edm.String}
"""

from __future__ import annotations

from collections.abc import Iterator

from reconciler.lint.bodies import text_at
from reconciler.lint.pipelines import FILES, Pipeline, pipelines
from reconciler.lint.stack import Stack
from reconciler.model.problem import Problem, Severity

ID = "misplaced-mapping"
SEVERITY = Severity.WARNING

_WITHOUT_PATHS = ("default", "text", "delimitedText")


def check(stack: Stack) -> Iterator[Problem]:
    for pipeline in pipelines(stack):
        for mapping, where in pipeline.mappings("fieldMappings"):
            source = text_at(mapping, "sourceFieldName") or ""
            if source.startswith("/document/") and _has_no_paths(pipeline):
                text = "a path of the enriched document, which is not there yet"
                fix = "move the mapping to `outputFieldMappings`"
                yield Problem(ID, text, where.at("sourceFieldName"), fix, SEVERITY)
        for mapping, where in pipeline.mappings("outputFieldMappings"):
            source = text_at(mapping, "sourceFieldName") or "/"
            if not source.startswith(("/", "=", "$")):
                text = f"`{source}` is no path of the enriched document"
                fix = f"write `/document/{source}`, or move the mapping to `fieldMappings`"
                yield Problem(ID, text, where.at("sourceFieldName"), fix, SEVERITY)


def _has_no_paths(pipeline: Pipeline) -> bool:
    """Whether no property of the source's documents can be named by a path."""
    mode = pipeline.configuration.get("parsingMode", "default")
    files = pipeline.source_type in FILES and mode in _WITHOUT_PATHS
    return files or pipeline.source_type in ("azuresql", "azuretable")
