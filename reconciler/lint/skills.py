"""The skills of the declared skillsets, each with its place: what several rules look at."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

from reconciler.lint.fields import EACH, each
from reconciler.lint.stack import Stack
from reconciler.model.problem import Where
from reconciler.model.resource import Resource
from reconciler.providers.search.kinds.skillset import SKILLS
from reconciler.providers.search.kinds.skillset.contract import ANYTHING, Contract
from reconciler.schema.body import variant

_PREFIX = "#Microsoft.Skills."


class DeclaredSkill(NamedTuple):
    """One skill. `type` is the end of its `@odata.type`, such as `Text.SplitSkill`."""

    type: str
    body: dict[str, Any]
    where: Where
    skillset: Resource

    @property
    def contract(self) -> Contract:
        """What it reads and writes: anything, where the type is not known."""
        found: Contract = getattr(variant(SKILLS, _PREFIX + self.type), "contract", ANYTHING)
        return found


def skills(stack: Stack) -> Iterator[DeclaredSkill]:
    """Every skill that says its type, known or not."""
    for skillset in stack.resources:
        if skillset.id.kind == "Skillset":
            yield from skills_of(skillset)


def skills_of(skillset: Resource) -> Iterator[DeclaredSkill]:
    """The skills of one skillset."""
    for body, where in each(skillset.body, skillset.where.at("spec"), "skills", EACH):
        tag = body.get(SKILLS.tag) if isinstance(body, dict) else None
        if isinstance(tag, str):
            yield DeclaredSkill(tag.removeprefix(_PREFIX), body, where, skillset)


def called(skill: DeclaredSkill, listed: str) -> Iterator[tuple[str, Where]]:
    """The names of its `inputs` or `outputs`, as far as they can be told."""
    for entry, where in each(skill.body, skill.where, listed, EACH):
        name = entry.get("name") if isinstance(entry, dict) else None
        if isinstance(name, str):
            yield name, where.at("name")
