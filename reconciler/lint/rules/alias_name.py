"""An alias has the name of an index.

Aliases and indexes share one space of names: what is asked of the one would be asked of the other.
The service refuses the second of the two.

What to do: rename the alias, or the index.

Sources: https://learn.microsoft.com/azure/search/search-how-to-alias

Fails::

    apiVersion: azure-ai-search
    kind: Alias
    metadata: {name: docs}
    spec:
      indexes: [docs]
    ---
    apiVersion: azure-ai-search
    kind: Index
    metadata: {name: docs}
    spec:
      fields:
        - {name: id, type: Edm.String, key: true}

Passes::

    apiVersion: azure-ai-search
    kind: Index
    metadata: {name: docs}
    spec:
      fields:
        - {name: id, type: Edm.String, key: true}
    ---
    apiVersion: azure-ai-search
    kind: Alias
    metadata: {name: current}
    spec:
      indexes: [docs]
"""

from __future__ import annotations

from collections.abc import Iterator

from reconciler.lint.fields import indexes
from reconciler.lint.stack import Stack
from reconciler.model.problem import Problem, Severity

ID = "alias-name"
SEVERITY = Severity.ERROR


def check(stack: Stack) -> Iterator[Problem]:
    taken = {index.name_on_service for index in indexes(stack.resources)}
    taken |= {name for kind, name, _ in stack.external if kind == "Index"}
    for alias in stack.resources:
        if alias.id.kind == "Alias" and alias.name_on_service in taken:
            text = f"an index has the name `{alias.name_on_service}` already"
            place = alias.where.at("metadata", "name")
            yield Problem(ID, text, place, "rename one of them")
