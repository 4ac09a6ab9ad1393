"""A vector field does not fit the vectorizer that makes the vectors of its queries.

`text-embedding-ada-002` makes 1536 numbers, `text-embedding-3-small` at most 1536,
`text-embedding-3-large` at most 3072, the embeddings of Cohere 1024 and those of Azure AI Vision
1024. A Web API makes vectors of one length, and knows nothing of the field. The index is created,
and queries that are vectorized fail.

What to do: write the length of the model's vectors, or give the field a profile with the vectorizer
that its vectors were made by.

Sources: https://learn.microsoft.com/azure/search/vector-search-how-to-configure-vectorizer

Fails::

    apiVersion: azure-ai-search
    kind: Index
    metadata: {name: docs}
    spec:
      fields:
        - {name: id, type: Edm.String, key: true}
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
              modelName: text-embedding-ada-002

Passes::

    apiVersion: azure-ai-search
    kind: Index
    metadata: {name: docs}
    spec:
      fields:
        - {name: id, type: Edm.String, key: true}
        - name: vector
          type: Collection(Edm.Single)
          dimensions: 1536
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
              modelName: text-embedding-ada-002
"""

from __future__ import annotations

from collections.abc import Iterator

from reconciler.lint.bodies import number
from reconciler.lint.fields import indexes
from reconciler.lint.stack import Stack
from reconciler.lint.vectors import Vectorizer, spelled, vector_fields, vectorizer_of
from reconciler.model.problem import Problem, Severity, Where
from reconciler.model.resource import Resource

ID = "vectorizer-length"
SEVERITY = Severity.WARNING


def check(stack: Stack) -> Iterator[Problem]:
    for index in indexes(stack.resources):
        first: dict[object, int] = {}
        for dimensions, vectorizer, where in _fields(index):
            lengths = vectorizer.lengths
            name = vectorizer.body.get("name")
            if lengths is not None and dimensions not in lengths:
                text = f"the vectorizer {name} makes vectors of {spelled(lengths)}"
                yield Problem(ID, text, where, f"write {spelled(lengths)}", SEVERITY)
            elif vectorizer.kind == "customWebApi":
                other = first.setdefault(name, dimensions)
                if other != dimensions:
                    text = f"the vectorizer {name} makes vectors for a field of {other}, too"
                    fix = "give the field a vectorizer of its own"
                    yield Problem(ID, text, where, fix, SEVERITY)


def _fields(index: Resource) -> Iterator[tuple[int, Vectorizer, Where]]:
    for field, where in vector_fields(index):
        dimensions, vectorizer = number(field, "dimensions"), vectorizer_of(index, field)
        if dimensions is not None and vectorizer is not None:
            yield dimensions, vectorizer, where.at("dimensions")
