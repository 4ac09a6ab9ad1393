"""A mapping ends in a field that its index does not have.

The service refuses an indexer with such a mapping. Only top-level fields can be targets, never a
subfield; names are compared without case. A mapping that names no target ends in the field of its
source's name. The same holds for the mappings and the parent key of index projections.

What to do: correct the name, or add the field to the index.

Sources: https://learn.microsoft.com/azure/search/search-indexer-field-mappings

Fails::

    apiVersion: azure-ai-search
    kind: Indexer
    metadata: {name: docs}
    spec:
      dataSourceName: docs
      targetIndexName: docs
      fieldMappings:
        - {sourceFieldName: metadata_storage_name, targetFieldName: titel}
    ---
    apiVersion: azure-ai-search
    kind: DataSource
    metadata: {name: docs}
    spec:
      type: azureblob
      credentials: {connectionString: "ResourceId=/subscriptions/0;"}
      container: {name: docs}
    ---
    apiVersion: azure-ai-search
    kind: Index
    metadata: {name: docs}
    spec:
      fields:
        - {name: id, type: Edm.String, key: true}
        - {name: title, type: Edm.String}

Passes::

    apiVersion: azure-ai-search
    kind: Indexer
    metadata: {name: docs}
    spec:
      dataSourceName: docs
      targetIndexName: docs
      fieldMappings:
        - {sourceFieldName: metadata_storage_name, targetFieldName: title}
    ---
    apiVersion: azure-ai-search
    kind: DataSource
    metadata: {name: docs}
    spec:
      type: azureblob
      credentials: {connectionString: "ResourceId=/subscriptions/0;"}
      container: {name: docs}
    ---
    apiVersion: azure-ai-search
    kind: Index
    metadata: {name: docs}
    spec:
      fields:
        - {name: id, type: Edm.String, key: true}
        - {name: title, type: Edm.String}
"""

from __future__ import annotations

from collections.abc import Iterator

from reconciler.lint.bodies import objects_at, text_at
from reconciler.lint.pipelines import Fields, known_fields, pipelines, selectors, target_of
from reconciler.lint.stack import Stack
from reconciler.model.problem import Problem, Severity, Where, respelled, suggestion
from reconciler.model.resource import Resource

ID = "missing-target-field"
SEVERITY = Severity.ERROR


def check(stack: Stack) -> Iterator[Problem]:
    for pipeline in pipelines(stack):
        fields = known_fields(pipeline.index)
        for name in ("fieldMappings", "outputFieldMappings"):
            for mapping, where in pipeline.mappings(name):
                named = text_at(mapping, "targetFieldName") is not None
                place = where.at("targetFieldName" if named else "sourceFieldName")
                target = target_of(mapping)
                if target and not named and name == "outputFieldMappings":
                    target = target.rpartition("/")[2]
                yield from _judged(target, pipeline.index, fields, place, named=named)
    for selector in selectors(stack):
        fields = known_fields(selector.index)
        parent = text_at(selector.body, "parentKeyFieldName")
        place = selector.where.at("parentKeyFieldName")
        yield from _judged(parent, selector.index, fields, place)
        for mapping, where in objects_at(selector.body, selector.where, "mappings"):
            yield from _judged(text_at(mapping, "name"), selector.index, fields, where.at("name"))


def _judged(
    target: str | None,
    index: Resource | None,
    fields: Fields | None,
    where: Where,
    *,
    named: bool = True,
) -> Iterator[Problem]:
    """What is wrong with a target; `named`: it is written as such, and can be corrected."""
    if not target or index is None or fields is None or target.lower() in fields:
        return
    names = [field["name"] for field in fields.values()]
    fix, meant = suggestion(target, names, "add it to the index"), respelled(where, target, names)
    head = target.replace(".", "/").partition("/")[0]
    if head != target and head.lower() in fields:
        fix, named = f"map to a top-level field: `{target}` lies in `{head}`", False
    text = f"{index.id} has no top-level field `{target}`"
    yield Problem(ID, text, where, fix, correction=meant if named else None)
