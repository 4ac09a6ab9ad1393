"""Nobody says whether parents are indexed beside their chunks.

Without `projectionMode` they are: the indexer's target gets one more document for every file, in
which the fields of chunks are null, and which a search finds. Told where chunks and parents go to
one index, or nobody says where parents go.

What to do: write `skipIndexingParentDocuments`, or `includeIndexingParentDocuments` where both are
wanted.

Sources: https://learn.microsoft.com/azure/search/search-how-to-define-index-projections

Fails::

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

from reconciler.lint.bodies import text_at
from reconciler.lint.enrichment.facts import SKIP, facts
from reconciler.lint.stack import Stack
from reconciler.model.problem import Problem, Severity

ID = "projection-mode"
SEVERITY = Severity.WARNING


def check(stack: Stack) -> Iterator[Problem]:
    for pipeline in facts(stack):
        skillset, indexer = pipeline.skillset, pipeline.indexer
        chunks, said = pipeline.chunks, pipeline.projection_mode is not None
        if skillset is None or not chunks or said:
            continue
        if indexer is None or text_at(indexer.body, "targetIndexName") in chunks:
            message = "parents are indexed beside their chunks, with null in the chunks' fields"
            where = skillset.where.at("spec", "indexProjections")
            fix = f"write `parameters: {{projectionMode: {SKIP}}}`"
            yield Problem(ID, message, where, fix, SEVERITY)
