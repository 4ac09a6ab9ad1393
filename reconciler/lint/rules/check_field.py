"""A Check names a field that its index does not have, or cannot use so.

The service refuses such a query: what is selected has to be retrievable, what is searched
searchable, what is sorted or counted by sortable or facetable, and what is asked for neighbours a
vector field. Expected documents are compared by fields that the query returns. Scoring profiles and
semantic configurations are those of the index.

What to do: correct the name, or ask for what the index has.

Sources: https://learn.microsoft.com/rest/api/searchservice/documents/search-post

Fails::

    apiVersion: reconciler/v1
    kind: Check
    metadata: {name: leave}
    spec:
      index: docs
      query: {search: leave, select: headline}
      expect: {minCount: 1}
    ---
    apiVersion: azure-ai-search
    kind: Index
    metadata: {name: docs}
    spec:
      fields:
        - {name: id, type: Edm.String, key: true}
        - {name: title, type: Edm.String}

Passes::

    apiVersion: reconciler/v1
    kind: Check
    metadata: {name: leave}
    spec:
      index: docs
      query: {search: leave, select: title}
      expect: {minCount: 1}
    ---
    apiVersion: azure-ai-search
    kind: Index
    metadata: {name: docs}
    spec:
      fields:
        - {name: id, type: Edm.String, key: true}
        - {name: title, type: Edm.String}
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from reconciler.lint.bodies import EACH, Step, each, names
from reconciler.lint.checks import asked
from reconciler.lint.fields import by_path
from reconciler.lint.stack import Stack
from reconciler.model.problem import Problem, Severity, Where, respelled, suggestion
from reconciler.model.resource import Resource
from reconciler.providers.search.kinds.edm import VECTORS

ID = "check-field"
SEVERITY = Severity.ERROR

_PATH = re.compile(r"[A-Za-z]\w*(/[A-Za-z]\w*)*")
_VECTOR = "a vector"
_IN_QUERY: tuple[tuple[tuple[Step, ...], str], ...] = (
    (("select",), "retrievable"),
    (("searchFields",), "searchable"),
    (("highlight",), "searchable"),
    (("orderby",), "sortable"),
    (("facets", EACH), "facetable"),
    (("vectorQueries", EACH, "fields"), _VECTOR),
)
"""Where a query names fields, and what they have to be."""
_CONFIGURED = {
    "scoringProfile": ("scoringProfiles",),
    "semanticConfiguration": ("semantic", "configurations"),
}


def check(stack: Stack) -> Iterator[Problem]:
    for resource, index in asked(stack):
        fields = by_path(index)
        if fields is not None:
            known = {path: field.body for path, field in fields.items()}
            for path, needed, where in _named(resource):
                yield from _wrong(path, needed, where, known)
        yield from _unconfigured(resource, index)


def _named(resource: Resource) -> Iterator[tuple[str, str, Where]]:
    """The fields that a Check names; what is more than a path is passed over."""
    spec = resource.where.at("spec")
    for place, needed in _IN_QUERY:
        for text, where in each(resource.body, spec, "query", *place):
            listed = text.split(",") if isinstance(text, str) else []
            for part in listed[:1] if place[0] == "facets" else listed:
                path = re.sub(r"( (asc|desc)|-\d+)$", "", part.strip())
                if _PATH.fullmatch(path):
                    yield path, needed, where
    for wanted, where in each(resource.body, spec, "expect", "documents", EACH, "where"):
        for path in wanted if isinstance(wanted, dict) else ():
            if isinstance(path, str) and _PATH.fullmatch(path):
                yield path, "retrievable", where.at(path, of_key=True)


def _wrong(
    path: str, needed: str, where: Where, fields: Mapping[str, dict[str, Any]]
) -> Iterator[Problem]:
    if path not in fields:
        fix = suggestion(path, fields, f"it has {', '.join(fields)}")
        meant = respelled(where, path, fields)
        yield Problem(ID, f"the index has no field `{path}`", where, fix, correction=meant)
    elif not _can_be(fields[path], needed):
        yield Problem(ID, f"the field `{path}` is not {needed}", where, "name another field")


def _can_be(field: dict[str, Any], needed: str) -> bool:
    """In doubt it can."""
    type_ = field.get("type")
    if needed == _VECTOR:
        return type_ in VECTORS or not isinstance(type_, str)
    return field.get(needed) is not False


def _unconfigured(resource: Resource, index: Resource) -> Iterator[Problem]:
    for name, path in _CONFIGURED.items():
        known = names(index.body, *path)
        for value, where in each(resource.body, resource.where.at("spec"), "query", name):
            if isinstance(value, str) and value and known is not None and value not in known:
                fix = suggestion(value, known, f"define it under `{'.'.join(path)}` of the index")
                text, meant = f"the index has no {name} `{value}`", respelled(where, value, known)
                yield Problem(ID, text, where, fix, correction=meant)
