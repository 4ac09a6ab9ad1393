"""A model is named without a parameter that the service needs to call it.

A vectorizer of kind `azureOpenAI` needs a `resourceUri`, `customWebApi` a `uri`, and a model of a
knowledge base a `resourceUri`: the service refuses them without. An embedding skill needs a
`resourceUri` and a `deploymentId`: the documentation requires them, the schema does not, and every
document fails without. Since the api-versions of May 2024 vectorizers of that kind and embedding
skills need a `modelName`, too: a missing one is a warning where nothing is written, since earlier
versions made some without, and an error where the object is about to be.

What to do: write the parameter.

Sources: https://learn.microsoft.com/azure/search/vector-search-vectorizer-azure-open-ai,
https://learn.microsoft.com/azure/search/cognitive-search-skill-azure-openai-embedding, and
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
from reconciler.lint.models import EMBEDDING, PARAMETERS, models
from reconciler.lint.skills import skills
from reconciler.lint.stack import Stack
from reconciler.lint.vectors import vectorizers
from reconciler.model.problem import Problem, Severity, Where

ID = "incomplete-model"
SEVERITY = Severity.ERROR
SINCE = "2023-10-01-preview"

_OF_VECTORIZERS = {
    "azureOpenAI": (PARAMETERS, ("resourceUri", "modelName")),
    "customWebApi": ("customWebApiParameters", ("uri",)),
    "aml": ("amlParameters", ()),
    "aiServicesVision": ("aiServicesVisionParameters", ()),
}
"""What holds a kind's parameters, and those of them that no property's own rule requires."""
_OF_SKILLS = ("resourceUri", "deploymentId", "modelName")
_MODEL_SINCE = "2024-05-01"
_FIXES = {
    "resourceUri": "write https://NAME.openai.azure.com",
    "deploymentId": "write the name of the model's deployment",
    "modelName": "write the embedding model that is deployed, such as text-embedding-3-small",
    "uri": "write the endpoint's URL",
}


def check(stack: Stack) -> Iterator[Problem]:
    for index in indexes(stack.resources):
        for vectorizer in vectorizers(index):
            holder, needed = _OF_VECTORIZERS.get(vectorizer.kind, ("", ()))
            given = vectorizer.body.get(holder)
            if given is None and holder and not needed:
                text = f"the vectorizer needs `{holder}`"
                yield Problem(ID, text, vectorizer.where, "write where its model is")
            elif given is None or isinstance(given, dict):
                place = vectorizer.where if given is None else vectorizer.where.at(holder)
                said = f"the vectorizer needs `{holder}."
                yield from _lacking(given or {}, needed, said, place, index.api_version)
                yield from _undeployed(vectorizer.kind, given or {}, place)
    for skill in skills(stack):
        if skill.type == EMBEDDING:
            version = skill.skillset.api_version
            yield from _lacking(skill.body, _OF_SKILLS, "the skill needs `", skill.where, version)
    for model in models(stack):
        if model.role == "knowledge base":
            yield from _lacking(model.body, ("resourceUri",), "the model needs `", model.where, "")


def _undeployed(kind: str, given: dict[str, Any], where: Where) -> Iterator[Problem]:
    """Without a deployment the service takes a vectorizer, and queries fail."""
    if kind == "azureOpenAI" and given and not given.get("deploymentId"):
        text = f"the vectorizer needs `{PARAMETERS}.deploymentId`"
        yield Problem(ID, text, where, _FIXES["deploymentId"], Severity.WARNING)


def _lacking(
    given: dict[str, Any], needed: tuple[str, ...], said: str, where: Where, version: str
) -> Iterator[Problem]:
    for name in needed:
        may_stand = name == "modelName"
        if not given.get(name) and not (may_stand and version < _MODEL_SINCE):
            severity = Severity.WARNING if may_stand else SEVERITY
            yield Problem(ID, f"{said}{name}`", where, _FIXES[name], severity, may_stand)
