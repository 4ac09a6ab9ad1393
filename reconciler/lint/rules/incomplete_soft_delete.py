"""A soft-delete policy never deletes anything.

It needs a column or a metadata property, and the value that marks a document as deleted. The column
stands at the top of a document: of Cosmos DB, a property of an inner object is never found.

What to do: write both, and name a property at the top.

Sources: https://learn.microsoft.com/azure/search/search-how-to-index-azure-blob-changed-deleted

Fails::

    apiVersion: azure-ai-search
    kind: DataSource
    metadata: {name: docs}
    spec:
      type: azureblob
      credentials: {connectionString: "ResourceId=/subscriptions/0;"}
      container: {name: docs}
      dataDeletionDetectionPolicy:
        "@odata.type": "#Microsoft.Azure.Search.SoftDeleteColumnDeletionDetectionPolicy"
        softDeleteColumnName: isDeleted

Passes::

    apiVersion: azure-ai-search
    kind: DataSource
    metadata: {name: docs}
    spec:
      type: azureblob
      credentials: {connectionString: "ResourceId=/subscriptions/0;"}
      container: {name: docs}
      dataDeletionDetectionPolicy:
        "@odata.type": "#Microsoft.Azure.Search.SoftDeleteColumnDeletionDetectionPolicy"
        softDeleteColumnName: isDeleted
        softDeleteMarkerValue: "true"
"""

from __future__ import annotations

from collections.abc import Iterator

from reconciler.lint.bodies import object_at, text_at
from reconciler.lint.pipelines import sources
from reconciler.lint.stack import Stack
from reconciler.model.problem import Problem, Severity

ID = "incomplete-soft-delete"
SEVERITY = Severity.WARNING

_POLICY = "#Microsoft.Azure.Search.SoftDeleteColumnDeletionDetectionPolicy"
_FLAT = ("cosmosdb", "azureblob", "adlsgen2", "onelake")
_COLUMN = "softDeleteColumnName"


def check(stack: Stack) -> Iterator[Problem]:
    for source in sources(stack):
        policy = object_at(source.body, "dataDeletionDetectionPolicy")
        where = source.where.at("spec", "dataDeletionDetectionPolicy")
        if policy.get("@odata.type") != _POLICY:
            continue
        for name in (_COLUMN, "softDeleteMarkerValue"):
            if policy.get(name) in (None, ""):
                text = f"without `{name}` nothing is ever deleted"
                yield Problem(ID, text, where, f"write `{name}`", SEVERITY)
        column = text_at(policy, _COLUMN) or ""
        if source.body.get("type") in _FLAT and ("." in column or "/" in column):
            text = f"`{column}` is not at the top of a document, and is never found"
            fix = "name a property at the top (of files: their own metadata)"
            yield Problem(ID, text, where.at(_COLUMN), fix, SEVERITY)
