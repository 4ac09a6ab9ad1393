"""An EmbeddingModel is declared otherwise than the deployment that it describes is called.

`reconciler test` asks a model for what its document says. Where a skill or a vectorizer calls the
same deployment for vectors of another length, or by the name of another model, the test proves
nothing about them.

What to do: write the same numbers and names; `${EmbeddingModel.NAME/dimensions}` takes them from
the one document.

Sources: https://learn.microsoft.com/azure/search/vector-search-integrated-vectorization

Fails::

    apiVersion: reconciler/v1
    kind: EmbeddingModel
    metadata: {name: text}
    spec:
      protocol: azureOpenAI
      endpoint: https://docs.openai.azure.com
      deployment: embedding
      model: text-embedding-3-small
      dimensions: 512
    ---
    apiVersion: azure-ai-search
    kind: Skillset
    metadata: {name: docs}
    spec:
      skills:
        - "@odata.type": "#Microsoft.Skills.Text.AzureOpenAIEmbeddingSkill"
          resourceUri: https://docs.openai.azure.com
          deploymentId: embedding
          modelName: text-embedding-3-small
          dimensions: 1024
          inputs: [{name: text, source: /document/title}]
          outputs: [{name: embedding}]

Passes::

    apiVersion: reconciler/v1
    kind: EmbeddingModel
    metadata: {name: text}
    spec:
      protocol: azureOpenAI
      endpoint: https://docs.openai.azure.com
      deployment: embedding
      model: text-embedding-3-small
      dimensions: 1024
    ---
    apiVersion: azure-ai-search
    kind: Skillset
    metadata: {name: docs}
    spec:
      skills:
        - "@odata.type": "#Microsoft.Skills.Text.AzureOpenAIEmbeddingSkill"
          resourceUri: https://docs.openai.azure.com
          deploymentId: embedding
          modelName: text-embedding-3-small
          dimensions: 1024
          inputs: [{name: text, source: /document/title}]
          outputs: [{name: embedding}]
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

from reconciler.lint.bodies import number
from reconciler.lint.fields import indexes
from reconciler.lint.models import EMBEDDING, PARAMETERS
from reconciler.lint.skills import skills
from reconciler.lint.stack import Stack
from reconciler.lint.vectors import vector_fields, vectorizer_of
from reconciler.model.problem import Problem, Severity
from reconciler.model.resource import Resource
from reconciler.providers.search.kinds.models import EMBEDDING_DIMENSIONS
from reconciler.providers.search.kinds.scalars import spell_endpoint

ID = "declared-model"
SEVERITY = Severity.WARNING


class _Call(NamedTuple):
    """How a deployment is called: by its model's name, for vectors of what length, if known."""

    deployment: tuple[str, str]
    model: str | None
    length: int | None


def check(stack: Stack) -> Iterator[Problem]:
    declared = _declared(stack)
    for call in dict.fromkeys(_calls(stack)) if declared else ():
        described = declared.get(call.deployment, [])
        for model in described:
            name = model.body.get("model")
            if isinstance(name, str) and call.model not in (None, name):
                place = model.where.at("spec", "model")
                text = f"the deployment is called as {call.model}, and not as {name}"
                yield Problem(ID, text, place, f"write {call.model}", SEVERITY)
        lengths = [number(model.body, "dimensions") for model in described]
        if lengths and call.length is not None and not {call.length, None} & set(lengths):
            place = described[0].where.at("spec", "dimensions")
            text = f"the deployment is called for vectors of {call.length}, not of {lengths[0]}"
            yield Problem(ID, text, place, f"write {call.length}", SEVERITY)


def _declared(stack: Stack) -> dict[tuple[str, str], list[Resource]]:
    """The EmbeddingModels by the deployments that they describe."""
    found: dict[tuple[str, str], list[Resource]] = {}
    for resource in stack.local:
        if resource.id.kind == "EmbeddingModel":
            names = resource.body.get("endpoint"), resource.body.get("deployment")
            for deployment in _deployment(*names):
                found.setdefault(deployment, []).append(resource)
    return found


def _calls(stack: Stack) -> Iterator[_Call]:
    for skill in skills(stack):
        if skill.type == EMBEDDING:
            yield from _call(skill.body, number(skill.body, "dimensions"))
    for index in indexes(stack.resources):
        for field, _ in vector_fields(index):
            vectorizer = vectorizer_of(index, field)
            parameters = vectorizer.body.get(PARAMETERS) if vectorizer is not None else None
            if isinstance(parameters, dict):
                yield from _call(parameters, number(field, "dimensions"))


def _call(parameters: dict[str, Any], length: int | None) -> Iterator[_Call]:
    model = parameters.get("modelName")
    name = model if isinstance(model, str) and model else None
    asked = EMBEDDING_DIMENSIONS.get(name or "") if length is None else length
    for deployment in _deployment(parameters.get("resourceUri"), parameters.get("deploymentId")):
        yield _Call(deployment, name, asked)


def _deployment(endpoint: Any, name: Any) -> Iterator[tuple[str, str]]:
    """A deployment as one value, however its endpoint is spelled; nothing where it is unknown."""
    if isinstance(endpoint, str) and isinstance(name, str) and endpoint and name:
        yield spell_endpoint(endpoint), name
