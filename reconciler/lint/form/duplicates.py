"""`duplicate-address`: two documents of one environment declare the same object.

Passes: `Index/docs` once for `environments: [local]` and once for `[prod]`.
Fails: `Index/docs` in two files, both for all environments.
"""

from __future__ import annotations

from collections.abc import Iterator

from reconciler.lint.stack import Stack
from reconciler.model.problem import Problem
from reconciler.model.resource import Resource
from reconciler.model.resource_id import ResourceId


def check(stack: Stack) -> Iterator[Problem]:
    first: dict[ResourceId, Resource] = {}
    for resource in stack.documents:
        other = first.setdefault(resource.id, resource)
        if other is not resource:
            file = other.where.file
            place = file.relative_to(stack.root) if file.is_relative_to(stack.root) else file
            text = f"{resource.id} is declared twice (also in {place})"
            where = resource.where.at("metadata", "name")
            fix = "delete one, or give each its metadata.environments"
            yield Problem("duplicate-address", text, where, fix)
