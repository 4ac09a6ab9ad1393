"""A vector field is to be filtered, sorted or counted by.

No vector field can be `filterable`, `sortable` or `facetable`; the service refuses the index.

What to do: delete the attribute, or set it to false.

Sources: https://learn.microsoft.com/azure/search/vector-search-how-to-create-index, and
recordings of the service.

Fails::

    apiVersion: azure-ai-search
    kind: Index
    metadata: {name: docs}
    spec:
      fields:
        - {name: id, type: Edm.String, key: true}
        - name: vector
          type: Collection(Edm.Single)
          searchable: true
          filterable: true
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

from reconciler.lint.fields import fields, indexes
from reconciler.lint.stack import Stack
from reconciler.model.problem import Problem, Severity
from reconciler.providers.search.kinds.edm import VECTORS

ID = "vector-attribute"
SEVERITY = Severity.ERROR

_NEVER = ("filterable", "sortable", "facetable")


def check(stack: Stack) -> Iterator[Problem]:
    for index in indexes(stack.resources):
        for field, where in fields(index):
            for name in _NEVER:
                if field.get("type") in VECTORS and field.get(name) is True:
                    text = f"a vector field cannot be {name}"
                    yield Problem(ID, text, where.at(name), "delete it")
