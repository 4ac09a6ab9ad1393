"""A search service of the free tier is to have an identity.

The free tier has no managed identities: Azure refuses the service with `Resource identity is not
supported for the selected SKU`. What it reads, it reads with keys.

What to do: choose another tier, or delete the identity and give data sources and models keys.

Sources: https://github.com/MicrosoftDocs/azure-docs/issues/116702

Fails::

    apiVersion: azure-resource-manager
    kind: SearchService
    metadata: {name: docs-search}
    spec:
      sku: {name: free}
      identity: {type: SystemAssigned}

Passes::

    apiVersion: azure-resource-manager
    kind: SearchService
    metadata: {name: docs-search}
    spec:
      sku: {name: basic}
      identity: {type: SystemAssigned}
"""

from __future__ import annotations

from collections.abc import Iterator

from reconciler.lint.bodies import each
from reconciler.lint.service import tier
from reconciler.lint.stack import Stack
from reconciler.model.problem import Problem, Severity

ID = "free-tier-identity"
SEVERITY = Severity.ERROR


def check(stack: Stack) -> Iterator[Problem]:
    for service in stack.resources:
        if service.id.kind == "SearchService" and tier(service) == "free":
            for kind, where in each(service.body, service.where.at("spec"), "identity", "type"):
                if isinstance(kind, str) and kind.lower() != "none":
                    text = "the free tier has no managed identities"
                    yield Problem(ID, text, where, "choose another tier, or delete the identity")
