"""A chat model is to make vectors, or an embedding model to answer.

The service lists the models of both purposes together. Vectors are made by
`text-embedding-ada-002`, `text-embedding-3-small` and `text-embedding-3-large` only; a knowledge
base, the GenAI Prompt skill and what puts images into words need a model that answers.

What to do: write a model of the right purpose, and its deployment.

Sources: https://learn.microsoft.com/azure/search/vector-search-vectorizer-azure-open-ai,
https://learn.microsoft.com/azure/search/agentic-retrieval-how-to-create-knowledge-base

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
              resourceUri: https://docs.openai.azure.com
              deploymentId: chat
              modelName: gpt-5-mini

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

from reconciler.lint.bodies import each
from reconciler.lint.models import models
from reconciler.lint.skills import skills
from reconciler.lint.stack import Stack
from reconciler.model.problem import Problem, Severity, Where
from reconciler.providers.search.kinds.models import CHAT_MODELS, LENGTHS

ID = "model-purpose"
SEVERITY = Severity.ERROR


def check(stack: Stack) -> Iterator[Problem]:
    for name, embeds, where in _named(stack):
        if not isinstance(name, str):
            continue
        if embeds and name in CHAT_MODELS:
            fix = "write an embedding model, such as text-embedding-3-large"
            yield Problem(ID, f"{name} makes no vectors", where, fix)
        elif not embeds and name in LENGTHS:
            fix = "write a chat model, such as gpt-5-mini"
            yield Problem(ID, f"{name} makes vectors, and no answers", where, fix)


def _named(stack: Stack) -> Iterator[tuple[Any, bool, Where]]:
    """Every model's name, and whether it is to make vectors."""
    for model in models(stack):
        yield model.body.get("modelName"), model.embeds, model.where.at("modelName")
    for skill in skills(stack):
        if skill.type == "Custom.ChatCompletionSkill":
            for name, where in each(skill.body, skill.where, "commonModelParameters", "model"):
                yield name, False, where
    for resource in stack.local:
        if resource.id.kind == "EmbeddingModel":
            yield resource.body.get("model"), True, resource.where.at("spec", "model")
