"""A vector field stands in a complex field that takes none.

A vector stands at the top of an index, or, since 2025-05-01-preview, directly in a
`Collection(Edm.ComplexType)`. In an `Edm.ComplexType`, or deeper down, no api-version takes one.

What to do: move the vector field to the top of the index.

Sources: https://learn.microsoft.com/azure/search/vector-search-multi-vector-fields

Fails::

    apiVersion: azure-ai-search
    kind: Index
    metadata: {name: docs}
    spec:
      fields:
        - {name: id, type: Edm.String, key: true}
        - name: part
          type: Edm.ComplexType
          fields:
            - name: vector
              type: Collection(Edm.Single)
              searchable: true
              dimensions: 3
              vectorSearchProfile: default
      vectorSearch:
        algorithms: [{name: hnsw, kind: hnsw}]
        profiles: [{name: default, algorithm: hnsw}]

Passes::

    apiVersion: azure-ai-search
    kind: Index
    metadata: {name: docs}
    spec:
      fields:
        - {name: id, type: Edm.String, key: true}
        - name: part
          type: Edm.ComplexType
          fields:
            - {name: title, type: Edm.String}
        - name: vector
          type: Collection(Edm.Single)
          searchable: true
          dimensions: 3
          vectorSearchProfile: default
      vectorSearch:
        algorithms: [{name: hnsw, kind: hnsw}]
        profiles: [{name: default, algorithm: hnsw}]
"""

from __future__ import annotations

from collections.abc import Iterator

from reconciler.lint.fields import indexes, placed
from reconciler.lint.stack import Stack
from reconciler.model.problem import Problem, Severity
from reconciler.providers.search.kinds.edm import VECTORS

ID = "nested-vector"
SEVERITY = Severity.ERROR


def check(stack: Stack) -> Iterator[Problem]:
    for index in indexes(stack.resources):
        for field in placed(index):
            in_a_collection = len(field.within) == 1 and field.many
            if field.body["type"] in VECTORS and field.within and not in_a_collection:
                text = "a vector field cannot stand within this field"
                fix = "move it to the top of the index"
                yield Problem(ID, text, field.where.at("type"), fix)
