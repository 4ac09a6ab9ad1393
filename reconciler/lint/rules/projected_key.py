"""An index cannot take what a skillset projects into it.

The service makes the keys of projected documents: the index's key is an Edm.String, searchable,
with the analyzer `keyword`. The parent's key goes to another Edm.String that is filterable. A
mapping of one's own to either of them disrupts the tracking of changes. When the service refuses
another index is not known, so this is a warning.

What to do: change the field of the index, or delete the mapping.

Sources: https://learn.microsoft.com/azure/search/search-how-to-define-index-projections

Fails::

    apiVersion: azure-ai-search
    kind: Index
    metadata: {name: docs}
    spec:
      fields:
        - {name: id, type: Edm.String, key: true, analyzer: keyword}
        - {name: parentId, type: Edm.String, filterable: false}
        - {name: chunk, type: Edm.String}
    ---
    apiVersion: azure-ai-search
    kind: Skillset
    metadata: {name: docs}
    spec:
      skills:
        - "@odata.type": "#Microsoft.Skills.Text.SplitSkill"
          textSplitMode: pages
          maximumPageLength: 2000
          inputs: [{name: text, source: /document/content}]
          outputs: [{name: textItems, targetName: pages}]
      indexProjections:
        selectors:
          - targetIndexName: docs
            parentKeyFieldName: parentId
            sourceContext: /document/pages/*
            mappings: [{name: chunk, source: /document/pages/*}]
        parameters: {projectionMode: skipIndexingParentDocuments}

Passes::

    apiVersion: azure-ai-search
    kind: Index
    metadata: {name: docs}
    spec:
      fields:
        - {name: id, type: Edm.String, key: true, analyzer: keyword}
        - {name: parentId, type: Edm.String}
        - {name: chunk, type: Edm.String}
    ---
    apiVersion: azure-ai-search
    kind: Skillset
    metadata: {name: docs}
    spec:
      skills:
        - "@odata.type": "#Microsoft.Skills.Text.SplitSkill"
          textSplitMode: pages
          maximumPageLength: 2000
          inputs: [{name: text, source: /document/content}]
          outputs: [{name: textItems, targetName: pages}]
      indexProjections:
        selectors:
          - targetIndexName: docs
            parentKeyFieldName: parentId
            sourceContext: /document/pages/*
            mappings: [{name: chunk, source: /document/pages/*}]
        parameters: {projectionMode: skipIndexingParentDocuments}
"""

from __future__ import annotations

from collections.abc import Iterator

from reconciler.lint.bodies import objects_at, text_at
from reconciler.lint.fields import top_level
from reconciler.lint.pipelines import Fields, IndexSelector, key_of, known_fields, selectors
from reconciler.lint.stack import Stack
from reconciler.model.json import JsonObject
from reconciler.model.problem import Correction, Problem, Severity, Where

ID = "projected-key"
SEVERITY = Severity.WARNING
SINCE = "2024-07-01"


def check(stack: Stack) -> Iterator[Problem]:
    for selector in selectors(stack):
        fields = known_fields(selector.index)
        key = key_of(fields)
        if fields is None or key is None:
            continue
        places = {name.lower(): field.where for name, field in top_level(selector.index)}
        for text, fix in _of_key(fields[key]):
            meant = _analyzed(fields[key], places[key])
            yield Problem(ID, text, places[key], fix, SEVERITY, correction=meant)
        name = (text_at(selector.body, "parentKeyFieldName") or "").lower()
        for text, fix in _of_parent(name, fields, key):
            named = selector.where.at("parentKeyFieldName")
            place = named if name == key else places.get(name, named)
            yield Problem(ID, text, place, fix, SEVERITY)
        yield from _mapped(selector, key)


def _of_key(field: JsonObject) -> Iterator[tuple[str, str]]:
    """What is wrong with the key of the index, and what to do."""
    name, kind = field["name"], text_at(field, "type")
    if kind not in (None, "Edm.String"):
        yield f"the key `{name}` of the index must be an Edm.String", "change its type"
    elif field.get("searchable") is False:
        yield f"the key `{name}` of the index must be searchable", "make it searchable"
    elif not _is_keyword(field):
        yield f"the key `{name}` of the index needs the analyzer keyword", "write analyzer: keyword"


def _analyzed(field: JsonObject, where: Where) -> Correction | None:
    """The analyzer that a key lacks, where it is all that is wrong."""
    settled = field.keys() & {"analyzer", "indexAnalyzer", "searchAnalyzer"}
    if settled or field.get("searchable") is False or text_at(field, "type") != "Edm.String":
        return None
    return Correction(where.at("analyzer"), None, "keyword")


def _is_keyword(field: JsonObject) -> bool:
    """Whether what is not yet known may be meant, or is."""
    both = [field.get("indexAnalyzer"), field.get("searchAnalyzer")]
    named = [field.get("analyzer"), *both]
    if any(name is not None and not isinstance(name, str) for name in named):
        return True
    return named[0] == "keyword" or both == ["keyword", "keyword"]


def _of_parent(name: str, fields: Fields, key: str) -> Iterator[tuple[str, str]]:
    """What is wrong with the field of the parent's key."""
    field = fields.get(name)
    if field is None:
        return
    name = field["name"]
    if name.lower() == key:
        yield f"`{name}` is the key of the index", "name a field of its own for the parent's key"
    elif text_at(field, "type") not in (None, "Edm.String"):
        yield f"`{name}` must be an Edm.String", "change its type"
    elif field.get("filterable") is False:
        yield f"`{name}` must be filterable", "make it filterable in the index"


def _mapped(selector: IndexSelector, key: str) -> Iterator[Problem]:
    parent = (text_at(selector.body, "parentKeyFieldName") or "").lower()
    for mapping, where in objects_at(selector.body, selector.where, "mappings"):
        name = text_at(mapping, "name") or ""
        if name and name.lower() in (key, parent):
            text = f"`{name}` is filled in by the service"
            yield Problem(ID, text, where.at("name"), "delete the mapping", SEVERITY)
