"""Several documents may get the same key, and the last one stays.

Where a parsing mode makes several documents of a file (`jsonArray`, `jsonLines`, `delimitedText`,
`markdown`), a key made of the file's own properties is that of all of them: a warning. A key made
of `metadata_storage_name` is shared by files of that name in different folders: an advice, since
there may be no folders.

What to do: delete the mapping to the key, so that the service makes one for each document, or map
`metadata_storage_path`.

Sources: https://learn.microsoft.com/azure/search/search-how-to-index-azure-blob-one-to-many

Fails::

    apiVersion: azure-ai-search
    kind: Indexer
    metadata: {name: docs}
    spec:
      dataSourceName: docs
      targetIndexName: docs
      parameters: {configuration: {parsingMode: jsonLines}}
      fieldMappings:
        - sourceFieldName: metadata_storage_path
          targetFieldName: id
          mappingFunction: {name: base64Encode}
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
      parameters: {configuration: {parsingMode: jsonLines}}
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
from reconciler.lint.pipelines import FILES, Pipeline, pipelines, to_key
from reconciler.lint.stack import Stack
from reconciler.model.problem import Problem, Severity

ID = "shared-key"
SEVERITY = Severity.WARNING

_ONE_TO_MANY = frozenset({"jsonArray", "jsonLines", "delimitedText", "markdown"})


def check(stack: Stack) -> Iterator[Problem]:
    for pipeline in pipelines(stack):
        if pipeline.source_type not in FILES:
            continue
        several = _makes_several(pipeline)
        for source, _, where in to_key(pipeline):
            place = where.at("sourceFieldName")
            if several and source.startswith("metadata_storage_"):
                text = "all documents of a file would get this key"
                yield Problem(ID, text, place, "delete this mapping", SEVERITY)
            elif source == "metadata_storage_name":
                text = "files of the same name in different folders would get one key"
                fix = "map metadata_storage_path, or silence this if there are no folders"
                yield Problem(ID, text, place, fix, Severity.ADVICE)


def _makes_several(pipeline: Pipeline) -> bool:
    """Whether a file surely becomes several documents."""
    mode = text_at(pipeline.configuration, "parsingMode")
    submode = pipeline.configuration.get("markdownParsingSubmode")
    return mode in _ONE_TO_MANY and (mode != "markdown" or submode in (None, "oneToMany"))
