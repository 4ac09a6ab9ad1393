"""An index has no key, or not one that can be a key.

Exactly one field is the key: of type `Edm.String`, at the top of the index, and retrievable. The
service refuses an index without one, or with two.

What to do: set `key: true` on one field that fits, and on no other.

Sources: https://learn.microsoft.com/rest/api/searchservice/indexes/create-or-update, and
recordings of the service.

Fails::

    apiVersion: azure-ai-search
    kind: Index
    metadata: {name: docs}
    spec:
      fields:
        - {name: id, type: Edm.String}

Passes::

    apiVersion: azure-ai-search
    kind: Index
    metadata: {name: docs}
    spec:
      fields:
        - {name: id, type: Edm.String, key: true}
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from reconciler.lint.fields import IndexField, indexes, placed
from reconciler.lint.stack import Stack
from reconciler.model.problem import Problem, Severity
from reconciler.model.resource import Resource
from reconciler.providers.search.kinds.edm import SIMPLE, VECTORS

ID = "index-key"
SEVERITY = Severity.ERROR


def check(stack: Stack) -> Iterator[Problem]:
    for index in indexes(stack.resources):
        keys = [field for field in placed(index) if field.body.get("key") is True]
        for field in keys:
            yield from _unfit(field)
        yield from _twice([field for field in keys if not field.within])
        if not keys:
            yield from _missing(index)


def _unfit(field: IndexField) -> Iterator[Problem]:
    kind = field.body["type"]
    if field.within:
        text, place = "a key cannot stand within another field", field.where.at("key")
        yield Problem(ID, text, place, "make a field at the top of the index the key")
    elif kind in (*SIMPLE, *VECTORS) and kind != "Edm.String":
        text, place = f"a key is of type Edm.String, not {kind}", field.where.at("type")
        yield Problem(ID, text, place, "write Edm.String")
    if field.body.get("retrievable") is False:
        place = field.where.at("retrievable")
        yield Problem(ID, "a key is always retrievable", place, "delete it")


def _twice(keys: list[IndexField]) -> Iterator[Problem]:
    for field in keys[1:]:
        text = f"the index has a key already, `{keys[0].body.get('name')}`: it takes one"
        yield Problem(ID, text, field.where.at("key"), "delete one of them")


def _missing(index: Resource) -> Iterator[Problem]:
    where = index.where.at("spec", "fields", of_key=True)
    listed = index.body.get("fields")
    if isinstance(listed, list) and all(_is_no_key(field) for field in listed):
        fix = "add {name: id, type: Edm.String, key: true}, or make one of the fields the key"
        yield Problem(ID, "none of the fields is the key", where, fix)


def _is_no_key(field: Any) -> bool:
    return isinstance(field, dict) and field.get("key") in (None, False)
