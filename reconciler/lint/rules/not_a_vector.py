"""A field that is no vector says how its vectors are.

`dimensions`, `vectorSearchProfile` and `vectorEncoding` are documented as properties of vector
fields. That the service refuses them elsewhere is inferred, so this is a warning.

What to do: delete the property, or make the type `Collection(Edm.Single)`.

Sources: https://learn.microsoft.com/rest/api/searchservice/indexes/create-or-update

Fails::

    apiVersion: azure-ai-search
    kind: Index
    metadata: {name: docs}
    spec:
      fields:
        - {name: id, type: Edm.String, key: true}
        - {name: text, type: Edm.String, dimensions: 3}

Passes::

    apiVersion: azure-ai-search
    kind: Index
    metadata: {name: docs}
    spec:
      fields:
        - {name: id, type: Edm.String, key: true}
        - {name: text, type: Edm.String}
"""

from __future__ import annotations

from collections.abc import Iterator

from reconciler.lint.fields import fields, indexes
from reconciler.lint.stack import Stack
from reconciler.model.problem import Problem, Severity
from reconciler.providers.search.kinds.edm import SIMPLE

ID = "not-a-vector"
SEVERITY = Severity.WARNING

_OF_VECTORS = ("dimensions", "vectorSearchProfile", "vectorEncoding")


def check(stack: Stack) -> Iterator[Problem]:
    for index in indexes(stack.resources):
        for field, where in fields(index):
            if field.get("type") not in SIMPLE:
                continue
            for name in _OF_VECTORS:
                if field.get(name) is not None:
                    text = f"`{name}` is of vector fields, and {field['type']} is none"
                    fix = "delete it, or make the type Collection(Edm.Single)"
                    place = where.at(name, of_key=True)
                    yield Problem(ID, text, place, fix, SEVERITY)
