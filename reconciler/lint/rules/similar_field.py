"""Two fields differ only by the case of their names.

Indexers compare names without case: what is meant for one of the two is taken for the other, and
one stays null.

What to do: give each a name of its own.

Sources: https://learn.microsoft.com/azure/search/search-indexer-field-mappings

Fails::

    apiVersion: azure-ai-search
    kind: Index
    metadata: {name: docs}
    spec:
      fields:
        - {name: id, type: Edm.String, key: true}
        - {name: title, type: Edm.String}
        - {name: Title, type: Edm.String}

Passes::

    apiVersion: azure-ai-search
    kind: Index
    metadata: {name: docs}
    spec:
      fields:
        - {name: id, type: Edm.String, key: true}
        - {name: title, type: Edm.String}
        - name: book
          type: Edm.ComplexType
          fields:
            - {name: Title, type: Edm.String}
"""

from __future__ import annotations

from collections.abc import Iterator

from reconciler.lint.fields import by_path, indexes
from reconciler.lint.stack import Stack
from reconciler.model.problem import Problem, Severity

ID = "similar-field"
SEVERITY = Severity.WARNING


def check(stack: Stack) -> Iterator[Problem]:
    for index in indexes(stack.resources):
        first: dict[str, str] = {}
        for path, field in (by_path(index) or {}).items():
            other = first.setdefault(path.lower(), path)
            if other != path:
                text = f"`{path}` and `{other}` differ only by case"
                yield Problem(ID, text, field.where.at("name"), "rename one of them", SEVERITY)
