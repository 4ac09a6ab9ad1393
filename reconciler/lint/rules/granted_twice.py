"""A role is granted twice.

An assignment is its scope, role and principal. Azure has each once, whatever it is called, and
refuses a second one; two documents would contend for it.

What to do: delete one of the documents.

Sources: https://learn.microsoft.com/azure/role-based-access-control/troubleshooting

Fails::

    apiVersion: azure-resource-manager
    kind: RoleAssignment
    metadata: {name: reads}
    spec:
      scope: /subscriptions/s/resourceGroups/docs-rg
      role: Reader
      principal: 11111111-1111-1111-1111-111111111111
    ---
    apiVersion: azure-resource-manager
    kind: RoleAssignment
    metadata: {name: looks}
    spec:
      scope: /subscriptions/s/resourceGroups/Docs-RG
      role: acdd72a7-3385-48ef-bd42-f606fba81ae7
      principal: 11111111-1111-1111-1111-111111111111

Passes::

    apiVersion: azure-resource-manager
    kind: RoleAssignment
    metadata: {name: reads}
    spec:
      scope: /subscriptions/s/resourceGroups/docs-rg
      role: Reader
      principal: 11111111-1111-1111-1111-111111111111
    ---
    apiVersion: azure-resource-manager
    kind: RoleAssignment
    metadata: {name: others-read}
    spec:
      scope: /subscriptions/s/resourceGroups/docs-rg
      role: Reader
      principal: 22222222-2222-2222-2222-222222222222
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from reconciler.lint.stack import Stack
from reconciler.model.json import map_leaves
from reconciler.model.problem import Problem, Severity
from reconciler.model.resource import Resource
from reconciler.model.unknown import Unknown
from reconciler.providers import kind

ID = "granted-twice"
SEVERITY = Severity.ERROR


def check(stack: Stack) -> Iterator[Problem]:
    first: dict[tuple[str, ...], Resource] = {}
    for resource in stack.resources:
        of = kind(resource.id.kind)
        parts = {name: resource.body.get(name) for name in of.identity}
        identity = of.identity_of(map_leaves(parts, _named))
        if not identity:
            continue
        other = first.setdefault(identity, resource)
        if other is not resource:
            text, place = f"{other.id} grants what {resource.id} does", other.where.at("spec")
            yield Problem(ID, text, place, f"delete it, or {resource.id}", SEVERITY)


def _named(leaf: Any) -> Any:
    """What is not known yet is the same where it comes from the same place."""
    return leaf.pointer if isinstance(leaf, Unknown) else leaf
