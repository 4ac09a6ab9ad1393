"""A skillset as a program over the tree: each skill runs when what it reads is there."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from reconciler.graph import Graph
from reconciler.lint.bodies import objects, text_at
from reconciler.lint.enrichment.nodes import Found, Missing, Node, Tree, beyond
from reconciler.lint.enrichment.paths import (
    ROOT,
    Mark,
    Path,
    is_expression,
    literal,
    parse,
    paths_of,
)
from reconciler.lint.skills import DeclaredSkill
from reconciler.model.json import JsonObject
from reconciler.model.problem import Where
from reconciler.providers.search.kinds.skillset.contract import ANYTHING, Contract, Reads
from reconciler.providers.search.kinds.skillset.types import (
    ANY,
    COLUMN,
    List,
    Object,
    Scalar,
    Type,
    fits,
)

A_PATH = Reads(ANY)
AN_INPUT = Reads(ANY, required=False)


class PathReader(NamedTuple):
    """Who reads a path, as people say it: "`text` of skill `#1`".

    `ends`: the value leaves the document there, for a field or a knowledge store.
    """

    said: str
    ends: bool = False

    @property
    def context(self) -> PathReader:
        """Where it reads: no value of its own."""
        return PathReader(f"the context of {self.said}")

    def input(self, name: str) -> PathReader:
        """One of its inputs, or mappings."""
        return PathReader(f"`{name}` of {self.said}", self.ends)


@dataclass(frozen=True)
class Read:
    """A path that somebody reads, and what is there.

    Args:
        path: as it is written.
        where: the place of the text that it stands in.
        found: what is there, as its reader sees it.
        takes: what the reader takes, and whether it does anything without.
    """

    path: str
    where: Where
    reader: PathReader
    found: Found | Missing
    takes: Reads


@dataclass(frozen=True)
class Clash:
    """Two that write to one place: the later one, and what the other is."""

    path: Path
    where: Where
    writer: str
    other: str


@dataclass
class Program:
    """What running the skills over the tree has shown.

    Args:
        tree: the document, with everything that skills have written.
        reads: of every skill, as it saw them.
        given: what each skill gets, by its place and the input's name.
        clashes: of what is written.
        circles: skills that wait for each other.
    """

    tree: Tree
    reads: list[Read] = field(default_factory=list)
    given: dict[Where, dict[str, Type]] = field(default_factory=dict)
    clashes: list[Clash] = field(default_factory=list)
    circles: list[list[DeclaredSkill]] = field(default_factory=list)

    def run(self, listed: list[DeclaredSkill]) -> None:
        """Run the skills in the order of what they need; those in a circle read nothing."""
        there = {(*ROOT, name) for name in self.tree.root.names}
        needs = {
            at: [n for n, other in enumerate(listed) if n != at and skill.needs(other, there)]
            for at, skill in enumerate(listed)
        }
        for together in Graph(needs).groups():
            circle = [listed[at] for at in together]
            if len(circle) > 1:
                self.circles.append(circle)
            for skill in circle:
                self._step(skill, blind=len(circle) > 1)

    def _step(self, skill: DeclaredSkill, *, blind: bool) -> None:
        before = len(self.reads)
        given: dict[str, Type] = {}
        if not blind:
            context = text_at(skill.body, "context") or "/document"
            reader, contract = PathReader(skill.name), skill.data
            self.read(context, skill.where.at("context"), reader.context, skill.context)
            read = self.values(skill.body, "inputs", skill.where, skill.context, reader, contract)
            given = {name: type_ for _, name, type_ in read}
        wanted = {name for name, takes in (skill.data.reads or {}).items() if takes.required}
        idle = not wanted <= given.keys() or any(map(_stops, self.reads[before:]))
        self.given[skill.where] = given
        self._write(skill, given, self.tree.node(skill.context), idle=blind or idle)

    def values(
        self,
        holder: JsonObject,
        listed: str,
        where: Where,
        context: Path,
        of: PathReader,
        contract: Contract = ANYTHING,
    ) -> Iterator[tuple[int, str, Type]]:
        """Inputs (or mappings) of something: position, name, and the type of what is read.

        Args:
            holder: the object that has them, under the name `listed`.
            context: where they are read; of a path that shares its stars, one element is meant.
            of: who has them.
        """
        for position, one in objects(holder, listed):
            name = text_at(one, "name")
            if name is None:
                continue
            takes = (contract.reads or {}).get(name, AN_INPUT)
            type_ = self.source(one, where.at(listed, position), context, of.input(name), takes)
            if type_ is not None:
                yield position, name, type_

    def source(
        self, one: JsonObject, where: Where, context: Path, reader: PathReader, takes: Reads
    ) -> Type | None:
        """What `source`, or `sourceContext` with `inputs`, yields; None: nothing."""
        source = text_at(one, "source")
        if source is None:
            return self._shaped(one, where, context, reader)
        place = where.at("source")
        if not is_expression(source):
            found = self.read(source, place, reader, context, takes)
            return found.type if isinstance(found, Found) else None
        paths = paths_of(source)
        read = [self.read(path, place, reader, context, AN_INPUT) for path in paths]
        if name := literal(source):
            return COLUMN if name == "string" else Scalar(name)
        alone = len(read) == 1 and source.removeprefix("=").strip() == f"$({paths[0]})"
        return read[0].type if alone and isinstance(read[0], Found) else ANY

    def _shaped(
        self, one: JsonObject, where: Where, context: Path, reader: PathReader
    ) -> Type | None:
        """An object of the inner inputs; one for each element that `sourceContext` goes through."""
        above = text_at(one, "sourceContext")
        if above is None:
            return None
        inner = parse(above)
        self.read(above, where.at("sourceContext"), reader.context, context)
        inputs = self.values(one, "inputs", where, inner, reader)
        members = Object({name: type_ for _, name, type_ in inputs})
        return List(members) if Mark.EACH in beyond(inner, context) else members

    def read(
        self,
        path: str,
        where: Where,
        reader: PathReader,
        context: Path = ROOT,
        takes: Reads = A_PATH,
    ) -> Found | Missing:
        """What stands at a path, noted as read."""
        tokens = parse(path)
        found = self.tree.read(tokens, context)
        if not path.startswith("/"):
            found = Missing(tokens[:1], "paths begin with `/document`", ("document",))
        if isinstance(found, Found):
            self.tree.mark(tokens, reader.said)
        self.reads.append(Read(path, where, reader, found, takes))
        return found

    def _write(
        self, skill: DeclaredSkill, given: Mapping[str, Type], above: Node | Missing, *, idle: bool
    ) -> None:
        """Put the outputs beneath the context; what the skill does not have may be anything.

        So may what two write, and what a skill writes that does not run.
        """
        for name, (target, where) in skill.outputs.items():
            if isinstance(above, Missing):
                return
            other = above.known(target)
            if other is not None:
                clash = Clash((*skill.context, target), where, skill.name, other.writer)
                self.clashes.append(clash)
                other.type = ANY
                continue
            declared = (skill.data.writes or {}).get(name)
            type_ = declared.of(skill.body, given) if declared is not None and not idle else ANY
            writer = f"`{name}` of {skill.name}"
            above.below[target] = Node(type_ or ANY, writer, where, idle=idle)


def _stops(read: Read) -> bool:
    """Whether a skill that reads so runs for no node.

    https://learn.microsoft.com/azure/search/cognitive-search-common-errors-warnings
    """
    if not read.takes.required:
        return False
    found = read.found
    return isinstance(found, Missing) or found.node.idle or not fits(found.type, read.takes.type)
