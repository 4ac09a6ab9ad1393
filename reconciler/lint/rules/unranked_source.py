"""A knowledge source reads an index that has no semantic configuration.

What a knowledge base finds is ranked semantically: an index without a configuration cannot answer
it.

What to do: add a semantic configuration to the index, and make it the default one.

Sources: https://learn.microsoft.com/azure/search/agentic-knowledge-source-how-to-search-index

Fails::

    apiVersion: azure-ai-search
    kind: KnowledgeSource
    metadata: {name: handbook}
    spec:
      kind: searchIndex
      searchIndexParameters: {searchIndexName: docs}
    ---
    apiVersion: azure-ai-search
    kind: Index
    metadata: {name: docs}
    spec:
      fields:
        - {name: id, type: Edm.String, key: true}
        - {name: text, type: Edm.String}

Passes::

    apiVersion: azure-ai-search
    kind: KnowledgeSource
    metadata: {name: handbook}
    spec:
      kind: searchIndex
      searchIndexParameters: {searchIndexName: docs}
    ---
    apiVersion: azure-ai-search
    kind: Index
    metadata: {name: docs}
    spec:
      fields:
        - {name: id, type: Edm.String, key: true}
        - {name: text, type: Edm.String}
      semantic:
        defaultConfiguration: ranked
        configurations:
          - name: ranked
            prioritizedFields:
              prioritizedContentFields: [{fieldName: text}]
"""

from __future__ import annotations

from collections.abc import Iterator

from reconciler.lint.bodies import each, names
from reconciler.lint.fields import declared
from reconciler.lint.stack import Stack
from reconciler.model.problem import Problem, Severity

ID = "unranked-source"
SEVERITY = Severity.WARNING


def check(stack: Stack) -> Iterator[Problem]:
    for source in stack.resources:
        if source.id.kind != "KnowledgeSource":
            continue
        path = ("searchIndexParameters", "searchIndexName")
        for name, where in each(source.body, source.where.at("spec"), *path):
            index = declared(stack.resources, "Index", name)
            if index is not None and names(index.body, "semantic", "configurations") == set():
                text = f"{index.id} has no semantic configuration, which this source needs"
                fix = "add one under `semantic` of the index"
                yield Problem(ID, text, where, fix, SEVERITY)
