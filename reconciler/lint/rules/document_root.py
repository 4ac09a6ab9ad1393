"""The root of the array in JSON files is no JSON pointer.

`documentRoot` is the way to the array, from the top of the file: each step with a slash before it.
Without the first one nothing is found, and nothing is indexed.

What to do: write `/level1/level2`.

Sources: https://learn.microsoft.com/azure/search/search-how-to-index-azure-blob-json

Fails::

    apiVersion: azure-ai-search
    kind: Indexer
    metadata: {name: docs}
    spec:
      dataSourceName: docs
      targetIndexName: docs
      parameters: {configuration: {parsingMode: jsonArray, documentRoot: pages.items}}
    ---
    apiVersion: azure-ai-search
    kind: DataSource
    metadata: {name: docs}
    spec:
      type: onelake
      credentials: {connectionString: ResourceId=8f1c2f0e-5a53-4a3e-9d0c-3a3f0d3e6a10}
      container: {name: 2b7f4c1e-7c55-4f0a-8a59-0e6a1c0b9d11}
    ---
    apiVersion: azure-ai-search
    kind: Index
    metadata: {name: docs}
    spec:
      fields:
        - {name: id, type: Edm.String, key: true}

Passes::

    apiVersion: azure-ai-search
    kind: Indexer
    metadata: {name: docs}
    spec:
      dataSourceName: docs
      targetIndexName: docs
      parameters: {configuration: {parsingMode: jsonArray, documentRoot: /pages/items}}
    ---
    apiVersion: azure-ai-search
    kind: DataSource
    metadata: {name: docs}
    spec:
      type: onelake
      credentials: {connectionString: ResourceId=8f1c2f0e-5a53-4a3e-9d0c-3a3f0d3e6a10}
      container: {name: 2b7f4c1e-7c55-4f0a-8a59-0e6a1c0b9d11}
    ---
    apiVersion: azure-ai-search
    kind: Index
    metadata: {name: docs}
    spec:
      fields:
        - {name: id, type: Edm.String, key: true}
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from reconciler.lint.bodies import text_at
from reconciler.lint.pipelines import pipelines
from reconciler.lint.stack import Stack
from reconciler.model.problem import Correction, Problem, Severity

ID = "document-root"
SEVERITY = Severity.WARNING

_STEPS = re.compile(r"[\w-]+(/[\w-]+)*")
"""A pointer that lacks its first slash and nothing else."""


def check(stack: Stack) -> Iterator[Problem]:
    for pipeline in pipelines(stack):
        root = text_at(pipeline.configuration, "documentRoot")
        if root is not None and not root.startswith("/"):
            text = f"`{root}` is no JSON pointer: it begins with a slash"
            where = pipeline.configured.at("documentRoot")
            fix = f"write /{root.replace('.', '/')}"
            meant = Correction(where, root, f"/{root}") if _STEPS.fullmatch(root) else None
            yield Problem(ID, text, where, fix, SEVERITY, correction=meant)
