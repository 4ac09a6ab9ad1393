"""A skill makes vectors of another length than the field that they go to.

The service takes the skillset, and every document fails when it is indexed: "There's a mismatch in
vector dimensions". Left out, `dimensions` of the skill are the longest that its model makes. Told
where a projection or an output field mapping takes the field's value from the very path that the
skill writes.

What to do: write the same number in both; that of a field can only be changed in a new index.

Sources: https://learn.microsoft.com/azure/search/cognitive-search-skill-azure-openai-embedding,
https://github.com/Azure-Samples/azure-search-openai-demo/issues/1825

Fails::

    apiVersion: azure-ai-search
    kind: Skillset
    metadata: {name: docs}
    spec:
      skills:
        - "@odata.type": "#Microsoft.Skills.Text.AzureOpenAIEmbeddingSkill"
          context: /document/pages/*
          resourceUri: https://docs.openai.azure.com
          deploymentId: embedding
          modelName: text-embedding-3-large
          dimensions: 3072
          inputs: [{name: text, source: /document/pages/*}]
          outputs: [{name: embedding, targetName: vector}]
      indexProjections:
        selectors:
          - targetIndexName: docs
            parentKeyFieldName: parent
            sourceContext: /document/pages/*
            mappings: [{name: vector, source: /document/pages/*/vector}]
    ---
    apiVersion: azure-ai-search
    kind: Index
    metadata: {name: docs}
    spec:
      fields:
        - {name: id, type: Edm.String, key: true, analyzer: keyword}
        - {name: parent, type: Edm.String, filterable: true}
        - name: vector
          type: Collection(Edm.Single)
          dimensions: 1024
          vectorSearchProfile: default
      vectorSearch:
        algorithms: [{name: hnsw, kind: hnsw}]
        profiles: [{name: default, algorithm: hnsw, vectorizer: openai}]
        vectorizers:
          - name: openai
            kind: azureOpenAI
            azureOpenAIParameters:
              resourceUri: https://docs.openai.azure.com
              deploymentId: embedding
              modelName: text-embedding-3-large

Passes::

    apiVersion: azure-ai-search
    kind: Skillset
    metadata: {name: docs}
    spec:
      skills:
        - "@odata.type": "#Microsoft.Skills.Text.AzureOpenAIEmbeddingSkill"
          context: /document/pages/*
          resourceUri: https://docs.openai.azure.com
          deploymentId: embedding
          modelName: text-embedding-3-large
          dimensions: 1024
          inputs: [{name: text, source: /document/pages/*}]
          outputs: [{name: embedding, targetName: vector}]
      indexProjections:
        selectors:
          - targetIndexName: docs
            parentKeyFieldName: parent
            sourceContext: /document/pages/*
            mappings: [{name: vector, source: /document/pages/*/vector}]
    ---
    apiVersion: azure-ai-search
    kind: Index
    metadata: {name: docs}
    spec:
      fields:
        - {name: id, type: Edm.String, key: true, analyzer: keyword}
        - {name: parent, type: Edm.String, filterable: true}
        - name: vector
          type: Collection(Edm.Single)
          dimensions: 1024
          vectorSearchProfile: default
      vectorSearch:
        algorithms: [{name: hnsw, kind: hnsw}]
        profiles: [{name: default, algorithm: hnsw, vectorizer: openai}]
        vectorizers:
          - name: openai
            kind: azureOpenAI
            azureOpenAIParameters:
              resourceUri: https://docs.openai.azure.com
              deploymentId: embedding
              modelName: text-embedding-3-large
"""

from __future__ import annotations

from collections.abc import Iterator

from reconciler.lint.embeddings import embeddings
from reconciler.lint.fields import number
from reconciler.lint.stack import Stack
from reconciler.model.problem import Problem, Severity

ID = "embedding-length"
SEVERITY = Severity.ERROR


def check(stack: Stack) -> Iterator[Problem]:
    for skill, length, index, field in embeddings(stack):
        wanted = number(field, "dimensions")
        if length is not None and wanted is not None and length != wanted:
            said = "dimensions" in skill.body
            place = skill.where.at("dimensions") if said else skill.where
            text = f"the skill makes {length} numbers, and `{field['name']}` of {index.id}"
            fix = f"write `dimensions: {wanted}`, if the model makes them"
            yield Problem(ID, f"{text} holds {wanted}", place, fix)
