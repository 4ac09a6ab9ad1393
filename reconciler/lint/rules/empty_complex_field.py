"""A complex field has no fields.

It has nothing to hold: the service refuses the index.

What to do: write its `fields`, or give the field another type.

Sources: https://learn.microsoft.com/azure/search/search-howto-complex-data-types

Fails::

    apiVersion: azure-ai-search
    kind: Index
    metadata: {name: docs}
    spec:
      fields:
        - {name: id, type: Edm.String, key: true}
        - {name: address, type: Edm.ComplexType, fields: []}

Passes::

    apiVersion: azure-ai-search
    kind: Index
    metadata: {name: docs}
    spec:
      fields:
        - {name: id, type: Edm.String, key: true}
        - {name: address, type: Edm.ComplexType, fields: [{name: city, type: Edm.String}]}
"""

from __future__ import annotations

from collections.abc import Iterator

from reconciler.lint.fields import indexes, placed
from reconciler.lint.stack import Stack
from reconciler.model.problem import Problem, Severity
from reconciler.providers.search.kinds.edm import COMPLEX

ID = "empty-complex-field"
SEVERITY = Severity.ERROR


def check(stack: Stack) -> Iterator[Problem]:
    for index in indexes(stack.resources):
        for field in placed(index):
            if field.body.get("type") in COMPLEX and field.body.get("fields") == []:
                text = f"the complex field `{field.body.get('name')}` has no fields"
                yield Problem(ID, text, field.where, "write its `fields`", SEVERITY)
