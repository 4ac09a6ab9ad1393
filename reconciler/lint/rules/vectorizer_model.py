"""Vectors of queries are made by another model than the vectors of documents.

Both have to come from one model, or what is near means nothing: queries find something, and not
what was asked for. Told where a projection or an output field mapping takes the field's value from
the very path that the skill writes, and both models are known.

What to do: name the model of the skill in the vectorizer, with its deployment.

Sources: https://learn.microsoft.com/azure/search/vector-search-how-to-configure-vectorizer,
https://github.com/Azure/GPT-RAG/issues/110

Fails::

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
              modelName: text-embedding-3-small
    ---
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

Passes::

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
    ---
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
"""

from __future__ import annotations

from collections.abc import Iterator

from reconciler.lint.embeddings import embeddings
from reconciler.lint.models import EMBEDDING
from reconciler.lint.stack import Stack
from reconciler.lint.vectors import vectorizer_of
from reconciler.model.problem import Problem, Related, Severity

ID = "vectorizer-model"
SEVERITY = Severity.WARNING

_OF_SKILLS = {EMBEDDING: "modelName", "Vision.VectorizeSkill": "modelVersion"}
"""Where skills name their models; a version of Azure AI Vision is a model."""


def check(stack: Stack) -> Iterator[Problem]:
    for skill, index, field in embeddings(stack):
        vectorizer = vectorizer_of(index, field)
        asked = vectorizer.model if vectorizer is not None else None
        model = skill.body.get(_OF_SKILLS.get(skill.type, ""))
        if asked is None or not isinstance(model, str) or not model:
            continue
        other, where = asked
        if model != other:
            text = f"`{field['name']}` is filled by {model}, and queried by {other}"
            named = skill.where.at(_OF_SKILLS[skill.type])
            notes = (Related("the model that fills it", named),)
            yield Problem(ID, text, where, f"use {model} here, too", SEVERITY, notes=notes)
