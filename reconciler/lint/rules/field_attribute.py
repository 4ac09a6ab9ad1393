"""A field is to be used in a way that its type does not allow.

Only strings and vectors can be `searchable`. A collection cannot be `sortable`, nor can what
stands within a collection; a place cannot be `facetable`; a vector field cannot be `filterable`,
`sortable` or `facetable`. The service refuses the index.

What to do: delete the attribute, or set it to false.

Sources: https://learn.microsoft.com/rest/api/searchservice/indexes/create-or-update, and
recordings of the service.

Fails::

    apiVersion: azure-ai-search
    kind: Index
    metadata: {name: docs}
    spec:
      fields:
        - {name: id, type: Edm.String, key: true}
        - {name: pages, type: Edm.Int32, searchable: true}

Passes::

    apiVersion: azure-ai-search
    kind: Index
    metadata: {name: docs}
    spec:
      fields:
        - {name: id, type: Edm.String, key: true}
        - {name: pages, type: Edm.Int32, sortable: true}
        - {name: tags, type: Collection(Edm.String), searchable: true, sortable: false}
"""

from __future__ import annotations

from collections.abc import Iterator

from reconciler.lint.fields import IndexField, indexes, placed
from reconciler.lint.stack import Stack
from reconciler.model.problem import Problem, Severity
from reconciler.providers.search.kinds.edm import SIMPLE, TEXT, VECTORS

ID = "field-attribute"
SEVERITY = Severity.ERROR

_TYPES = {
    "searchable": (*TEXT, *VECTORS),
    "filterable": SIMPLE,
    "sortable": tuple(name for name in SIMPLE if not name.startswith("Collection(")),
    "facetable": tuple(name for name in SIMPLE if "GeographyPoint" not in name),
}
"""The types that an attribute goes with. Vectors have no others than the first."""


def check(stack: Stack) -> Iterator[Problem]:
    for index in indexes(stack.resources):
        for field in placed(index):
            if field.body["type"] in (*SIMPLE, *VECTORS):
                yield from _unfit(field)


def _unfit(field: IndexField) -> Iterator[Problem]:
    kind = field.body["type"]
    for name, types in _TYPES.items():
        if field.body.get(name) is not True:
            continue
        if kind not in types:
            of = "a vector field" if kind in VECTORS else f"a field of type {kind}"
            text = f"{of} cannot be {name}"
            yield Problem(ID, text, field.where.at(name), "delete it")
        elif name == "sortable" and field.many:
            text = "a field within a collection has many values, and cannot be sortable"
            yield Problem(ID, text, field.where.at(name), "delete it")
