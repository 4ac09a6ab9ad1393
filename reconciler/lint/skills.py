"""The skills of the declared skillsets, each with its place, what it reads and what it writes."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from functools import cached_property, lru_cache

from reconciler.lint.bodies import EACH, each, objects, text_at
from reconciler.lint.endpoints import Endpoint
from reconciler.lint.enrichment.paths import Path, parse, paths_of
from reconciler.lint.stack import Stack
from reconciler.model.json import JsonObject
from reconciler.model.problem import Where
from reconciler.model.resource import Resource
from reconciler.providers.search.kinds.skillset import SKILLS
from reconciler.providers.search.kinds.skillset.contract import ANYTHING, Contract
from reconciler.schema.body import variant

WEB_API = "Custom.WebApiSkill"
DESCRIBED = (WEB_API, "Custom.AmlSkill")
"""The types of skills whose API has no form of its own."""
OUTSIDE = (*DESCRIBED, "Custom.ChatCompletionSkill")
"""The types of skills that call what somebody runs, or deploys, beside the service."""
_PREFIX = "#Microsoft.Skills."


@dataclass
class DeclaredSkill:
    """One skill of a skillset: what of it can be read."""

    body: JsonObject
    where: Where
    skillset: Resource

    @cached_property
    def type(self) -> str:
        """The end of its `@odata.type`, such as `Text.SplitSkill`; empty where it has none."""
        return (text_at(self.body, SKILLS.tag) or "").removeprefix(_PREFIX)

    @cached_property
    def name(self) -> str:
        """What people call it: as the service does, by its position where it has no name."""
        return f"skill `{self.called}`"

    @property
    def called(self) -> str:
        """Its name, or its number, such as `#1`."""
        return text_at(self.body, "name") or self.number

    @property
    def number(self) -> str:
        """Its place in the list, from #1."""
        return f"#{int(self.where.path[-1]) + 1}"

    @cached_property
    def endpoint(self) -> Endpoint | None:
        """The API that it calls, where a contract of its skillset describes it."""
        contracts = self.skillset.contracts
        file = contracts.get(self.called) or contracts.get(self.number)
        if file is None or self.type not in DESCRIBED:
            return None
        return Endpoint(file, method(self), records=self.type == WEB_API)

    @property
    def data(self) -> Contract:
        """What it reads and writes: as its API is described, or as its type does."""
        return self.contract if self.endpoint is None else self.endpoint.contract

    @cached_property
    def contract(self) -> Contract:
        """What its type reads and writes; of a type that is not known, anything."""
        model = variant(SKILLS, self.body.get(SKILLS.tag))
        return ANYTHING if model is None else getattr(model, "contract", ANYTHING)

    @cached_property
    def context(self) -> Path:
        """The path of the nodes that it runs for."""
        return parse(text_at(self.body, "context") or "/document")

    @cached_property
    def outputs(self) -> dict[str, tuple[str, Where]]:
        """What each output is called in the document, and where that is said."""
        found = {}
        for position, output in objects(self.body, "outputs"):
            name = text_at(output, "name")
            if name is not None:
                target = text_at(output, "targetName")
                where = self.where.at("outputs", position, "targetName" if target else "name")
                found[name] = (target or name, where)
        return found

    @cached_property
    def written(self) -> set[Path]:
        """Every path that it writes."""
        return {(*self.context, target) for target, _ in self.outputs.values()}

    @cached_property
    def read(self) -> list[Path]:
        """Every path that it reads."""
        return [self.context, *(parse(path) for path in _all_paths(self.body))]

    def needs(self, other: DeclaredSkill, there: Collection[Path]) -> bool:
        """Whether it reads what another one writes, and what is not there before."""
        made = other.written.difference(there)
        return any(path[: len(one)] == one for path in self.read for one in made)


def _all_paths(holder: JsonObject) -> Iterator[str]:
    """Every path that inputs read, at any depth."""
    for _, one in objects(holder, "inputs"):
        for name in ("source", "sourceContext"):
            source = text_at(one, name)
            if source is not None:
                yield from paths_of(source)
        yield from _all_paths(one)


@lru_cache(maxsize=1)
def skills(stack: Stack) -> tuple[DeclaredSkill, ...]:
    """Every skill that says its type, known or not; those of the last stack are kept."""
    skillsets = (resource for resource in stack.resources if resource.id.kind == "Skillset")
    return tuple(skill for one in skillsets for skill in skills_of(one) if skill.type)


def skills_of(skillset: Resource) -> Iterator[DeclaredSkill]:
    """The skills of one skillset."""
    for body, where in each(skillset.body, skillset.where.at("spec"), "skills", EACH):
        if isinstance(body, dict):
            yield DeclaredSkill(body, where, skillset)


def method(skill: DeclaredSkill) -> str:
    """The method by which a skill calls its API: POST, where it says none."""
    return (text_at(skill.body, "httpMethod") or "POST").upper()


def called(skill: DeclaredSkill, listed: str) -> Iterator[tuple[str, Where]]:
    """The names of its `inputs` or `outputs`, as far as they can be told."""
    for position, entry in objects(skill.body, listed):
        name = text_at(entry, "name")
        if name is not None:
            yield name, skill.where.at(listed, position, "name")
