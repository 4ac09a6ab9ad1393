"""Pipelines of a stack: indexers with what they read, run and fill."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from reconciler.lint.bodies import object_at, objects_at, text_at
from reconciler.lint.stack import Stack
from reconciler.model.json import JsonObject
from reconciler.model.problem import Where
from reconciler.model.resource import Resource
from reconciler.model.resource_id import ResourceId

FILES = frozenset({"azureblob", "adlsgen2", "onelake", "sharepoint", "azurefile"})
"""The types of data sources that hold files (SKILLS 4.1)."""

Fields = dict[str, JsonObject]
"""The top-level fields of an index, by their names in lower case."""


@dataclass(frozen=True, slots=True)
class Pipeline:
    """An indexer, and what it names; None where the stack does not declare that."""

    indexer: Resource
    source: Resource | None
    skillset: Resource | None
    index: Resource | None

    @property
    def where(self) -> Where:
        """The indexer's body."""
        return self.indexer.where.at("spec")

    @property
    def source_type(self) -> str | None:
        """Of the data source, when it is declared and a text."""
        return text_at(self.source.body, "type") if self.source is not None else None

    @property
    def names_skillset(self) -> bool:
        """Whether there are skills, here or elsewhere."""
        return self.indexer.body.get("skillsetName") not in (None, "")

    @property
    def parameters(self) -> JsonObject:
        """Of the indexer; empty when there are none."""
        return object_at(self.indexer.body, "parameters")

    @property
    def configuration(self) -> JsonObject:
        """Of the indexer's parameters; empty when there is none."""
        return object_at(self.parameters, "configuration")

    @property
    def configured(self) -> Where:
        """Where the configuration stands."""
        return self.where.at("parameters", "configuration")

    def mappings(self, name: str) -> Iterator[tuple[JsonObject, Where]]:
        """The indexer's `fieldMappings` or `outputFieldMappings`."""
        return objects_at(self.indexer.body, self.where, name)


def pipelines(stack: Stack) -> Iterator[Pipeline]:
    """Every declared indexer."""
    declared = {resource.id: resource for resource in stack.resources}
    for resource in stack.resources:
        if resource.id.kind == "Indexer":
            source, skillset, index = (
                declared.get(ResourceId(kind, text_at(resource.body, name) or ""))
                for kind, name in _NAMES.items()
            )
            yield Pipeline(resource, source, skillset, index)


_NAMES = {"DataSource": "dataSourceName", "Skillset": "skillsetName", "Index": "targetIndexName"}


@dataclass(frozen=True, slots=True)
class IndexSelector:
    """A selector of a skillset's index projections; `index` is None where it is not declared."""

    body: JsonObject
    where: Where
    index: Resource | None


def selectors(stack: Stack) -> Iterator[IndexSelector]:
    """Every selector of every declared skillset."""
    declared = {resource.id: resource for resource in stack.resources}
    for resource in stack.resources:
        if resource.id.kind == "Skillset":
            projections = object_at(resource.body, "indexProjections")
            place = resource.where.at("spec", "indexProjections")
            for body, where in objects_at(projections, place, "selectors"):
                name = text_at(body, "targetIndexName")
                yield IndexSelector(body, where, declared.get(ResourceId("Index", name or "")))


def sources(stack: Stack) -> Iterator[Resource]:
    """Every declared data source."""
    return (resource for resource in stack.resources if resource.id.kind == "DataSource")


def known_fields(index: Resource | None) -> Fields | None:
    """The fields of an index, or None when they are not all known."""
    listed = index.body.get("fields") if index is not None else None
    if not isinstance(listed, list) or not listed:
        return None
    named = {name.lower(): field for field in listed if (name := text_at(field, "name"))}
    return named if len(named) == len(listed) else None


def key_of(fields: Fields | None) -> str | None:
    """The key among the fields of an index, in lower case; None when there is not exactly one."""
    keys = [name for name, field in (fields or {}).items() if field.get("key") is True]
    return keys[0] if len(keys) == 1 else None


def target_of(mapping: JsonObject) -> str | None:
    """The field that a mapping ends in: its source's name, when it names no other."""
    if mapping.get("targetFieldName") in (None, ""):
        return text_at(mapping, "sourceFieldName")
    return text_at(mapping, "targetFieldName")


def to_key(pipeline: Pipeline) -> Iterator[tuple[str, JsonObject, Where]]:
    """The field mappings that end in the key of the target index: source in lower case, itself."""
    key = key_of(known_fields(pipeline.index))
    for mapping, where in pipeline.mappings("fieldMappings"):
        source, target = text_at(mapping, "sourceFieldName"), target_of(mapping)
        if source and target and target.lower() == key:
            yield source.lower(), mapping, where
