"""The skills of a skillset: what each reads, and what it writes."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from functools import cached_property

from reconciler.lint.bodies import objects, text
from reconciler.lint.enrichment.paths import Path, parse, paths_of
from reconciler.model.json import JsonObject
from reconciler.model.problem import Where
from reconciler.providers.search.kinds.skillset import SKILLS
from reconciler.providers.search.kinds.skillset.contract import ANYTHING, Contract
from reconciler.schema.body import variant


@dataclass
class Skill:
    """One skill of a skillset: what of it can be read."""

    body: JsonObject
    where: Where
    position: int

    @property
    def name(self) -> str:
        return f"skill `{text(self.body, 'name') or f'#{self.position + 1}'}`"

    @cached_property
    def contract(self) -> Contract:
        """What its type reads and writes; of a type that is not known, anything."""
        model = variant(SKILLS, self.body.get("@odata.type"))
        return ANYTHING if model is None else getattr(model, "contract", ANYTHING)

    @cached_property
    def context(self) -> Path:
        """The path of the nodes that it runs for."""
        return parse(text(self.body, "context") or "/document")

    @cached_property
    def outputs(self) -> dict[str, tuple[str, Where]]:
        """What each output is called in the document, and where that is said."""
        found = {}
        for position, output in objects(self.body, "outputs"):
            name = text(output, "name")
            if name is not None:
                target = text(output, "targetName")
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

    def needs(self, other: Skill, there: Collection[Path]) -> bool:
        """Whether it reads what another one writes, and what is not there before."""
        made = other.written.difference(there)
        return any(path[: len(one)] == one for path in self.read for one in made)


def _all_paths(holder: JsonObject) -> Iterator[str]:
    """Every path that inputs read, at any depth."""
    for _, one in objects(holder, "inputs"):
        for name in ("source", "sourceContext"):
            source = text(one, name)
            if source is not None:
                yield from paths_of(source)
        yield from _all_paths(one)


def skills(skillset: JsonObject, where: Where) -> list[Skill]:
    """The skills of a skillset's body."""
    return [
        Skill(body, where.at("skills", position), position)
        for position, body in objects(skillset, "skills")
    ]
