"""A field mapping names a column that the source does not have.

Of files the columns are known: `content`, and metadata by listed names. A name that is nearly one
of those is told; others may be metadata of the files' own. The service takes the mapping, and the
field stays empty.

What to do: write the column as the source has it.

Sources: https://learn.microsoft.com/azure/search/search-indexer-field-mappings,
https://learn.microsoft.com/azure/search/search-blob-metadata-properties

Fails::

    apiVersion: azure-ai-search
    kind: Indexer
    metadata: {name: docs}
    spec:
      dataSourceName: docs
      targetIndexName: docs
      fieldMappings:
        - {sourceFieldName: metadata_storge_name, targetFieldName: text}
    ---
    apiVersion: azure-ai-search
    kind: DataSource
    metadata: {name: docs}
    spec:
      type: onelake
      credentials: {connectionString: ResourceId=8f1c2f0e-5a53-4a3e-9d0c-3a3f0d3e6a10}
      container: {name: 2b7f4c1e-7c55-4f0a-8a59-0e6a1c0b9d11}
    ---
    apiVersion: azure-ai-search
    kind: Index
    metadata: {name: docs}
    spec:
      fields:
        - {name: id, type: Edm.String, key: true}
        - {name: text, type: Edm.String}

Passes::

    apiVersion: azure-ai-search
    kind: Indexer
    metadata: {name: docs}
    spec:
      dataSourceName: docs
      targetIndexName: docs
      fieldMappings:
        - {sourceFieldName: metadata_storage_name, targetFieldName: text}
    ---
    apiVersion: azure-ai-search
    kind: DataSource
    metadata: {name: docs}
    spec:
      type: onelake
      credentials: {connectionString: ResourceId=8f1c2f0e-5a53-4a3e-9d0c-3a3f0d3e6a10}
      container: {name: 2b7f4c1e-7c55-4f0a-8a59-0e6a1c0b9d11}
    ---
    apiVersion: azure-ai-search
    kind: Index
    metadata: {name: docs}
    spec:
      fields:
        - {name: id, type: Edm.String, key: true}
        - {name: text, type: Edm.String}
"""

from __future__ import annotations

from collections.abc import Iterator

from reconciler.lint.bodies import objects, text_at
from reconciler.lint.enrichment.facts import facts
from reconciler.lint.enrichment.nodes import nearly
from reconciler.lint.stack import Stack
from reconciler.model.problem import Problem, Severity, respelled

ID = "unknown-column"
SEVERITY = Severity.WARNING


def check(stack: Stack) -> Iterator[Problem]:
    for pipeline in facts(stack):
        indexer, columns = pipeline.indexer, pipeline.cracked.type
        if indexer is None or columns.open:
            continue
        names = tuple(columns.members)
        known = {name.casefold() for name in names}
        for position, one in objects(indexer.body, "fieldMappings"):
            source = text_at(one, "sourceFieldName")
            if source is None or source.startswith("/") or source.casefold() in known:
                continue
            where = indexer.where.at("spec", "fieldMappings", position, "sourceFieldName")
            near = nearly(source, names)
            absent = pipeline.cracked.absent.get(source)
            if near or absent:
                fix = f"did you mean `{near}`?" if near else absent.reason if absent else ""
                message = f"{pipeline.cracked.writer} has no column `{source}`"
                named = text_at(one, "targetFieldName") is not None
                meant = respelled(where, source, names) if near and named else None
                yield Problem(ID, message, where, fix, SEVERITY, correction=meant)
