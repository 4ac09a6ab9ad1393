"""A model is asked for vectors of a length that it does not make.

`text-embedding-ada-002` makes 1536 numbers and no others, `text-embedding-3-small` at most 1536,
`text-embedding-3-large` at most 3072. Another number is an error for every document.

What to do: write a length that the model makes, in the index, too; or delete `dimensions`, and have
the longest.

Sources: https://learn.microsoft.com/azure/search/cognitive-search-skill-azure-openai-embedding,
https://github.com/Azure/Vector-Search-AI-Assistant/issues/67

Fails::

    apiVersion: azure-ai-search
    kind: Skillset
    metadata: {name: docs}
    spec:
      skills:
        - "@odata.type": "#Microsoft.Skills.Text.AzureOpenAIEmbeddingSkill"
          resourceUri: https://docs.openai.azure.com
          deploymentId: embedding
          modelName: text-embedding-3-small
          dimensions: 3072
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
          deploymentId: embedding
          modelName: text-embedding-3-large
          dimensions: 3072
          inputs: [{name: text, source: /document/content}]
          outputs: [{name: embedding}]
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from reconciler.lint.bodies import number
from reconciler.lint.models import EMBEDDING
from reconciler.lint.skills import skills
from reconciler.lint.stack import Stack
from reconciler.lint.vectors import lengths_of, spelled
from reconciler.model.problem import Correction, Problem, Severity, Where

ID = "model-dimensions"
SEVERITY = Severity.ERROR


def check(stack: Stack) -> Iterator[Problem]:
    for body, named, where in _asked(stack):
        asked, lengths = number(body, "dimensions"), lengths_of(body.get(named))
        if asked is not None and lengths is not None and asked not in lengths:
            text = f"{body[named]} makes vectors of {spelled(lengths)}, not of {asked}"
            here, only = where.at("dimensions"), lengths[0] if len(lengths) == 1 else None
            meant = Correction(here, asked, only) if only is not None else None
            yield Problem(ID, text, here, f"write {spelled(lengths)}", correction=meant)


def _asked(stack: Stack) -> Iterator[tuple[dict[str, Any], str, Where]]:
    """What asks for a length, and which of its properties names the model."""
    for skill in skills(stack):
        if skill.type == EMBEDDING:
            yield skill.body, "modelName", skill.where
    for resource in stack.local:
        if resource.id.kind == "EmbeddingModel":
            yield resource.body, "model", resource.where.at("spec")
