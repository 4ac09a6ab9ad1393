"""`vector-attribute`: a vector field is to be filtered, sorted or counted by, which none can be.

Passes: a `Collection(Edm.Single)` that says nothing of them, or `filterable: false`. Fails: with
`filterable: true`, `sortable: true` or `facetable: true` (SKILLS P124).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from reconciler.lint.fields import fields, indexes
from reconciler.manifest.project import Project
from reconciler.model.problem import Problem
from reconciler.model.resource import Resource
from reconciler.providers.search.kinds.edm import VECTORS

_NEVER = ("filterable", "sortable", "facetable")


def check(resources: Sequence[Resource], project: Project) -> Iterator[Problem]:
    for index in indexes(resources):
        for field, where in fields(index):
            for name in _NEVER:
                if field.get("type") in VECTORS and field.get(name) is True:
                    text = f"a vector field cannot be {name}"
                    yield Problem("vector-attribute", text, where.at(name), "delete it")
