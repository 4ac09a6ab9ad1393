"""The search service is to call a URI that is not HTTPS.

It calls custom skills, models and vectorizers over HTTPS only, and loads definitions of entities
so. Nothing is said of this machine and of names without a dot: only a service beside them can reach
those, such as the embedded emulator.

What to do: write the `https://` address of the endpoint.

Sources: https://learn.microsoft.com/azure/search/cognitive-search-custom-skill-web-api,
https://learn.microsoft.com/azure/search/vector-search-vectorizer-custom-web-api

Fails::

    apiVersion: azure-ai-search
    kind: Skillset
    metadata: {name: docs}
    spec:
      skills:
        - "@odata.type": "#Microsoft.Skills.Custom.WebApiSkill"
          uri: http://contoso.azurewebsites.net/api/classify
          inputs: [{name: text, source: /document/content}]
          outputs: [{name: label}]

Passes::

    apiVersion: azure-ai-search
    kind: Skillset
    metadata: {name: docs}
    spec:
      skills:
        - "@odata.type": "#Microsoft.Skills.Custom.WebApiSkill"
          uri: https://contoso.azurewebsites.net/api/classify
          inputs: [{name: text, source: /document/content}]
          outputs: [{name: label}]
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

from reconciler.lint.bodies import EACH, each
from reconciler.lint.fields import indexes
from reconciler.lint.skills import skills
from reconciler.lint.stack import Stack
from reconciler.model.endpoint import in_clear
from reconciler.model.problem import Problem, Severity, Where

ID = "insecure-uri"
SEVERITY = Severity.ERROR

_OF_SKILLS = ("uri", "entitiesDefinitionUri")
_OF_VECTORIZERS = ("customWebApiParameters", "amlParameters")


def check(stack: Stack) -> Iterator[Problem]:
    for uri, where in _called(stack):
        if _insecure(uri):
            yield Problem(ID, "the service calls nothing over plain http", where, "write https://")


def _called(stack: Stack) -> Iterator[tuple[Any, Where]]:
    for skill in skills(stack):
        for name in _OF_SKILLS:
            yield from each(skill.body, skill.where, name)
    for index in indexes(stack.resources):
        for name in _OF_VECTORIZERS:
            path = ("vectorSearch", "vectorizers", EACH, name, "uri")
            yield from each(index.body, index.where.at("spec"), *path)


def _insecure(uri: Any) -> bool:
    if not isinstance(uri, str) or not uri.lower().startswith("http://") or not in_clear(uri):
        return False
    try:
        return "." in (urlsplit(uri).hostname or "")
    except ValueError:
        return False
