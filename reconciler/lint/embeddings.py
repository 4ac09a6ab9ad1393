"""Which skill fills which vector field."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

from reconciler.lint.enrichment.facts import Facts, facts
from reconciler.lint.enrichment.paths import parse
from reconciler.lint.skills import DeclaredSkill
from reconciler.lint.stack import Stack
from reconciler.model.resource import Resource
from reconciler.providers.search.kinds.skillset.types import Vector


class Embedding(NamedTuple):
    """A vector field of an index, and the skill that makes its vectors."""

    skill: DeclaredSkill
    target: Resource
    field: dict[str, Any]


def embeddings(stack: Stack) -> Iterator[Embedding]:
    """Every field that gets the vectors that a skill writes."""
    for pipeline in facts(stack):
        for fill in pipeline.fills:
            if isinstance(fill.type, Vector) and fill.index is not None and fill.field is not None:
                skill = _writer(pipeline, fill.path)
                if skill is not None:
                    yield Embedding(skill, fill.index, fill.field.body)


def _writer(pipeline: Facts, path: str) -> DeclaredSkill | None:
    """The skill that writes what stands at a path."""
    written = (skill for skill in pipeline.skills if parse(path) in skill.written)
    return next(written, None)
