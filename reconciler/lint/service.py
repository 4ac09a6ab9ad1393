"""The search service that everything is on, where it is declared itself."""

from __future__ import annotations

from reconciler.lint.stack import Stack
from reconciler.model.resource import Resource


def tier(service: Resource) -> str:
    """The name of a search service's tier in lower case, or nothing where it cannot be told."""
    sku = service.body.get("sku")
    name = sku.get("name") if isinstance(sku, dict) else None
    return name.lower() if isinstance(name, str) else ""


def only_service(stack: Stack) -> Resource | None:
    """The search service, if the stack declares exactly one."""
    declared = [one for one in stack.resources if one.id.kind == "SearchService"]
    return declared[0] if len(declared) == 1 else None
