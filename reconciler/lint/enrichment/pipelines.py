"""Pipelines of a stack: an indexer with the data source, skillset and indexes that it names."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from reconciler.lint.bodies import mapping, objects, text
from reconciler.lint.stack import Stack
from reconciler.model.resource import Resource
from reconciler.model.resource_id import ResourceId


@dataclass(frozen=True)
class Pipeline:
    """What belongs together; None: not named, or not declared here.

    Args:
        indexes: the target of the indexer and those of index projections, by name.
    """

    indexer: Resource | None
    source: Resource | None
    skillset: Resource | None
    indexes: dict[str, Resource]

    @property
    def target(self) -> Resource | None:
        """The index that the indexer writes to."""
        name = text(self.indexer.body, "targetIndexName") if self.indexer else None
        return self.indexes.get(name) if name else None


def pipelines(stack: Stack) -> Iterator[Pipeline]:
    """One for each indexer, and one for each skillset that no declared indexer uses."""
    declared = {resource.id: resource for resource in stack.resources}
    used = set()
    for indexer in stack.resources:
        if indexer.id.kind != "Indexer":
            continue
        skillset = _named(declared, "Skillset", indexer, "skillsetName")
        if skillset is not None:
            used.add(skillset.id)
        yield Pipeline(
            indexer,
            _named(declared, "DataSource", indexer, "dataSourceName"),
            skillset,
            _indexes(declared, indexer, skillset),
        )
    for skillset in stack.resources:
        if skillset.id.kind == "Skillset" and skillset.id not in used:
            yield Pipeline(None, None, skillset, _indexes(declared, None, skillset))


def _named(
    declared: dict[ResourceId, Resource], kind: str, by: Resource, name: str
) -> Resource | None:
    return declared.get(ResourceId(kind, text(by.body, name) or ""))


def _indexes(
    declared: dict[ResourceId, Resource], indexer: Resource | None, skillset: Resource | None
) -> dict[str, Resource]:
    names = [text(indexer.body, "targetIndexName")] if indexer else []
    if skillset is not None:
        projections = mapping(skillset.body, "indexProjections")
        names += [text(one, "targetIndexName") for _, one in objects(projections, "selectors")]
    ids = {name: ResourceId("Index", name) for name in names if name}
    return {name: declared[i] for name, i in ids.items() if i in declared}
