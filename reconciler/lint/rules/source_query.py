"""A data source's query is not one that an indexer can use.

Azure SQL takes none: the container's name is a table or a view. For Cosmos DB the query takes no
DISTINCT or GROUP BY, and beside a high-water mark it must ask for what is new
(`WHERE c._ts >= @HighWaterMark ORDER BY c._ts`), or every run starts from the beginning.

What to do: delete the query and name a view, or write what is missing.

Sources: https://learn.microsoft.com/azure/search/search-how-to-index-cosmosdb-sql

Fails::

    apiVersion: azure-ai-search
    kind: DataSource
    metadata: {name: docs}
    spec:
      type: cosmosdb
      credentials: {connectionString: "ResourceId=/subscriptions/0;Database=docs"}
      container: {name: docs, query: "SELECT c.id, c._ts FROM c"}
      dataChangeDetectionPolicy:
        "@odata.type": "#Microsoft.Azure.Search.HighWaterMarkChangeDetectionPolicy"
        highWaterMarkColumnName: _ts

Passes::

    apiVersion: azure-ai-search
    kind: DataSource
    metadata: {name: docs}
    spec:
      type: cosmosdb
      credentials: {connectionString: "ResourceId=/subscriptions/0;Database=docs"}
      container:
        name: docs
        query: SELECT c.id, c._ts FROM c WHERE c._ts >= @HighWaterMark ORDER BY c._ts
      dataChangeDetectionPolicy:
        "@odata.type": "#Microsoft.Azure.Search.HighWaterMarkChangeDetectionPolicy"
        highWaterMarkColumnName: _ts
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from reconciler.lint.bodies import object_at, text_at
from reconciler.lint.pipelines import sources
from reconciler.lint.stack import Stack
from reconciler.model.problem import Problem, Severity

ID = "source-query"
SEVERITY = Severity.WARNING

_HIGH_WATER_MARK = "#Microsoft.Azure.Search.HighWaterMarkChangeDetectionPolicy"
_SELECT = re.compile(r"\s*SELECT\b", re.IGNORECASE)
_TEXTS = re.compile(r"'[^']*'|\"[^\"]*\"")
_COLUMNS = re.compile(r"\s*SELECT\s+(?!VALUE\b)([\w.,\s]+?)\s+FROM\b", re.IGNORECASE)
_GROUPED = re.compile(r"\b(DISTINCT|GROUP\s+BY)\b", re.IGNORECASE)
_MARK = re.compile(r"@HighWaterMark\b", re.IGNORECASE)
_ORDERED = re.compile(r"\bORDER\s+BY\b.*\b_ts\b", re.IGNORECASE | re.DOTALL)


def check(stack: Stack) -> Iterator[Problem]:
    for source in sources(stack):
        query = text_at(object_at(source.body, "container"), "query")
        if query is None:
            continue
        of, place = text_at(source.body, "type"), source.where.at("spec", "container", "query")
        policy = object_at(source.body, "dataChangeDetectionPolicy").get("@odata.type")
        if of == "azuresql":
            text = "Azure SQL takes no query"
            yield Problem(ID, text, place, "make a view of it, and name that", SEVERITY)
        elif of == "cosmosdb" and _SELECT.match(query):
            for text, fix in _cosmos(query, policy == _HIGH_WATER_MARK):
                yield Problem(ID, text, place, fix, SEVERITY)
            deletion = object_at(source.body, "dataDeletionDetectionPolicy")
            column = text_at(deletion, "softDeleteColumnName")
            if column is not None and _leaves_out(query, column):
                text = f"the query does not select `{column}`, which marks what is deleted"
                yield Problem(ID, text, place, f"select c.{column}, too", SEVERITY)


def _leaves_out(query: str, column: str) -> bool:
    """Whether a list of columns is selected, in which one does not stand."""
    selected = _COLUMNS.match(_TEXTS.sub("''", query))
    return selected is not None and not re.search(rf"\b{re.escape(column)}\b", selected[1])


def _cosmos(query: str, marked: bool) -> Iterator[tuple[str, str]]:
    """What is wrong with a query of Cosmos DB, and what to do; `marked`: changes are told."""
    grouped = _GROUPED.search(_TEXTS.sub("''", query))
    if grouped is not None:
        yield f"an indexer's query takes no {grouped[1].upper()}", "select the documents themselves"
    if marked and not _MARK.search(query):
        fix = "write WHERE c._ts >= @HighWaterMark ORDER BY c._ts"
        yield "the query does not ask for what is new since the last run", fix
    elif marked and not _ORDERED.search(query):
        yield "a run that is cut off would start from the beginning", "write ORDER BY c._ts"
