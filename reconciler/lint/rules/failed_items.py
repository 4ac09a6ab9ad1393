"""Failures are allowed in a run and not in a batch, or the reverse.

A run goes on only while both `maxFailedItems` and `maxFailedItemsPerBatch` allow it, and each is 0
when it is left out: one of them alone allows none.

What to do: write both.

Sources: https://learn.microsoft.com/azure/search/search-how-to-index-azure-blob-storage

Fails::

    apiVersion: azure-ai-search
    kind: Indexer
    metadata: {name: docs}
    spec:
      dataSourceName: docs
      targetIndexName: docs
      parameters: {maxFailedItems: 10}
    ---
    apiVersion: azure-ai-search
    kind: DataSource
    metadata: {name: docs}
    spec:
      type: azureblob
      credentials: {connectionString: "ResourceId=/subscriptions/0;"}
      container: {name: docs}
    ---
    apiVersion: azure-ai-search
    kind: Index
    metadata: {name: docs}
    spec: {fields: [{name: id, type: Edm.String, key: true}]}

Passes::

    apiVersion: azure-ai-search
    kind: Indexer
    metadata: {name: docs}
    spec:
      dataSourceName: docs
      targetIndexName: docs
      parameters: {maxFailedItems: 10, maxFailedItemsPerBatch: 10}
    ---
    apiVersion: azure-ai-search
    kind: DataSource
    metadata: {name: docs}
    spec:
      type: azureblob
      credentials: {connectionString: "ResourceId=/subscriptions/0;"}
      container: {name: docs}
    ---
    apiVersion: azure-ai-search
    kind: Index
    metadata: {name: docs}
    spec: {fields: [{name: id, type: Edm.String, key: true}]}
"""

from __future__ import annotations

from collections.abc import Iterator

from reconciler.lint.pipelines import pipelines
from reconciler.lint.stack import Stack
from reconciler.model.problem import Problem, Severity

ID = "failed-items"
SEVERITY = Severity.ADVICE

_LIMITS = ("maxFailedItems", "maxFailedItemsPerBatch")


def check(stack: Stack) -> Iterator[Problem]:
    for pipeline in pipelines(stack):
        parameters = pipeline.parameters
        for name, other in (_LIMITS, _LIMITS[::-1]):
            allowed = parameters.get(name)
            if type(allowed) is int and allowed != 0 and parameters.get(other) in (None, 0):
                text = f"no item may fail: `{other}` is 0"
                place = pipeline.where.at("parameters", name)
                yield Problem(ID, text, place, f"write `{other}`, too", SEVERITY)
