"""A setting has no effect beside the others.

`documentRoot` is of the parsing mode `jsonArray`, the settings of delimited text and of Markdown
are of theirs, `encoding` is of `text`, and the size of images is of indexers that extract them.
Elsewhere they do nothing, and documents are not as they were meant. What is empty or false asks for
nothing: the portal writes it everywhere.

What to do: delete the setting, or choose the mode that it is of.

Sources: https://learn.microsoft.com/rest/api/searchservice/indexers/create,
https://learn.microsoft.com/azure/search/search-how-to-index-azure-blob-json

Fails::

    apiVersion: azure-ai-search
    kind: Indexer
    metadata: {name: docs}
    spec:
      dataSourceName: docs
      targetIndexName: docs
      parameters: {configuration: {parsingMode: json, documentRoot: /articles}}
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
      parameters: {configuration: {parsingMode: jsonArray, documentRoot: /articles}}
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

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from reconciler.lint.pipelines import pipelines
from reconciler.lint.stack import Stack
from reconciler.model.problem import Problem, Severity
from reconciler.providers.search.kinds.indexer import Configuration
from reconciler.schema.body import shape_of

ID = "idle-setting"
SEVERITY = Severity.WARNING


class _Only(NamedTuple):
    """Where a setting has an effect: another one has one of these values."""

    where: str
    values: tuple[str, ...]


_DELIMITED = _Only("parsingMode", ("delimitedText",))
_MARKDOWN = _Only("parsingMode", ("markdown",))
_IMAGES = _Only("imageAction", ("generateNormalizedImages", "generateNormalizedImagePerPage"))
_EFFECTIVE = {
    "documentRoot": _Only("parsingMode", ("jsonArray",)),
    "delimitedTextHeaders": _DELIMITED,
    "delimitedTextDelimiter": _DELIMITED,
    "firstLineContainsHeaders": _DELIMITED,
    "markdownParsingSubmode": _MARKDOWN,
    "markdownHeaderDepth": _MARKDOWN,
    "encoding": _Only("parsingMode", ("text",)),
    "normalizedImageMaxWidth": _IMAGES,
    "normalizedImageMaxHeight": _IMAGES,
}


def check(stack: Stack) -> Iterator[Problem]:
    properties = shape_of(Configuration).properties
    defaults: Mapping[str, object] = {n: p.default_for({}) for n, p in properties.items()}
    for pipeline in pipelines(stack):
        for name, value in pipeline.configuration.items():
            only = _EFFECTIVE.get(name)
            if only is None or value in (None, "", False, defaults[name]):
                continue
            beside = pipeline.configuration.get(only.where) or defaults[only.where]
            if isinstance(beside, str) and beside not in only.values:
                text = f"`{name}` has no effect: `{only.where}` is `{beside}`"
                fix = f"delete it, or set `{only.where}` to {' or '.join(only.values)}"
                place = pipeline.configured.at(name, of_key=True)
                yield Problem(ID, text, place, fix, SEVERITY)
