"""A key or a connection string stands in a manifest in clear.

Whoever reads the repository, today or in its history, can use it. A connection string that names a
resource to be read by identity holds no secret, and may stand there.

What to do: declare it under `spec.secrets` of the project, write `${secret.NAME}`, and replace the
key, since the history still has it.

Sources: https://learn.microsoft.com/azure/search/search-how-to-managed-identities

Fails::

    apiVersion: azure-ai-search
    kind: DataSource
    metadata: {name: docs}
    spec:
      type: azureblob
      credentials: {connectionString: "AccountName=docs;AccountKey=a-key-of-the-account"}
      container: {name: docs}

Passes::

    apiVersion: azure-ai-search
    kind: DataSource
    metadata: {name: docs}
    spec:
      type: azureblob
      credentials: {connectionString: "ResourceId=/subscriptions/0;"}
      container: {name: docs}
"""

from __future__ import annotations

from collections.abc import Iterator

from reconciler.lint.stack import Stack
from reconciler.model.problem import Problem, Severity
from reconciler.model.sensitive import Sensitive, has_mask
from reconciler.providers import kind
from reconciler.schema.marks import Secret
from reconciler.schema.walk import walk

ID = "secret-in-clear"
SEVERITY = Severity.WARNING


def check(stack: Stack) -> Iterator[Problem]:
    for resource in stack.documents:
        for spot in walk(kind(resource.id.kind).shape, resource.body, "secret"):
            if spot.property.secret is not None and _in_clear(spot.property.secret, spot.value):
                place = resource.where.at("spec", *spot.position)
                fix = "write ${secret.NAME}, and declare it under spec.secrets"
                yield Problem(ID, "a secret stands here in clear", place, fix, SEVERITY)


def _in_clear(mark: Secret, value: object) -> bool:
    """Whether a value that the manifest says as it is can be used by who reads it."""
    text = value.value if isinstance(value, Sensitive) and value.in_clear else None
    if not text or has_mask(text):
        return False
    return mark.harmless is None or not mark.harmless(text)
