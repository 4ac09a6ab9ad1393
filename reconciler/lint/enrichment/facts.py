"""What rules judge: of each pipeline its tree, who reads what, and what ends in which field."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache

from reconciler.lint.bodies import object_at, objects, objects_at, text_at
from reconciler.lint.enrichment.cracking import Cracked, crack
from reconciler.lint.enrichment.nodes import Found, Tree
from reconciler.lint.enrichment.paths import ROOT, parse
from reconciler.lint.enrichment.program import A_PATH, PathReader, Program
from reconciler.lint.fields import IndexField, declared, top_level
from reconciler.lint.pipelines import Pipeline, pipelines
from reconciler.lint.skills import DeclaredSkill, skills_of
from reconciler.lint.stack import Stack
from reconciler.model.json import JsonObject
from reconciler.model.problem import Where
from reconciler.model.resource import Resource
from reconciler.providers.search.kinds.skillset.types import ANY, STRING, STRINGS, Object, Type

SKIP = "skipIndexingParentDocuments"
"""The projection mode by which only the projections' documents are indexed."""


@dataclass(frozen=True)
class Fill:
    """A value that is written to a field of an index.

    Args:
        index: the index, where it is declared here.
        name: the field's.
        field: None: the index is not known, or has no such field.
        where: the place that says so: the source of a mapping, or the field itself.
        path: where the value comes from.
        type: what it is.
    """

    index: Resource | None
    name: str
    field: IndexField | None
    where: Where
    path: str
    type: Type


@dataclass
class Facts:
    """A pipeline, run; or a skillset that no declared indexer uses, over a source that may be any.

    Args:
        indexes: those of index projections, by name, where they are declared here.
        known: no skillset is named that is declared elsewhere, and might make anything.
    """

    pipeline: Pipeline | None
    skillset: Resource | None
    indexes: dict[str, Resource]
    cracked: Cracked
    program: Program
    skills: list[DeclaredSkill]
    known: bool = True
    fills: list[Fill] = field(default_factory=list)

    @property
    def tree(self) -> Tree:
        """The enriched document."""
        return self.program.tree

    @property
    def indexer(self) -> Resource | None:
        """Who runs it, if anybody."""
        return self.pipeline.indexer if self.pipeline is not None else None

    @property
    def source(self) -> Resource | None:
        """The data source, where it is declared here."""
        return self.pipeline.source if self.pipeline is not None else None

    @property
    def target(self) -> Resource | None:
        """The index that the indexer writes to, where it is declared here."""
        return self.pipeline.index if self.pipeline is not None else None

    @property
    def projections(self) -> JsonObject:
        """The index projections of the skillset, or nothing."""
        return object_at(self.skillset.body, "indexProjections") if self.skillset else {}

    @property
    def chunks(self) -> set[str | None]:
        """The names of the indexes that they fill."""
        return {
            text_at(one, "targetIndexName") for _, one in objects(self.projections, "selectors")
        }

    @property
    def projection_mode(self) -> object:
        """What they say of the parents' documents."""
        return object_at(self.projections, "parameters").get("projectionMode")

    @property
    def skips_parents(self) -> bool:
        """Whether only the documents of projections are made."""
        return self.projection_mode == SKIP and bool(self.chunks)


@lru_cache(maxsize=1)
def facts(stack: Stack) -> list[Facts]:
    """The facts of every pipeline of a stack; those of the last stack are kept."""
    found = [_facts(stack, pipeline, pipeline.skillset) for pipeline in pipelines(stack)]
    used = {one.skillset.id for one in found if one.skillset is not None}
    return found + [
        _facts(stack, None, resource)
        for resource in stack.resources
        if resource.id.kind == "Skillset" and resource.id not in used
    ]


def _facts(stack: Stack, pipeline: Pipeline | None, skillset: Resource | None) -> Facts:
    indexer = pipeline.indexer if pipeline is not None else None
    source = pipeline.source if pipeline is not None else None
    cracked = crack(source.body if source else None, indexer.body if indexer else None)
    known = skillset is not None or pipeline is None or not pipeline.names_skillset
    program = Program(_tree(cracked, indexer.body if indexer else {}, known=known))
    listed = list(skills_of(skillset)) if skillset is not None else []
    program.run(listed)
    found = Facts(pipeline, skillset, {}, cracked, program, listed, known)
    if indexer is not None:
        of_parents = _of_parents(found, indexer)
        found.fills += of_parents if known and not found.skips_parents else []
    if skillset is not None:
        found.indexes.update(_projected(stack, found.projections))
        found.fills += _projections(found, skillset)
        _store(found, skillset)
    return found


def _projected(stack: Stack, projections: JsonObject) -> Iterator[tuple[str, Resource]]:
    for _, selector in objects(projections, "selectors"):
        name = text_at(selector, "targetIndexName")
        index = declared(stack.resources, "Index", name)
        if name is not None and index is not None:
            yield name, index


_FUNCTIONS: dict[str, Type] = {
    "base64Encode": STRING,
    "base64Decode": STRING,
    "extractTokenAtPosition": STRING,
    "jsonArrayToStringCollection": STRINGS,
    "urlEncode": STRING,
    "urlDecode": STRING,
    "fixedLengthEncode": STRING,
}
"""What mapping functions make (SKILLS 3.3); of others nobody knows.

https://learn.microsoft.com/azure/search/search-indexer-field-mappings
"""


def _tree(cracked: Cracked, indexer: JsonObject, *, known: bool) -> Tree:
    """The document before the skills run; where they are not known, there may be anything."""
    members, absent = _mapped(cracked, indexer), cracked.absent if known else {}
    root = Object(members, open=cracked.type.open or not known)
    return Tree(root, cracked.writer, {name: why.reason for name, why in absent.items()})


def _mapped(cracked: Cracked, indexer: JsonObject) -> dict[str, Type]:
    """The cracked nodes, and those that field mappings make: they run before the skills."""
    members = dict(cracked.type.members)
    for _, one in objects(indexer, "fieldMappings"):
        source = text_at(one, "sourceFieldName")
        if source is None:
            continue
        function = one.get("mappingFunction")
        named = text_at(function, "name") if isinstance(function, dict) else None
        type_ = _column(cracked, source) if function is None else _FUNCTIONS.get(named or "", ANY)
        members.setdefault(source.strip("/").split("/")[0], ANY)
        members[text_at(one, "targetFieldName") or source] = type_
    return members


def _column(cracked: Cracked, source: str) -> Type:
    by_name = {name.casefold(): type_ for name, type_ in cracked.type.members.items()}
    return by_name.get(source.casefold(), ANY)


def _fields(index: Resource | None) -> dict[str, IndexField]:
    """The top-level fields by name, in lower case."""
    return {name.casefold(): one for name, one in top_level(index)}


def _of_parents(facts: Facts, indexer: Resource) -> list[Fill]:
    """The fields of the indexer's own documents: what an output is mapped to, no column fills."""
    outputs = list(_output_mappings(facts, indexer))
    taken = {fill.name.casefold() for fill in outputs}
    columns = (fill for fill in _implicit(facts, indexer) if fill.name.casefold() not in taken)
    return [*columns, *outputs]


def _implicit(facts: Facts, indexer: Resource) -> Iterator[Fill]:
    """Columns that go to the field of a field mapping, or else to that of their name."""
    target = facts.target
    fields, mapped = _fields(target), set()
    for position, one in objects(indexer.body, "fieldMappings"):
        source = text_at(one, "sourceFieldName")
        name = text_at(one, "targetFieldName") or source
        if source is None or name is None:
            continue
        mapped |= {source.casefold(), name.casefold()}
        where = indexer.where.at("spec", "fieldMappings", position, "sourceFieldName")
        node = facts.tree.root.known(name)
        type_ = node.type if node is not None else ANY
        yield Fill(target, name, fields.get(name.casefold()), where, source, type_)
    for name, field_ in top_level(target):
        type_ = facts.cracked.type.members.get(name, ANY)
        known = name in facts.cracked.type.members
        if name.casefold() in mapped or not (known or facts.cracked.type.open):
            continue
        if known:
            facts.tree.mark((*ROOT, name), f"field `{name}` of {field_.owner.id}")
        yield Fill(target, name, field_, field_.where.at("type"), name, type_)


def _output_mappings(facts: Facts, indexer: Resource) -> Iterator[Fill]:
    target = facts.target
    known = _fields(target)
    for position, one in objects(indexer.body, "outputFieldMappings"):
        source = text_at(one, "sourceFieldName")
        if source is None:
            continue
        where = indexer.where.at("spec", "outputFieldMappings", position, "sourceFieldName")
        name = text_at(one, "targetFieldName") or source
        reader = PathReader(f"the output field mapping to `{name}`", ends=True)
        found = facts.program.read(source, where, reader)
        type_ = found.type if isinstance(found, Found) else ANY
        if one.get("mappingFunction") is not None:
            type_ = ANY
        yield Fill(target, name, known.get(name.casefold()), where, source, type_)


def _projections(facts: Facts, skillset: Resource) -> Iterator[Fill]:
    listed = skillset.where.at("spec", "indexProjections")
    for selector, where in objects_at(facts.projections, listed, "selectors"):
        context = text_at(selector, "sourceContext")
        if context is None:
            continue
        index = facts.indexes.get(text_at(selector, "targetIndexName") or "")
        known = _fields(index)
        of = PathReader(f"the projection to `{text_at(selector, 'targetIndexName')}`", ends=True)
        each = facts.program.read(context, where.at("sourceContext"), of.context)
        made_at_all = isinstance(each, Found) and not each.node.idle
        read = facts.program.values(selector, "mappings", where, parse(context), of)
        made = {at: type_ for at, _, type_ in read if made_at_all}
        for at, one in objects(selector, "mappings"):
            source = "source" if text_at(one, "source") else "sourceContext"
            name, path = text_at(one, "name"), text_at(one, source)
            if name is not None and path is not None:
                place, type_ = where.at("mappings", at, source), made.get(at, ANY)
                yield Fill(index, name, known.get(name.casefold()), place, path, type_)


def _store(facts: Facts, skillset: Resource) -> None:
    """What a knowledge store reads: nothing is known of what it may take."""
    store = object_at(skillset.body, "knowledgeStore")
    place = skillset.where.at("spec", "knowledgeStore", "projections")
    for at, group in objects(store, "projections"):
        for name in ("tables", "objects", "files"):
            reader = PathReader(f"a projection of `{name}`", ends=True)
            for one, where in objects_at(group, place.at(at), name):
                facts.program.source(one, where, ROOT, reader, A_PATH)
