"""A vector field has nothing that makes vectors of a query's text.

The service refuses a query of `kind: text` (or of an image) where the field's profile names no
vectorizer: a Check that asks so fails. Applications that send vectors of their own need none.

What to do: define a vectorizer with the model that made the vectors, and name it in the profile.

Sources: https://learn.microsoft.com/azure/search/vector-search-how-to-configure-vectorizer,
https://github.com/Azure-Samples/azure-search-openai-demo/issues/2679

Fails::

    apiVersion: reconciler/v1
    kind: Check
    metadata: {name: leave}
    spec:
      index: docs
      query: {vectorQueries: [{kind: text, text: leave, fields: vector, k: 5}]}
      expect: {minCount: 1}
    ---
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
        profiles: [{name: default, algorithm: hnsw}]

Passes::

    apiVersion: reconciler/v1
    kind: Check
    metadata: {name: leave}
    spec:
      index: docs
      query: {vectorQueries: [{kind: text, text: leave, fields: vector, k: 5}]}
      expect: {minCount: 1}
    ---
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
              modelName: text-embedding-3-small
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from reconciler.lint.bodies import EACH, each
from reconciler.lint.checks import asked
from reconciler.lint.fields import by_path
from reconciler.lint.stack import Stack
from reconciler.lint.vectors import profile_of
from reconciler.model.problem import Problem, Severity, Where
from reconciler.model.resource import Resource

ID = "no-vectorizer"
SEVERITY = Severity.WARNING

_BY_MODEL = ("text", "imageUrl", "imageBinary")
"""Queries that the service makes vectors of."""


def check(stack: Stack) -> Iterator[Problem]:
    for resource, index in asked(stack):
        fields = by_path(index) or {}
        for name, where in _queried(resource):
            if name in fields and _has_none(index, fields[name].body):
                text = f"nothing makes a vector of the query: `{name}` has no vectorizer"
                yield Problem(ID, text, where, "name one in the field's profile", SEVERITY)


def _queried(resource: Resource) -> Iterator[tuple[str, Where]]:
    spec = resource.where.at("spec")
    for query, where in each(resource.body, spec, "query", "vectorQueries", EACH):
        if isinstance(query, dict) and query.get("kind") in _BY_MODEL:
            listed = query.get("fields")
            for name in listed.split(",") if isinstance(listed, str) else ():
                yield name.strip(), where.at("fields")


def _has_none(index: Resource, field: dict[str, Any]) -> bool:
    """Whether the field's profile is there, and names no vectorizer."""
    profile = profile_of(index, field)
    return profile is not None and profile.get("vectorizer") is None
