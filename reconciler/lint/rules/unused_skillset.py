"""No indexer uses a skillset.

An indexer that names no skillset cracks documents and maps them by their names: nothing is cut or
embedded. Told where indexers are declared beside the skillset, and one of them names none.

What to do: write `skillsetName` in the indexer, or delete the skillset.

Sources: https://learn.microsoft.com/azure/search/cognitive-search-working-with-skillsets

Fails::

    apiVersion: azure-ai-search
    kind: Indexer
    metadata: {name: docs}
    spec:
      dataSourceName: docs
      targetIndexName: docs
    ---
    apiVersion: azure-ai-search
    kind: Skillset
    metadata: {name: docs}
    spec:
      skills:
        - "@odata.type": "#Microsoft.Skills.Text.SplitSkill"
          inputs: [{name: text, source: /document/content}]
          outputs: [{name: textItems, targetName: pages}]
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
        - {name: metadata_storage_name, type: Edm.String}

Passes::

    apiVersion: azure-ai-search
    kind: Indexer
    metadata: {name: docs}
    spec:
      dataSourceName: docs
      targetIndexName: docs
      skillsetName: docs
      outputFieldMappings:
        - {sourceFieldName: /document/pages, targetFieldName: pages}
    ---
    apiVersion: azure-ai-search
    kind: Skillset
    metadata: {name: docs}
    spec:
      skills:
        - "@odata.type": "#Microsoft.Skills.Text.SplitSkill"
          inputs: [{name: text, source: /document/content}]
          outputs: [{name: textItems, targetName: pages}]
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
        - {name: pages, type: Collection(Edm.String)}
"""

from __future__ import annotations

from collections.abc import Iterator

from reconciler.lint.bodies import text_at
from reconciler.lint.stack import Stack
from reconciler.model.problem import Problem, Severity

ID = "unused-skillset"
SEVERITY = Severity.WARNING


def check(stack: Stack) -> Iterator[Problem]:
    indexers = [resource for resource in stack.resources if resource.id.kind == "Indexer"]
    named = [text_at(indexer.body, "skillsetName") for indexer in indexers]
    idle = [one for one, name in zip(indexers, named, strict=True) if name is None]
    for resource in stack.resources if idle else ():
        if resource.id.kind == "Skillset" and resource.id.name not in named:
            message = f"{idle[0].id} names no skillset, and no indexer uses {resource.id}"
            fix = f"write `skillsetName: {resource.id.name}`, or delete the skillset"
            yield Problem(ID, message, idle[0].where.at("spec"), fix, SEVERITY)
