"""An output field mapping writes to documents that are not made.

With `skipIndexingParentDocuments` only the projections' documents are indexed, and output field
mappings are for the others: what they map is nowhere. Their functions do nothing to chunks, either.

What to do: map it in `indexProjections`, or delete the mapping.

Sources: https://learn.microsoft.com/azure/search/search-how-to-define-index-projections

Fails::

    apiVersion: azure-ai-search
    kind: Indexer
    metadata: {name: docs}
    spec:
      dataSourceName: docs
      targetIndexName: docs
      skillsetName: docs
      outputFieldMappings:
        - {sourceFieldName: /document/metadata_storage_name, targetFieldName: text}
    ---
    apiVersion: azure-ai-search
    kind: Skillset
    metadata: {name: docs}
    spec:
      skills:
        - "@odata.type": "#Microsoft.Skills.Text.SplitSkill"
          inputs: [{name: text, source: /document/content}]
          outputs: [{name: textItems, targetName: pages}]
      indexProjections:
        selectors:
          - targetIndexName: docs
            parentKeyFieldName: parent
            sourceContext: /document/pages/*
            mappings: [{name: text, source: /document/pages/*}]
        parameters: {projectionMode: skipIndexingParentDocuments}
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
        - {name: id, type: Edm.String, key: true, analyzer: keyword}
        - {name: parent, type: Edm.String, filterable: true}
        - {name: text, type: Edm.String}

Passes::

    apiVersion: azure-ai-search
    kind: Indexer
    metadata: {name: docs}
    spec:
      dataSourceName: docs
      targetIndexName: docs
      skillsetName: docs
    ---
    apiVersion: azure-ai-search
    kind: Skillset
    metadata: {name: docs}
    spec:
      skills:
        - "@odata.type": "#Microsoft.Skills.Text.SplitSkill"
          inputs: [{name: text, source: /document/content}]
          outputs: [{name: textItems, targetName: pages}]
      indexProjections:
        selectors:
          - targetIndexName: docs
            parentKeyFieldName: parent
            sourceContext: /document/pages/*
            mappings: [{name: text, source: /document/pages/*}]
        parameters: {projectionMode: skipIndexingParentDocuments}
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
        - {name: id, type: Edm.String, key: true, analyzer: keyword}
        - {name: parent, type: Edm.String, filterable: true}
        - {name: text, type: Edm.String}
"""

from __future__ import annotations

from collections.abc import Iterator

from reconciler.lint.bodies import objects
from reconciler.lint.enrichment.facts import facts
from reconciler.lint.stack import Stack
from reconciler.model.problem import Problem, Severity

ID = "idle-mapping"
SEVERITY = Severity.WARNING


def check(stack: Stack) -> Iterator[Problem]:
    for pipeline in facts(stack):
        indexer, skillset = pipeline.indexer, pipeline.skillset
        if indexer is None or skillset is None or not pipeline.skips_parents:
            continue
        for position, _ in objects(indexer.body, "outputFieldMappings"):
            text = f"{skillset.id} makes no documents but of its projections: this maps to none"
            where = indexer.where.at("spec", "outputFieldMappings", position)
            fix = "map it in `indexProjections`, or delete the mapping"
            yield Problem(ID, text, where, fix, SEVERITY)
