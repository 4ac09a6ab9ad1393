"""`not-a-vector`: a field that is no vector says how its vectors are.

Passes: `dimensions` and `vectorSearchProfile` of a `Collection(Edm.Single)`. Warns: of an
`Edm.String`, a `Collection(Edm.Double)`. The schema has them "of the vector field"; that the
service refuses them elsewhere is inferred.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from reconciler.lint.fields import fields, indexes
from reconciler.manifest.project import Project
from reconciler.model.problem import Problem, Severity
from reconciler.model.resource import Resource
from reconciler.providers.search.kinds.edm import SIMPLE

_OF_VECTORS = ("dimensions", "vectorSearchProfile", "vectorEncoding")


def check(resources: Sequence[Resource], project: Project) -> Iterator[Problem]:
    for index in indexes(resources):
        for field, where in fields(index):
            if field.get("type") not in SIMPLE:
                continue
            for name in _OF_VECTORS:
                if field.get(name) is not None:
                    text = f"`{name}` is of vector fields, and {field['type']} is none"
                    fix = "delete it, or make the type Collection(Edm.Single)"
                    place = where.at(name, of_key=True)
                    yield Problem("not-a-vector", text, place, fix, Severity.WARNING)
