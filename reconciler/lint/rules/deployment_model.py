"""A deployment is called like one model, and is said to be of another.

The service asks the deployment, and takes the vectors to be those of `modelName`. A name of a
deployment is free, so that this is a warning.

What to do: write the deployment of that model, or the model of that deployment.

Sources: https://learn.microsoft.com/azure/search/vector-search-vectorizer-azure-open-ai

Fails::

    apiVersion: azure-ai-search
    kind: Skillset
    metadata: {name: docs}
    spec:
      skills:
        - "@odata.type": "#Microsoft.Skills.Text.AzureOpenAIEmbeddingSkill"
          resourceUri: https://docs.openai.azure.com
          deploymentId: text-embedding-ada-002
          modelName: text-embedding-3-small
          inputs: [{name: text, source: /document/content}]
          outputs: [{name: embedding}]

Passes::

    apiVersion: azure-ai-search
    kind: Skillset
    metadata: {name: docs}
    spec:
      skills:
        - "@odata.type": "#Microsoft.Skills.Text.AzureOpenAIEmbeddingSkill"
          resourceUri: https://docs.openai.azure.com
          deploymentId: text-embedding-3-small
          modelName: text-embedding-3-small
          inputs: [{name: text, source: /document/content}]
          outputs: [{name: embedding}]
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from reconciler.lint.models import models
from reconciler.lint.stack import Stack
from reconciler.model.problem import Problem, Severity, Where
from reconciler.providers.search.kinds.models import CHAT_MODELS, EMBEDDING_DIMENSIONS

ID = "deployment-model"
SEVERITY = Severity.WARNING

_KNOWN = CHAT_MODELS | EMBEDDING_DIMENSIONS.keys()


def check(stack: Stack) -> Iterator[Problem]:
    for deployment, model, where in _named(stack):
        if not isinstance(deployment, str) or not isinstance(model, str):
            continue
        if deployment.lower() in _KNOWN and model in _KNOWN and deployment.lower() != model:
            text = f"the deployment is called {deployment}, and the model {model}"
            yield Problem(ID, text, where, "write the two that belong together", SEVERITY)


def _named(stack: Stack) -> Iterator[tuple[Any, Any, Where]]:
    """Deployments with the models that they are said to be of."""
    for model in models(stack):
        place = model.where.at("deploymentId")
        yield model.body.get("deploymentId"), model.body.get("modelName"), place
    for resource in stack.local:
        if resource.id.kind == "EmbeddingModel":
            place = resource.where.at("spec", "deployment")
            yield resource.body.get("deployment"), resource.body.get("model"), place
