"""The whole text of documents goes to a field that is filtered, sorted or counted by.

A string field is `filterable`, `sortable` and `facetable` unless it says otherwise, and then its
whole value is one term, which has at most 32,766 bytes: a document with a longer text fails. What
an indexer reads of a file as its `content` is seldom shorter.

What to do: set the three attributes of the field to false.

Sources: https://learn.microsoft.com/azure/search/search-howto-indexing-azure-blob-storage,
https://github.com/clearlydefined/service/issues/639

Fails::

    apiVersion: azure-ai-search
    kind: Index
    metadata: {name: docs}
    spec:
      fields:
        - {name: id, type: Edm.String, key: true}
        - {name: content, type: Edm.String}
    ---
    apiVersion: azure-ai-search
    kind: DataSource
    metadata: {name: files}
    spec:
      type: azureblob
      credentials: {connectionString: "ResourceId=/subscriptions/0/x;"}
      container: {name: files}
    ---
    apiVersion: azure-ai-search
    kind: Indexer
    metadata: {name: docs}
    spec: {dataSourceName: files, targetIndexName: docs}

Passes::

    apiVersion: azure-ai-search
    kind: Index
    metadata: {name: docs}
    spec:
      fields:
        - {name: id, type: Edm.String, key: true}
        - name: content
          type: Edm.String
          filterable: false
          sortable: false
          facetable: false
    ---
    apiVersion: azure-ai-search
    kind: DataSource
    metadata: {name: files}
    spec:
      type: azureblob
      credentials: {connectionString: "ResourceId=/subscriptions/0/x;"}
      container: {name: files}
    ---
    apiVersion: azure-ai-search
    kind: Indexer
    metadata: {name: docs}
    spec: {dataSourceName: files, targetIndexName: docs}
"""

from __future__ import annotations

from collections.abc import Iterator

from reconciler.lint.enrichment.facts import facts
from reconciler.lint.stack import Stack
from reconciler.model.problem import Problem, Severity
from reconciler.providers.search.kinds.skillset.types import STRING

ID = "filterable-text"
SEVERITY = Severity.WARNING

_WHOLE = ("content", "/document/content")
_TERMS = ("filterable", "sortable", "facetable")


def check(stack: Stack) -> Iterator[Problem]:
    for pipeline in facts(stack):
        known = pipeline.cracked.type.members.get("content") == STRING
        for fill in pipeline.fills if known else ():
            field = fill.field.body if fill.field is not None else {}
            used = [name for name in _TERMS if field.get(name) in (None, True)]
            if fill.field is None or fill.path not in _WHOLE or fill.type != STRING or not used:
                continue
            if field.get("type") == "Edm.String":
                text = f"`{fill.name}` takes the whole text of documents, and is "
                fix = f"write {', '.join(f'`{name}: false`' for name in used)}"
                yield Problem(ID, text + " and ".join(used), fill.field.where, fix, SEVERITY)
