"""A list of file name extensions does not select what it says.

Extensions have a dot (`.pdf,.docx`); one without it fits no file. One that is in both lists is
excluded.

What to do: write the dot, or delete the extension from one of the lists.

Sources: https://learn.microsoft.com/azure/search/search-how-to-index-azure-blob-storage

Fails::

    apiVersion: azure-ai-search
    kind: Indexer
    metadata: {name: docs}
    spec:
      dataSourceName: docs
      targetIndexName: docs
      parameters: {configuration: {indexedFileNameExtensions: "pdf,.docx"}}
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
      parameters: {configuration: {indexedFileNameExtensions: ".pdf,.docx"}}
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

ID = "file-extensions"
SEVERITY = Severity.WARNING

_INDEXED, _EXCLUDED = "indexedFileNameExtensions", "excludedFileNameExtensions"


def check(stack: Stack) -> Iterator[Problem]:
    for pipeline in pipelines(stack):
        listed = {
            name: _extensions(text_at(pipeline.configuration, name))
            for name in (_INDEXED, _EXCLUDED)
        }
        for name, extensions in listed.items():
            for extension in extensions:
                if not extension.startswith("."):
                    text = f"`{extension}` fits no file: an extension begins with a dot"
                    fix = f"write .{extension.lstrip('*.')}"
                    yield Problem(ID, text, pipeline.configured.at(name), fix, SEVERITY)
        for extension in listed[_INDEXED]:
            if extension in listed[_EXCLUDED]:
                text = f"`{extension}` is excluded: it is in both lists"
                fix = f"delete it here, or from `{_EXCLUDED}`"
                yield Problem(ID, text, pipeline.configured.at(_INDEXED), fix, SEVERITY)


def _extensions(text: str | None) -> list[str]:
    parts = (part.strip().lower() for part in (text or "").split(","))
    return list(dict.fromkeys(part for part in parts if part))
