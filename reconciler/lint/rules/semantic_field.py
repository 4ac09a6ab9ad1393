"""A semantic configuration takes a field that the ranker cannot read, or none at all.

The ranker reads searchable and retrievable strings, at the top of the index or within an
`Edm.ComplexType`, not within a `Collection(Edm.ComplexType)`. A configuration names at least one
of them. The service refuses the index; a field that is not searchable it takes, as in the index of
azure-search-openai-demo, so that this is a warning.

What to do: name another field, or set what is missing to true.

Sources: https://learn.microsoft.com/azure/search/semantic-how-to-configure,
https://github.com/Azure/azure-sdk-for-net/issues/44676

Fails::

    apiVersion: azure-ai-search
    kind: Index
    metadata: {name: docs}
    spec:
      fields:
        - {name: id, type: Edm.String, key: true}
        - {name: text, type: Edm.String, retrievable: false}
      semantic:
        configurations:
          - name: ranked
            prioritizedFields:
              prioritizedContentFields: [{fieldName: text}]

Passes::

    apiVersion: azure-ai-search
    kind: Index
    metadata: {name: docs}
    spec:
      fields:
        - {name: id, type: Edm.String, key: true}
        - {name: text, type: Edm.String}
      semantic:
        configurations:
          - name: ranked
            prioritizedFields:
              prioritizedContentFields: [{fieldName: text}]
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from reconciler.lint.bodies import EACH, each
from reconciler.lint.fields import IndexField, by_path, indexes
from reconciler.lint.stack import Stack
from reconciler.model.problem import Problem, Severity, Where
from reconciler.providers.search.kinds.edm import KNOWN, TEXT

ID = "semantic-field"
SEVERITY = Severity.ERROR

_LISTS = ("prioritizedContentFields", "prioritizedKeywordsFields")
_READ = {"searchable": Severity.WARNING, "retrievable": SEVERITY}


def check(stack: Stack) -> Iterator[Problem]:
    for index in indexes(stack.resources):
        fields = by_path(index) or {}
        path = ("semantic", "configurations", EACH, "prioritizedFields")
        for named, where in each(index.body, index.where.at("spec"), *path):
            if isinstance(named, dict):
                yield from _empty(named, where)
                for name, place in _names(named, where):
                    field = fields.get(name) if isinstance(name, str) else None
                    if field is not None:
                        yield from _unfit(str(name), field, place)


def _names(named: dict[str, Any], where: Where) -> Iterator[tuple[Any, Where]]:
    yield from each(named, where, "titleField", "fieldName")
    for name in _LISTS:
        yield from each(named, where, name, EACH, "fieldName")


def _empty(named: dict[str, Any], where: Where) -> Iterator[Problem]:
    given = [named.get(name) for name in ("titleField", *_LISTS)]
    if all(value is None or value == [] for value in given):
        fix = "write `prioritizedContentFields: [{fieldName: NAME}]`"
        yield Problem(ID, "the configuration names no field", where, fix)


def _unfit(name: str, field: IndexField, where: Where) -> Iterator[Problem]:
    kind = field.body.get("type")
    if field.many:
        text = f"`{name}` stands within a collection of objects, which the ranker does not read"
        yield Problem(ID, text, where, "name a field that is outside of it")
    elif kind in KNOWN and kind not in TEXT:
        text = f"the ranker reads text, and `{name}` is {kind}"
        yield Problem(ID, text, where, "name another field")
    for attribute, severity in _READ.items():
        if kind in TEXT and not field.many and field.body.get(attribute) is False:
            text = f"the ranker reads {attribute} fields, and `{name}` is none"
            fix = f"make the field {attribute}, or name another"
            yield Problem(ID, text, where, fix, severity)
