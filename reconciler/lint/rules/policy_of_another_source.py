"""A data source has a policy that its type does not take.

SQL's own change tracking is of `azuresql`, and tells of deletions, too; blob storage's soft delete
is of blobs. Of Cosmos DB the one column that always grows is `_ts`. When the service refuses
another policy is not known, so this is a warning.

What to do: choose a policy that the type takes.

Sources: https://learn.microsoft.com/azure/search/search-how-to-index-sql-database
(and those of the other types)

Fails::

    apiVersion: azure-ai-search
    kind: DataSource
    metadata: {name: docs}
    spec:
      type: onelake
      credentials: {connectionString: "ResourceId=/subscriptions/0;"}
      container: {name: docs}
      dataDeletionDetectionPolicy:
        "@odata.type": "#Microsoft.Azure.Search.NativeBlobSoftDeleteDeletionDetectionPolicy"

Passes::

    apiVersion: azure-ai-search
    kind: DataSource
    metadata: {name: docs}
    spec:
      type: onelake
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
from reconciler.lint.pipelines import FILES, sources
from reconciler.lint.stack import Stack
from reconciler.model.problem import Problem, Severity, Where
from reconciler.model.resource import Resource

ID = "policy-of-another-source"
SEVERITY = Severity.WARNING

_SEARCH = "#Microsoft.Azure.Search."
_TRACKING = f"{_SEARCH}SqlIntegratedChangeTrackingPolicy"
_ROWS = frozenset({"azuresql", "cosmosdb", "azuretable", "mysql"})
_NEVER = {
    _TRACKING: (FILES | _ROWS) - {"azuresql"},
    f"{_SEARCH}NativeBlobSoftDeleteDeletionDetectionPolicy": _ROWS | {"onelake", "sharepoint"},
}
"""The types of data sources that a policy is surely not for (SKILLS 4.3)."""

_MARKS = {"cosmosdb": "_ts", **dict.fromkeys(FILES, "metadata_storage_last_modified")}
"""The only columns that tell of changes."""
_CHANGE, _DELETION = "dataChangeDetectionPolicy", "dataDeletionDetectionPolicy"


def check(stack: Stack) -> Iterator[Problem]:
    for source in sources(stack):
        of, where = text_at(source.body, "type"), source.where.at("spec")
        for name in (_CHANGE, _DELETION):
            policy = text_at(object_at(source.body, name), "@odata.type") or ""
            if of in _NEVER.get(policy, ()):
                text = f"{policy.removeprefix(_SEARCH)} is not for a data source of type {of}"
                yield Problem(
                    ID, text, where.at(name, "@odata.type"), "choose another policy", SEVERITY
                )
        yield from _doubtful(source, where)


def _doubtful(source: Resource, where: Where) -> Iterator[Problem]:
    of, change = text_at(source.body, "type"), object_at(source.body, _CHANGE)
    column = text_at(change, "highWaterMarkColumnName")
    only = _MARKS.get(of or "")
    if only is not None and column not in (None, only):
        text, place = (
            f"a data source of type {of} tells changes by `{only}` only",
            where.at(_CHANGE),
        )
        fix = f"write highWaterMarkColumnName: {only}"
        yield Problem(ID, text, place.at("highWaterMarkColumnName"), fix, SEVERITY)
    tracked = of == "azuresql" and text_at(change, "@odata.type") == _TRACKING
    if tracked and source.body.get(_DELETION) is not None:
        text = "SQL's own change tracking tells of deletions, too"
        place = where.at(_DELETION, of_key=True)
        yield Problem(ID, text, place, "delete this policy", SEVERITY)
