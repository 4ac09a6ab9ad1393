"""What Checks ask of the declared indexes."""

from __future__ import annotations

from collections.abc import Iterator

from reconciler.lint.bodies import EACH, each
from reconciler.lint.fields import declared
from reconciler.lint.stack import Stack
from reconciler.model.resource import Resource
from reconciler.model.resource_id import ResourceId


def asked(stack: Stack) -> Iterator[tuple[Resource, Resource]]:
    """Every Check with the index that it asks, by its name or an alias, where that is declared."""
    for check in stack.local:
        if check.id.kind == "Check":
            index = declared(stack.resources, "Index", _behind(stack, check.body.get("index")))
            if index is not None:
                yield check, index


def _behind(stack: Stack, name: object) -> object:
    """The index behind an alias; what is none stays as it is."""
    wanted = ResourceId("Alias", name) if isinstance(name, str) else None
    for alias in stack.resources:
        if alias.id == wanted:
            return next((one for one, _ in each(alias.body, alias.where, "indexes", EACH)), None)
    return name
