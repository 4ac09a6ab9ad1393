"""Chunks of deleted documents stay in the index.

Documents that a skillset projects are deleted when the data source tells that their parent is
gone, which takes a `dataDeletionDetectionPolicy`.

What to do: declare one in the data source before the indexer's first run, or silence this where
nothing is deleted.

Sources: https://learn.microsoft.com/azure/search/search-how-to-define-index-projections,
https://github.com/Azure-Samples/aisearch-openai-rag-audio/issues/61

Fails::

    apiVersion: azure-ai-search
    kind: DataSource
    metadata: {name: docs}
    spec:
      type: azureblob
      credentials: {connectionString: "ResourceId=/subscriptions/0;"}
      container: {name: docs}
    ---
    apiVersion: azure-ai-search
    kind: Skillset
    metadata: {name: docs}
    spec:
      skills:
        - "@odata.type": "#Microsoft.Skills.Text.SplitSkill"
          textSplitMode: pages
          maximumPageLength: 2000
          inputs: [{name: text, source: /document/content}]
          outputs: [{name: textItems, targetName: pages}]
      indexProjections:
        selectors:
          - targetIndexName: docs
            parentKeyFieldName: parentId
            sourceContext: /document/pages/*
            mappings: [{name: chunk, source: /document/pages/*}]
        parameters: {projectionMode: skipIndexingParentDocuments}
    ---
    apiVersion: azure-ai-search
    kind: Index
    metadata: {name: docs}
    spec:
      fields:
        - {name: id, type: Edm.String, key: true, analyzer: keyword}
        - {name: parentId, type: Edm.String}
        - {name: chunk, type: Edm.String}
    ---
    apiVersion: azure-ai-search
    kind: Indexer
    metadata: {name: docs}
    spec: {dataSourceName: docs, skillsetName: docs, targetIndexName: docs}

Passes::

    apiVersion: azure-ai-search
    kind: DataSource
    metadata: {name: docs}
    spec:
      type: azureblob
      credentials: {connectionString: "ResourceId=/subscriptions/0;"}
      container: {name: docs}
      dataDeletionDetectionPolicy:
        "@odata.type": "#Microsoft.Azure.Search.NativeBlobSoftDeleteDeletionDetectionPolicy"
    ---
    apiVersion: azure-ai-search
    kind: Skillset
    metadata: {name: docs}
    spec:
      skills:
        - "@odata.type": "#Microsoft.Skills.Text.SplitSkill"
          textSplitMode: pages
          maximumPageLength: 2000
          inputs: [{name: text, source: /document/content}]
          outputs: [{name: textItems, targetName: pages}]
      indexProjections:
        selectors:
          - targetIndexName: docs
            parentKeyFieldName: parentId
            sourceContext: /document/pages/*
            mappings: [{name: chunk, source: /document/pages/*}]
        parameters: {projectionMode: skipIndexingParentDocuments}
    ---
    apiVersion: azure-ai-search
    kind: Index
    metadata: {name: docs}
    spec:
      fields:
        - {name: id, type: Edm.String, key: true, analyzer: keyword}
        - {name: parentId, type: Edm.String}
        - {name: chunk, type: Edm.String}
    ---
    apiVersion: azure-ai-search
    kind: Indexer
    metadata: {name: docs}
    spec: {dataSourceName: docs, skillsetName: docs, targetIndexName: docs}
"""

from __future__ import annotations

from collections.abc import Iterator

from reconciler.lint.bodies import object_at, text_at
from reconciler.lint.pipelines import pipelines
from reconciler.lint.stack import Stack
from reconciler.model.problem import Problem, Severity

ID = "orphaned-chunks"
SEVERITY = Severity.ADVICE
SINCE = "2024-07-01"

_WITH_POLICIES = frozenset({"azureblob", "adlsgen2", "onelake", "azuresql", "cosmosdb"})
_TRACKING = "#Microsoft.Azure.Search.SqlIntegratedChangeTrackingPolicy"


def check(stack: Stack) -> Iterator[Problem]:
    for pipeline in pipelines(stack):
        source, skillset = pipeline.source, pipeline.skillset
        if source is None or skillset is None:
            continue
        projected = object_at(skillset.body, "indexProjections").get("selectors")
        tracked = text_at(object_at(source.body, "dataChangeDetectionPolicy"), "@odata.type")
        deleting = source.body.get("dataDeletionDetectionPolicy") is not None
        if not projected or deleting or tracked == _TRACKING:
            continue
        if pipeline.source_type in _WITH_POLICIES:
            text = f"chunks of deleted documents would stay: {skillset.id} projects them"
            fix = "declare a `dataDeletionDetectionPolicy`"
            yield Problem(ID, text, source.where.at("spec"), fix, SEVERITY)
