"""A scoring profile takes a field that does not fit.

Weights are of searchable fields. A function takes a filterable field: `freshness` a date,
`magnitude` a number, `distance` a place, `tag` strings. The service refuses the index.

What to do: name another field, or another type of function.

Sources: https://learn.microsoft.com/azure/search/index-add-scoring-profiles

Fails::

    apiVersion: azure-ai-search
    kind: Index
    metadata: {name: docs}
    spec:
      fields:
        - {name: id, type: Edm.String, key: true}
        - {name: made, type: Edm.String}
      scoringProfiles:
        - name: new
          functions:
            - type: freshness
              fieldName: made
              boost: 2
              freshness: {boostingDuration: P30D}

Passes::

    apiVersion: azure-ai-search
    kind: Index
    metadata: {name: docs}
    spec:
      fields:
        - {name: id, type: Edm.String, key: true}
        - {name: made, type: Edm.DateTimeOffset}
      scoringProfiles:
        - name: new
          functions:
            - type: freshness
              fieldName: made
              boost: 2
              freshness: {boostingDuration: P30D}
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from reconciler.lint.bodies import EACH, each
from reconciler.lint.fields import IndexField, by_path, indexes
from reconciler.lint.stack import Stack
from reconciler.model.problem import Problem, Severity, Where
from reconciler.providers.search.kinds.edm import KNOWN, TEXT

ID = "scoring-field"
SEVERITY = Severity.ERROR

_TYPES = {
    "freshness": ("Edm.DateTimeOffset",),
    "magnitude": ("Edm.Double", "Edm.Int32", "Edm.Int64"),
    "distance": ("Edm.GeographyPoint",),
    "tag": TEXT,
}
_PROFILES = ("scoringProfiles", EACH)


def check(stack: Stack) -> Iterator[Problem]:
    for index in indexes(stack.resources):
        fields, where = by_path(index) or {}, index.where.at("spec")
        for weights, here in each(index.body, where, *_PROFILES, "text", "weights"):
            for path in weights if isinstance(weights, dict) else ():
                if path in fields:
                    yield from _weighed(path, fields[path].body, here)
        for function, here in each(index.body, where, *_PROFILES, "functions", EACH):
            if isinstance(function, dict):
                yield from _function(function, fields, here)


def _weighed(path: str, field: dict[str, Any], where: Where) -> Iterator[Problem]:
    kind = field.get("type")
    if kind in KNOWN and (kind not in TEXT or field.get("searchable") is False):
        text = f"`{path}` is no searchable text: no match in it can be weighed"
        yield Problem(ID, text, where.at(path, of_key=True), "name another field")


def _function(
    function: dict[str, Any], fields: Mapping[str, IndexField], where: Where
) -> Iterator[Problem]:
    name, kind = function.get("fieldName"), function.get("type")
    field = fields.get(name) if isinstance(name, str) else None
    types = _TYPES.get(kind) if isinstance(kind, str) else None
    if field is None or types is None or field.body.get("type") not in KNOWN:
        return
    place = where.at("fieldName")
    if field.body["type"] not in types:
        text = f"a {kind} function takes {' or '.join(types)}, and `{name}` is {field.body['type']}"
        yield Problem(ID, text, place, "name another field, or another type of function")
    elif field.body.get("filterable") is False:
        text = f"a {kind} function takes a filterable field, and `{name}` is none"
        yield Problem(ID, text, place, "make the field filterable")
