"""`incomplete-vectorizer`: a vectorizer lacks a parameter without which the service refuses it.

Passes: `azureOpenAI` with a `resourceUri` and a `modelName`; before the api-versions of May 2024
without the latter; `customWebApi` with a `uri`. Fails: without them (SKILLS P31, P32). A missing
`modelName` is a warning where nothing is written: earlier versions made vectorizers without.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from reconciler.lint.fields import indexes
from reconciler.manifest.project import Project
from reconciler.model.problem import Problem, Severity, Where
from reconciler.model.resource import Resource

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


def check(resources: Sequence[Resource], project: Project) -> Iterator[Problem]:
    for index in indexes(resources):
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
            severity = Severity.WARNING if may_stand else Severity.ERROR
            fix = _FIXES[name]
            yield Problem("incomplete-vectorizer", text, place, fix, severity, may_stand)
