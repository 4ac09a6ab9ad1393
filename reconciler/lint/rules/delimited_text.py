"""Columns of delimited text would have wrong names.

Unless `firstLineContainsHeaders` is false, the first line of each file is taken for its headers and
is no document; where it is false, `delimitedTextHeaders` must name the columns. A delimiter is one
character.

What to do: write both settings as the files are.

Sources: https://learn.microsoft.com/azure/search/search-how-to-index-azure-blob-csv

Fails::

    apiVersion: azure-ai-search
    kind: Indexer
    metadata: {name: docs}
    spec:
      dataSourceName: docs
      targetIndexName: docs
      parameters:
        configuration: {parsingMode: delimitedText, delimitedTextHeaders: "id,title"}
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
      parameters:
        configuration:
          parsingMode: delimitedText
          delimitedTextHeaders: "id,title"
          firstLineContainsHeaders: false
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

from reconciler.lint.bodies import text_at
from reconciler.lint.pipelines import pipelines
from reconciler.lint.stack import Stack
from reconciler.model.problem import Problem, Severity

ID = "delimited-text"
SEVERITY = Severity.WARNING

_FIRST = "firstLineContainsHeaders"


def check(stack: Stack) -> Iterator[Problem]:
    for pipeline in pipelines(stack):
        settings, where = pipeline.configuration, pipeline.configured
        if settings.get("parsingMode") != "delimitedText":
            continue
        first, headers = settings.get(_FIRST), "delimitedTextHeaders"
        if text_at(settings, headers) and first in (None, True):
            text = "the first line of each file would be taken for headers, too"
            fix = "write `firstLineContainsHeaders`: false where files have no line of headers"
            severity, name = (SEVERITY, headers) if first is None else (Severity.ADVICE, _FIRST)
            yield Problem(ID, text, where.at(name), fix, severity)
        if first is False and settings.get(headers) in (None, ""):
            text = "nothing names the columns"
            fix = f"write `{headers}`, such as id,title"
            yield Problem(ID, text, where.at(_FIRST), fix, SEVERITY)
        delimiter = text_at(settings, "delimitedTextDelimiter") or ","
        if len(delimiter) > 1:
            text, fix = "a delimiter is one character", 'write one, such as "|" or "\\t"'
            yield Problem(ID, text, where.at("delimitedTextDelimiter"), fix, SEVERITY)
