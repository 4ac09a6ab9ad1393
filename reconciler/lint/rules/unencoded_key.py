"""A document's key is made of a path that no function encodes for a key.

Keys hold letters, digits, `_`, `-` and `=` only. The path of a file has other characters, so that
every document fails. For keys, `base64Encode` must have `useHttpServerUtilityUrlTokenEncode` true,
its default: with false keys are made, which are not what the other end expects, and that is a
warning. Without any mapping to the key the service encodes the path by itself.

What to do: map by `mappingFunction: {name: base64Encode}`, or delete the mapping.

Sources: https://learn.microsoft.com/azure/search/search-indexer-field-mappings

Fails::

    apiVersion: azure-ai-search
    kind: Indexer
    metadata: {name: docs}
    spec:
      dataSourceName: docs
      targetIndexName: docs
      fieldMappings:
        - {sourceFieldName: metadata_storage_path, targetFieldName: id}
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
"""

from __future__ import annotations

from collections.abc import Iterator

from reconciler.lint.bodies import object_at, text_at
from reconciler.lint.pipelines import pipelines, to_key
from reconciler.lint.stack import Stack
from reconciler.model.problem import Problem, Severity

ID = "unencoded-key"
SEVERITY = Severity.ERROR

_KEEPING = ("base64Decode", "urlDecode", "urlEncode")
_SWITCH = "useHttpServerUtilityUrlTokenEncode"


def check(stack: Stack) -> Iterator[Problem]:
    for pipeline in pipelines(stack):
        plain = pipeline.parameters.get("base64EncodeKeys") in (None, False)
        for source, mapping, where in to_key(pipeline):
            function = mapping.get("mappingFunction")
            if source == "metadata_storage_path" and function is None and plain:
                text = "a path is no key: it has characters that keys cannot have"
                yield Problem(ID, text, where, "add mappingFunction: {name: base64Encode}")
            named = text_at(function, "name")
            if source == "metadata_storage_path" and named in _KEEPING:
                text = f"`{named}` leaves characters in a path that keys cannot have"
                place = where.at("mappingFunction", "name")
                yield Problem(ID, text, place, "write base64Encode")
            if named is None or named.lower() != "base64encode":
                continue
            if object_at(mapping, "mappingFunction", "parameters").get(_SWITCH) is False:
                place = where.at("mappingFunction", "parameters", _SWITCH)
                text = f"for keys, `{_SWITCH}` must be true"
                yield Problem(ID, text, place, "delete it: true is the default", Severity.WARNING)
