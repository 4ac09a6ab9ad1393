"""A field names an object that no document declares.

The service refuses an object whose data source, index, skillset or synonym map is not there, and a
Check of an index that nobody declares asks nothing. What is managed elsewhere is declared to be so
in the project, under `spec.external`; a Check may also name what a declared knowledge source will
create for itself.

What to do: correct the name, declare the object, or list it under `spec.external`.

Sources: https://learn.microsoft.com/rest/api/searchservice/indexers/create-or-update,
https://learn.microsoft.com/azure/search/search-how-to-alias

Fails::

    apiVersion: azure-ai-search
    kind: Alias
    metadata: {name: current}
    spec:
      indexes: [docs]

Passes::

    apiVersion: azure-ai-search
    kind: Alias
    metadata: {name: current}
    spec:
      indexes: [docs]
    ---
    apiVersion: azure-ai-search
    kind: Index
    metadata: {name: docs}
    spec:
      fields:
        - {name: id, type: Edm.String, key: true}
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from reconciler.lint.stack import Stack
from reconciler.model.problem import Problem, Severity, Where, respelled, suggestion
from reconciler.model.resource import Resource
from reconciler.model.resource_id import ResourceId
from reconciler.providers import CATALOGUE, LOCAL_KINDS
from reconciler.references import references, to_be_created

ID = "missing-reference"
SEVERITY = Severity.ERROR


_OF_CHECKS = {"index": ("Index", "Alias"), "indexer": ("Indexer",)}
"""What a Check asks, and the kinds that it may be."""


def check(stack: Stack) -> Iterator[Problem]:
    known = {resource.id for resource in stack.resources} | stack.external
    for resource in stack.resources:
        for reference in references(resource.id.kind, resource.body):
            if reference.to.kind in CATALOGUE and reference.to not in known:
                place = resource.where.at("spec", *reference.position)
                yield _missing(reference.to, known, place)
        for position, needed in enumerate(resource.depends_on):
            if needed.kind not in LOCAL_KINDS and needed not in known:
                place = resource.where.at("metadata", "dependsOn", position)
                meant = respelled(place, str(needed), map(str, known))
                yield replace(_missing(needed, known, place), correction=meant)
    checks = [resource for resource in stack.local if resource.id.kind == "Check"]
    if checks:
        known |= to_be_created(stack.resources)
    for resource in checks:
        yield from _asked(resource, known)


def _asked(check: Resource, known: set[ResourceId]) -> Iterator[Problem]:
    """What a Check asks and nobody declares; one that asks both, or neither, is a wrong one."""
    asked = [name for name in _OF_CHECKS if check.body.get(name) is not None]
    name = check.body[asked[0]] if len(asked) == 1 else None
    if not isinstance(name, str):
        return
    kinds = _OF_CHECKS[asked[0]]
    if not any(ResourceId(kind, name) in known for kind in kinds):
        place = check.where.at("spec", asked[0])
        yield _missing(ResourceId(kinds[0], name), known, place, kinds)


def _missing(
    wanted: ResourceId, known: set[ResourceId], where: Where, kinds: tuple[str, ...] = ()
) -> Problem:
    names = [other.name for other in known if other.kind in (kinds or (wanted.kind,))]
    otherwise = f"declare it, or list {wanted} under spec.external if it is managed elsewhere"
    fix = suggestion(wanted.name, names, otherwise)
    meant = respelled(where, wanted.name, names)
    if wanted.kind == "Index" and ResourceId("Alias", wanted.name) in known:
        fix = "name the index that the alias of this name stands for: an alias is not taken here"
        meant = None
    return Problem(ID, f"{wanted} is not declared", where, fix, correction=meant)
