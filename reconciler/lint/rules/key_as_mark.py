"""The column that tells of changes is the key.

A high-water mark grows with every change of a row. A key stays as it is: rows that change are never
read again. The service takes the data source, and warns in every run.

What to do: name a column that grows with each change, such as a `rowversion`.

Sources: https://learn.microsoft.com/azure/search/cognitive-search-common-errors-warnings,
https://learn.microsoft.com/azure/search/search-how-to-index-sql-database

Fails::

    apiVersion: azure-ai-search
    kind: DataSource
    metadata: {name: products}
    spec:
      type: azuresql
      credentials: {connectionString: "ResourceId=/subscriptions/0;Database=shop;"}
      container: {name: products}
      dataChangeDetectionPolicy:
        "@odata.type": "#Microsoft.Azure.Search.HighWaterMarkChangeDetectionPolicy"
        highWaterMarkColumnName: id
    ---
    apiVersion: azure-ai-search
    kind: Indexer
    metadata: {name: products}
    spec: {dataSourceName: products, targetIndexName: products}
    ---
    apiVersion: azure-ai-search
    kind: Index
    metadata: {name: products}
    spec: {fields: [{name: id, type: Edm.String, key: true}]}

Passes::

    apiVersion: azure-ai-search
    kind: DataSource
    metadata: {name: products}
    spec:
      type: azuresql
      credentials: {connectionString: "ResourceId=/subscriptions/0;Database=shop;"}
      container: {name: products}
      dataChangeDetectionPolicy:
        "@odata.type": "#Microsoft.Azure.Search.HighWaterMarkChangeDetectionPolicy"
        highWaterMarkColumnName: version
    ---
    apiVersion: azure-ai-search
    kind: Indexer
    metadata: {name: products}
    spec: {dataSourceName: products, targetIndexName: products}
    ---
    apiVersion: azure-ai-search
    kind: Index
    metadata: {name: products}
    spec: {fields: [{name: id, type: Edm.String, key: true}]}
"""

from __future__ import annotations

from collections.abc import Iterator

from reconciler.lint.bodies import object_at, text_at
from reconciler.lint.pipelines import Pipeline, key_of, known_fields, pipelines, to_key
from reconciler.lint.stack import Stack
from reconciler.model.problem import Problem, Severity

ID = "key-as-mark"
SEVERITY = Severity.WARNING

_POLICY, _COLUMN = "dataChangeDetectionPolicy", "highWaterMarkColumnName"


def check(stack: Stack) -> Iterator[Problem]:
    for pipeline in pipelines(stack):
        source = pipeline.source
        column = text_at(object_at(source.body, _POLICY), _COLUMN) if source is not None else None
        if source is None or column is None or column.lower() not in _keys(pipeline):
            continue
        place = source.where.at("spec", _POLICY, _COLUMN)
        text = f"`{column}` is the key, which does not grow when a row changes"
        fix = "name a column that does, such as a rowversion"
        yield Problem(ID, text, place, fix, SEVERITY)


def _keys(pipeline: Pipeline) -> set[str]:
    """The columns that become the key, in lower case: mapped, or of its name."""
    mapped = {source for source, _, _ in to_key(pipeline)}
    key = key_of(known_fields(pipeline.index))
    return mapped or ({key} if key is not None else set())
