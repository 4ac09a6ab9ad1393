"""The models that documents name: in vectorizers, in skills, in knowledge bases and sources."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Literal, NamedTuple

from reconciler.lint.bodies import EACH, Step, each
from reconciler.lint.skills import skills
from reconciler.lint.stack import Stack
from reconciler.model.problem import Where

Role = Literal["vectorizer", "skill", "knowledge base", "knowledge source"]
PARAMETERS = "azureOpenAIParameters"


class Model(NamedTuple):
    """How a model in Azure OpenAI is called: `body` has its `resourceUri`, `modelName` and so on.

    `embeds` says what it is to make there: vectors, or else answers.
    """

    role: Role
    embeds: bool
    body: dict[str, Any]
    where: Where


_PLACES: dict[str, tuple[tuple[Role, bool, tuple[Step, ...]], ...]] = {
    "Index": (("vectorizer", True, ("vectorSearch", "vectorizers", EACH, PARAMETERS)),),
    "KnowledgeBase": (("knowledge base", False, ("models", EACH, PARAMETERS)),),
}
"""Where bodies of a kind name models."""
_OF_SOURCES = (("embeddingModel", True), ("chatCompletionModel", False))
EMBEDDING = "Text.AzureOpenAIEmbeddingSkill"


def models(stack: Stack) -> Iterator[Model]:
    """Every model that is named, whether well or not."""
    for resource in stack.resources:
        spec = resource.where.at("spec")
        for role, embeds, path in _PLACES.get(resource.id.kind, ()):
            for body, where in each(resource.body, spec, *path):
                if isinstance(body, dict):
                    yield Model(role, embeds, body, where)
        if resource.id.kind == "KnowledgeSource":
            yield from _of_source(resource.body, spec)
    for skill in skills(stack):
        if skill.type == EMBEDDING:
            yield Model("skill", True, skill.body, skill.where)


def _of_source(source: dict[str, Any], where: Where) -> Iterator[Model]:
    """The models by which a source fills its index, whatever kind of source it is."""
    for name in source:
        for role, embeds in _OF_SOURCES:
            path = (name, "ingestionParameters", role, PARAMETERS)
            for body, here in each(source, where, *path):
                if isinstance(body, dict):
                    yield Model("knowledge source", embeds, body, here)
