"""A vectorizer lacks a parameter without which the service refuses it.

`azureOpenAI` needs a `resourceUri` and, since the api-versions of May 2024, a `modelName`;
`customWebApi` needs a `uri`. A missing `modelName` is a warning where nothing is written, since
earlier versions made vectorizers without one, and an error where the index is about to be.

What to do: write the parameter.

Sources: https://learn.microsoft.com/azure/search/vector-search-vectorizer-azure-open-ai, and
recordings of the service.

Fails::

    apiVersion: azure-ai-search
    kind: Index
    metadata: {name: docs}
    spec:
      fields:
        - {name: id, type: Edm.String, key: true}
      vectorSearch:
        vectorizers:
          - name: openai
            kind: azureOpenAI
            azureOpenAIParameters:
              deploymentId: embedding
              modelName: text-embedding-3-small

Passes::

    apiVersion: azure-ai-search
    kind: Index
    metadata: {name: docs}
    spec:
      fields:
        - {name: id, type: Edm.String, key: true}
      vectorSearch:
        vectorizers:
          - name: openai
            kind: azureOpenAI
            azureOpenAIParameters:
              resourceUri: https://docs.openai.azure.com
              deploymentId: embedding
              modelName: text-embedding-3-small
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from reconciler.lint.fields import indexes
from reconciler.lint.stack import Stack
from reconciler.model.problem import Problem, Severity, Where

ID = "incomplete-vectorizer"
SEVERITY = Severity.ERROR
SINCE = "2024-07-01"

_PARAMETERS = {
    "azureOpenAI": ("azureOpenAIParameters", ("resourceUri", "modelName")),
    "customWebApi": ("customWebApiParameters", ("uri",)),
}
_MODEL_SINCE = "2024-05-01"
_FIXES = {
    "resourceUri": "write https://NAME.openai.azure.com",
    "modelName": "write the embedding model that is deployed, such as text-embedding-3-small",
    "uri": "write the endpoint's URL",
}


def check(stack: Stack) -> Iterator[Problem]:
    for index in indexes(stack.resources):
        search = index.body.get("vectorSearch")
        listed = search.get("vectorizers") if isinstance(search, dict) else None
        where = index.where.at("spec", "vectorSearch", "vectorizers")
        for position, vectorizer in enumerate(listed if isinstance(listed, list) else ()):
            if isinstance(vectorizer, dict):
                yield from _lacking(vectorizer, index.api_version, where.at(position))


def _lacking(vectorizer: dict[str, Any], version: str, where: Where) -> Iterator[Problem]:
    kind = vectorizer.get("kind")
    holder, names = _PARAMETERS.get(kind, ("", ())) if isinstance(kind, str) else ("", ())
    given = vectorizer.get(holder)
    if given is not None and not isinstance(given, dict):
        return
    for name in names:
        if name == "modelName" and version[:10] < _MODEL_SINCE:
            continue
        if not (given or {}).get(name):
            place = where if given is None else where.at(holder)
            text = f"the vectorizer needs `{holder}.{name}`"
            may_stand = name == "modelName"
            severity = Severity.WARNING if may_stand else SEVERITY
            fix = _FIXES[name]
            yield Problem(ID, text, place, fix, severity, may_stand)
