"""An indexer has a setting that its data source does not take.

The service refuses the indexer: "Configuration property 'queryTimeout' is not supported for the
data source of type 'azureblob'".

What to do: delete the setting.

Sources: https://github.com/Azure/azure-sdk-for-python/issues/33382,
https://learn.microsoft.com/rest/api/searchservice/indexers/create

Fails::

    apiVersion: azure-ai-search
    kind: Indexer
    metadata: {name: docs}
    spec:
      dataSourceName: docs
      targetIndexName: docs
      parameters: {configuration: {queryTimeout: "00:10:00"}}
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
      parameters: {configuration: {queryTimeout: "00:10:00"}}
    ---
    apiVersion: azure-ai-search
    kind: DataSource
    metadata: {name: docs}
    spec:
      type: azuresql
      credentials: {connectionString: "Database=docs;ResourceId=/subscriptions/0;"}
      container: {name: docs}
    ---
    apiVersion: azure-ai-search
    kind: Index
    metadata: {name: docs}
    spec: {fields: [{name: id, type: Edm.String, key: true}]}
"""

from __future__ import annotations

from collections.abc import Iterator

from reconciler.lint.pipelines import FILES, pipelines
from reconciler.lint.stack import Stack
from reconciler.model.problem import Problem, Severity

ID = "setting-of-another-source"
SEVERITY = Severity.ERROR

_SQL, _COSMOS = frozenset({"azuresql"}), frozenset({"cosmosdb"})
_OF = {
    "queryTimeout": _SQL,
    "convertHighWaterMarkToRowVersion": _SQL,
    "disableOrderByHighWaterMarkColumn": _SQL,
    "assumeOrderByHighWaterMarkColumn": _COSMOS,
    **dict.fromkeys(
        (
            "parsingMode",
            "dataToExtract",
            "imageAction",
            "normalizedImageMaxWidth",
            "normalizedImageMaxHeight",
            "allowSkillsetToReadFileData",
            "pdfTextRotationAlgorithm",
            "indexedFileNameExtensions",
            "excludedFileNameExtensions",
            "failOnUnsupportedContentType",
            "failOnUnprocessableDocument",
            "indexStorageMetadataOnlyForOversizedDocuments",
            "delimitedTextHeaders",
            "delimitedTextDelimiter",
            "firstLineContainsHeaders",
            "documentRoot",
            "markdownParsingSubmode",
            "markdownHeaderDepth",
            "encoding",
        ),
        FILES,
    ),
}
"""The types of data sources that each setting is of; what is of all is not here (SKILLS 4.1)."""

_KNOWN = FILES | _SQL | _COSMOS | {"azuretable", "mysql"}


def check(stack: Stack) -> Iterator[Problem]:
    for pipeline in pipelines(stack):
        of = pipeline.source_type
        for name, value in pipeline.configuration.items() if of in _KNOWN else ():
            if value is not None and of not in _OF.get(name, _KNOWN):
                text = f"`{name}` is not for a data source of type {of}"
                place = pipeline.configured.at(name, of_key=True)
                yield Problem(ID, text, place, f"delete it: it is for {_called(_OF[name])}")


def _called(types: frozenset[str]) -> str:
    return "files" if types == FILES else ", ".join(types)
