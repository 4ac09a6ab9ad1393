"""Which skill fills which vector field, as far as the paths say it literally."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

from reconciler.lint.fields import EACH, by_path, each, index_named
from reconciler.lint.skills import DeclaredSkill, skills_of
from reconciler.lint.stack import Stack
from reconciler.model.resource import Resource
from reconciler.providers.search.kinds.skillset.types import Vector

_ROOT = "/document"


class Embedding(NamedTuple):
    """A vector field of an index, and the skill that makes its vectors."""

    skill: DeclaredSkill
    target: Resource
    field: dict[str, Any]


def embeddings(stack: Stack) -> Iterator[Embedding]:
    """Every field that is filled from the very path that a skill writes a vector to."""
    for skillset in stack.resources:
        if skillset.id.kind != "Skillset":
            continue
        written = {path: skill for skill, path in _vectors(skillset)}
        for source, index_name, field_name in _filled(stack, skillset):
            index = index_named(stack.resources, index_name)
            fields = by_path(index) if index is not None else None
            if index is None or not fields or not _are_names(source, field_name):
                continue
            if source in written and field_name in fields:
                yield Embedding(written[source], index, fields[field_name].body)


def _vectors(skillset: Resource) -> Iterator[tuple[DeclaredSkill, str]]:
    """The skills that write vectors, each with the vector's path."""
    for skill in skills_of(skillset):
        context = skill.body.get("context")
        context = _ROOT if context is None else context
        writes = skill.contract.writes or {}
        for output, _ in each(skill.body, skill.where, "outputs", EACH):
            name = output.get("name") if isinstance(output, dict) else None
            if not isinstance(name, str) or name not in writes:
                continue
            written = writes[name].of(skill.body, {})
            target = output.get("targetName") or name
            if isinstance(written, Vector) and _are_names(context, target):
                yield skill, f"{context}/{target}"


def _filled(stack: Stack, skillset: Resource) -> Iterator[tuple[Any, Any, Any]]:
    """What projections and output mappings say: a path, an index, and a field of it."""
    spec = skillset.where.at("spec")
    for selector, where in each(skillset.body, spec, "indexProjections", "selectors", EACH):
        for mapping, _ in each(selector, where, "mappings", EACH):
            if isinstance(mapping, dict):
                yield mapping.get("source"), selector.get("targetIndexName"), mapping.get("name")
    for indexer in stack.resources:
        if indexer.id.kind != "Indexer" or indexer.body.get("skillsetName") != skillset.id.name:
            continue
        for mapping, _ in each(indexer.body, indexer.where, "outputFieldMappings", EACH):
            if isinstance(mapping, dict):
                source = mapping.get("sourceFieldName")
                target = mapping.get("targetFieldName") or source
                yield source, indexer.body.get("targetIndexName"), target


def _are_names(*values: Any) -> bool:
    return all(isinstance(value, str) for value in values)
