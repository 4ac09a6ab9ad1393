"""Nothing fills a field.

Documents of an index projection get what its `mappings` name, and nothing else: there is no mapping
by name. A field of an index that an indexer fills from files gets nothing either where no mapping
names it, and no metadata of files is called so (a text is told as advice: files may carry metadata
of any name). The field stays null in every document, and the run succeeds.

What to do: map something to the field, or delete it. Where it is filled by other means (a push, a
merge), silence the rule for the index and say so.

Sources: https://learn.microsoft.com/azure/search/search-how-to-define-index-projections,
https://learn.microsoft.com/azure/search/cognitive-search-output-field-mapping

Fails::

    apiVersion: azure-ai-search
    kind: Skillset
    metadata: {name: docs}
    spec:
      skills:
        - "@odata.type": "#Microsoft.Skills.Text.SplitSkill"
          inputs: [{name: text, source: /document/content}]
          outputs: [{name: textItems, targetName: pages}]
        - "@odata.type": "#Microsoft.Skills.Text.KeyPhraseExtractionSkill"
          context: /document/pages/*
          inputs: [{name: text, source: /document/pages/*}]
          outputs: [{name: keyPhrases, targetName: phrases}]
      indexProjections:
        selectors:
          - targetIndexName: docs
            parentKeyFieldName: parent
            sourceContext: /document/pages/*
            mappings:
              - {name: phrases, source: /document/pages/*/phrases}
        parameters: {projectionMode: skipIndexingParentDocuments}
    ---
    apiVersion: azure-ai-search
    kind: Index
    metadata: {name: docs}
    spec:
      fields:
        - {name: id, type: Edm.String, key: true, analyzer: keyword}
        - {name: parent, type: Edm.String, filterable: true}
        - {name: text, type: Edm.String}
        - {name: phrases, type: Collection(Edm.String)}

Passes::

    apiVersion: azure-ai-search
    kind: Skillset
    metadata: {name: docs}
    spec:
      skills:
        - "@odata.type": "#Microsoft.Skills.Text.SplitSkill"
          inputs: [{name: text, source: /document/content}]
          outputs: [{name: textItems, targetName: pages}]
        - "@odata.type": "#Microsoft.Skills.Text.KeyPhraseExtractionSkill"
          context: /document/pages/*
          inputs: [{name: text, source: /document/pages/*}]
          outputs: [{name: keyPhrases, targetName: phrases}]
      indexProjections:
        selectors:
          - targetIndexName: docs
            parentKeyFieldName: parent
            sourceContext: /document/pages/*
            mappings:
              - {name: text, source: /document/pages/*}
              - {name: phrases, source: /document/pages/*/phrases}
        parameters: {projectionMode: skipIndexingParentDocuments}
    ---
    apiVersion: azure-ai-search
    kind: Index
    metadata: {name: docs}
    spec:
      fields:
        - {name: id, type: Edm.String, key: true, analyzer: keyword}
        - {name: parent, type: Edm.String, filterable: true}
        - {name: text, type: Edm.String}
        - {name: phrases, type: Collection(Edm.String)}
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

from reconciler.lint.bodies import objects, text_at
from reconciler.lint.enrichment.facts import Facts, facts
from reconciler.lint.fields import top_level
from reconciler.lint.stack import Stack
from reconciler.model.problem import Problem, Severity, Where
from reconciler.model.resource import Resource

ID = "unfilled-field"
SEVERITY = Severity.WARNING


def check(stack: Stack) -> Iterator[Problem]:
    ran = facts(stack)
    filled: dict[str, set[str]] = {}
    for pipeline in ran:
        for fill in pipeline.fills:
            if fill.index is not None:
                filled.setdefault(fill.index.name_on_service, set()).add(fill.name.casefold())
    for pipeline in ran:
        for wanted in (*_projected(pipeline), *_indexed(pipeline)):
            names = filled.get(wanted.of.name_on_service, set())
            lacking = [name for name in wanted.fields if name.casefold() not in names]
            if lacking:
                listed = ", ".join(f"`{name}`" for name in lacking)
                many = "fields" if len(lacking) > 1 else "field"
                message = f"nothing fills the {many} {listed} of {wanted.of.id}"
                fix = "map something to it, or delete it"
                yield Problem(ID, message, wanted.where, fix, wanted.severity)


class _Wanted(NamedTuple):
    """Fields that somebody has to fill, and how grave it is if nobody does."""

    of: Resource
    where: Where
    fields: list[str]
    severity: Severity = SEVERITY


def _projected(pipeline: Facts) -> Iterator[_Wanted]:
    """The indexes of projections: all of their fields but the keys."""
    skillset, selectors = pipeline.skillset, list(objects(pipeline.projections, "selectors"))
    parents: dict[str, set[str]] = {}
    for _, selector in selectors:
        parent = text_at(selector, "parentKeyFieldName") or ""
        parents.setdefault(text_at(selector, "targetIndexName") or "", set()).add(parent.casefold())
    for position, selector in selectors:
        name = text_at(selector, "targetIndexName") or ""
        index = pipeline.indexes.get(name)
        parents_too = index is pipeline.target and not pipeline.skips_parents
        if skillset is None or index is None or parents_too:
            continue
        place = skillset.where.at("spec", "indexProjections", "selectors", position)
        wanted = [f["name"] for f in _plain(index) if f["name"].casefold() not in parents[name]]
        yield _Wanted(index, place.at("mappings", of_key=True), wanted)


def _indexed(pipeline: Facts) -> Iterator[_Wanted]:
    """What no mapping fills; a text may be filled by metadata that files carry by that name."""
    indexer, target = pipeline.indexer, pipeline.target
    if indexer is None or target is None or pipeline.cracked.type.open:
        return
    if not pipeline.known or pipeline.skips_parents or target.id.name in pipeline.chunks:
        return
    fields = [field for field in _plain(target) if not field["name"].startswith("metadata_")]
    texts = [field["name"] for field in fields if field["type"] == "Edm.String"]
    others = [field["name"] for field in fields if field["name"] not in texts]
    yield _Wanted(target, indexer.where.at("spec"), others)
    yield _Wanted(target, indexer.where.at("spec"), texts, Severity.ADVICE)


def _plain(index: Resource) -> list[dict[str, Any]]:
    """The top-level fields that are not the key."""
    return [one.body for _, one in top_level(index) if one.body.get("key") is not True]
