"""`missing-reference`: a field names an object that no document declares.

Passes: `targetIndexName: docs` beside `Index/docs`, or with `spec.external: [Index/docs]` in the
project. Fails: the same without either. `wrong-dependency`: `dependsOn` names a document of our
own, such as a Check.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from reconciler.manifest.project import Project
from reconciler.model.problem import Problem, Where, suggestion
from reconciler.model.resource import Resource
from reconciler.model.resource_id import ResourceId
from reconciler.providers import CATALOGUE, LOCAL_KINDS
from reconciler.references import references


def check(resources: Sequence[Resource], project: Project) -> Iterator[Problem]:
    known = {resource.id for resource in resources} | project.external
    for resource in resources:
        for reference in references(resource.id.kind, resource.body):
            if reference.to.kind in CATALOGUE and reference.to not in known:
                place = resource.where.at("spec", *reference.position)
                yield _missing(reference.to, known, place)
        for position, address in enumerate(resource.depends_on):
            place = resource.where.at("metadata", "dependsOn", position)
            if address.kind in LOCAL_KINDS:
                yield _own(address, place)
            elif address not in known:
                yield _missing(address, known, place)


def _own(address: ResourceId, where: Where) -> Problem:
    text = f"{address} is never sent to the service: nothing can wait for it there"
    fix = f"take it out; ${{{address.kind}.{address.name}/…}} takes a value of it"
    if address.kind == "Check":
        fix = "take it out; `reconciler test` asks it after `reconciler apply`"
    return Problem("wrong-dependency", text, where, fix)


def _missing(address: ResourceId, known: set[ResourceId], where: Where) -> Problem:
    names = [other.name for other in known if other.kind == address.kind]
    otherwise = f"declare it, or list {address} under spec.external if it is managed elsewhere"
    fix = suggestion(address.name, names, otherwise)
    return Problem("missing-reference", f"{address} is not declared", where, fix)
