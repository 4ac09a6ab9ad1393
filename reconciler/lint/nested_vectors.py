"""`nested-vector`: a vector field stands in a complex field, where no api-version takes one.

Passes: a vector at the top; one in a `Collection(Edm.ComplexType)`, which previews take since
2025-05-01-preview (another version: `unknown-in-version`). Fails: one in an `Edm.ComplexType`, or
deeper down (SKILLS P120; https://learn.microsoft.com/azure/search/vector-search-multi-vector-fields).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from reconciler.lint.fields import beneath, indexes
from reconciler.manifest.project import Project
from reconciler.model.problem import Problem
from reconciler.model.resource import Resource
from reconciler.providers.search.kinds.edm import VECTORS


def check(resources: Sequence[Resource], project: Project) -> Iterator[Problem]:
    for index in indexes(resources):
        for field, where in beneath(index.body, index.where.at("spec")):
            many = field["type"] == "Collection(Edm.ComplexType)"
            for inner, place in beneath(field, where):
                nested = [] if many else [(inner, place)]
                for vector, here in (*nested, *beneath(inner, place, deep=True)):
                    if vector["type"] in VECTORS:
                        text = "a vector field cannot stand within this field"
                        fix = "move it to the top of the index"
                        yield Problem("nested-vector", text, here.at("type"), fix)
