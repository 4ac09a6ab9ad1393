"""Something is named that the index does not define.

A field names a vector profile, analyzers and a normalizer; a profile names an algorithm, a
compression and a vectorizer; analyzers name their parts; scoring profiles, suggesters, semantic
configurations and knowledge sources name fields. The service refuses what names anything else. A
field within another goes by its path: `address/city`. With `allowUnknownProperties` in the project
nothing is said of names that may be built in: the service may know more of them by then.

What to do: correct the name, or define what it names in the index.

Sources: https://learn.microsoft.com/rest/api/searchservice/indexes/create-or-update, and
recordings of the service.

Fails::

    apiVersion: azure-ai-search
    kind: Index
    metadata: {name: docs}
    spec:
      fields:
        - {name: id, type: Edm.String, key: true}
        - name: vector
          type: Collection(Edm.Single)
          dimensions: 3
          vectorSearchProfile: default
      vectorSearch:
        algorithms: [{name: hnsw, kind: hnsw}]
        profiles: [{name: default, algorithm: hsnw}]

Passes::

    apiVersion: azure-ai-search
    kind: Index
    metadata: {name: docs}
    spec:
      fields:
        - {name: id, type: Edm.String, key: true}
        - {name: plate, type: Edm.String, analyzer: plates}
        - {name: text, type: Edm.String, analyzer: en.lucene}
        - name: vector
          type: Collection(Edm.Single)
          dimensions: 3
          vectorSearchProfile: default
      analyzers:
        - name: plates
          "@odata.type": "#Microsoft.Azure.Search.CustomAnalyzer"
          tokenizer: keyword_v2
      vectorSearch:
        algorithms: [{name: hnsw, kind: hnsw}]
        profiles: [{name: default, algorithm: hnsw}]
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

from reconciler.lint.bodies import EACH, Step, each, names
from reconciler.lint.fields import by_path, declared, indexes, placed
from reconciler.lint.stack import Stack
from reconciler.model.problem import Problem, Severity, Where, respelled, suggestion
from reconciler.model.resource import Resource
from reconciler.providers.search.kinds import builtin
from reconciler.providers.search.kinds.edm import VECTORS

ID = "undefined-name"
SEVERITY = Severity.ERROR


class _Sort(NamedTuple):
    """What is named: where an index defines it, and the names that the service knows by itself."""

    noun: str
    defined: tuple[str, ...]
    built_in: frozenset[str] = frozenset()


def _older(known: frozenset[str]) -> frozenset[str]:
    """With the names of before `_v2`, of which no page says that they are gone."""
    return known | {name.removesuffix("_v2") for name in known}


_PROFILE = _Sort("vector profile", ("vectorSearch", "profiles"))
_ALGORITHM = _Sort("vector algorithm", ("vectorSearch", "algorithms"))
_COMPRESSION = _Sort("compression", ("vectorSearch", "compressions"))
_VECTORIZER = _Sort("vectorizer", ("vectorSearch", "vectorizers"))
_ANALYZER = _Sort("analyzer", ("analyzers",), builtin.ANALYZERS)
_NORMALIZER = _Sort("normalizer", ("normalizers",), builtin.NORMALIZERS)
_TOKENIZER = _Sort("tokenizer", ("tokenizers",), _older(builtin.TOKENIZERS))
_TOKEN_FILTER = _Sort("token filter", ("tokenFilters",), _older(builtin.TOKEN_FILTERS))
_CHAR_FILTER = _Sort("char filter", ("charFilters",), builtin.CHAR_FILTERS)
_SCORING = _Sort("scoring profile", ("scoringProfiles",))
_SEMANTIC = _Sort("semantic configuration", ("semantic", "configurations"))
_FIELD = _Sort("field", ("fields",))

_IN_FIELDS = {
    "vectorSearchProfile": _PROFILE,
    "analyzer": _ANALYZER,
    "searchAnalyzer": _ANALYZER,
    "indexAnalyzer": _ANALYZER,
    "normalizer": _NORMALIZER,
}
_RANKED = ("semantic", "configurations", EACH, "prioritizedFields")
_IN_INDEX: tuple[tuple[tuple[Step, ...], _Sort], ...] = (
    (("vectorSearch", "profiles", EACH, "algorithm"), _ALGORITHM),
    (("vectorSearch", "profiles", EACH, "compression"), _COMPRESSION),
    (("vectorSearch", "profiles", EACH, "vectorizer"), _VECTORIZER),
    (("analyzers", EACH, "tokenizer"), _TOKENIZER),
    (("analyzers", EACH, "tokenFilters", EACH), _TOKEN_FILTER),
    (("analyzers", EACH, "charFilters", EACH), _CHAR_FILTER),
    (("normalizers", EACH, "tokenFilters", EACH), _TOKEN_FILTER),
    (("normalizers", EACH, "charFilters", EACH), _CHAR_FILTER),
    (("defaultScoringProfile",), _SCORING),
    (("scoringProfiles", EACH, "functions", EACH, "fieldName"), _FIELD),
    (("suggesters", EACH, "sourceFields", EACH), _FIELD),
    (("semantic", "defaultConfiguration"), _SEMANTIC),
    ((*_RANKED, "titleField", "fieldName"), _FIELD),
    ((*_RANKED, "prioritizedContentFields", EACH, "fieldName"), _FIELD),
    ((*_RANKED, "prioritizedKeywordsFields", EACH, "fieldName"), _FIELD),
)
_WEIGHTS = ("scoringProfiles", EACH, "text", "weights")
_HINTS = ("searchIndexParameters", "queryHints")
_IN_SOURCE: tuple[tuple[tuple[Step, ...], _Sort], ...] = (
    (("searchIndexParameters", "semanticConfigurationName"), _SEMANTIC),
    (("searchIndexParameters", "sourceDataFields", EACH, "name"), _FIELD),
    (("searchIndexParameters", "searchFields", EACH, "name"), _FIELD),
    ((*_HINTS, "filters", EACH, "field"), _FIELD),
    ((*_HINTS, "boosts", EACH, "field"), _FIELD),
)
_ALL_FIELDS = "*"  # in older samples of knowledge sources


def check(stack: Stack) -> Iterator[Problem]:
    for index in indexes(stack.resources):
        yield from _unknown(index, _named_by_index(index), stack.allow_unknown)
    for source in stack.resources:
        parameters = source.body.get("searchIndexParameters")
        if source.id.kind == "KnowledgeSource" and isinstance(parameters, dict):
            read = declared(stack.resources, "Index", parameters.get("searchIndexName"))
            if read is not None:
                yield from _unknown(read, _named(source, _IN_SOURCE), stack.allow_unknown)


def _named_by_index(index: Resource) -> Iterator[tuple[Any, Where, _Sort]]:
    for field in placed(index):
        for name, sort in _IN_FIELDS.items():
            if field.body.get(name) and (sort is not _PROFILE or field.body["type"] in VECTORS):
                yield field.body[name], field.where.at(name), sort
    yield from _named(index, _IN_INDEX)
    for weights, where in each(index.body, index.where.at("spec"), *_WEIGHTS):
        for path in weights if isinstance(weights, dict) else ():
            yield path, where.at(path, of_key=True), _FIELD


def _named(
    resource: Resource, table: tuple[tuple[tuple[Step, ...], _Sort], ...]
) -> Iterator[tuple[Any, Where, _Sort]]:
    for path, sort in table:
        for name, where in each(resource.body, resource.where.at("spec"), *path):
            yield name, where, sort


def _unknown(
    index: Resource, named: Iterator[tuple[Any, Where, _Sort]], allow_unknown: bool
) -> Iterator[Problem]:
    defined: dict[_Sort, set[str] | None] = {}
    for name, where, sort in named:
        if not isinstance(name, str) or not name:  # empty: none
            continue
        if sort not in defined:
            defined[sort] = _defined(index, sort)
        own = defined[sort]
        if own is None or (sort.built_in and allow_unknown) or _is_known(name, sort, own):
            continue
        known = own | sort.built_in
        fix = suggestion(name, known, _remedy(sort))
        meant = respelled(where, name, known)
        yield Problem(ID, _said(name, sort), where, fix, correction=meant)


def _defined(index: Resource, sort: _Sort) -> set[str] | None:
    if sort is _FIELD:
        paths = by_path(index)
        return None if paths is None else set(paths)
    return names(index.body, *sort.defined)


def _is_known(name: str, sort: _Sort, own: set[str]) -> bool:
    if sort is _FIELD and name == _ALL_FIELDS:
        return True
    return name in own or name in sort.built_in or builtin.spell_analyzer(name) in sort.built_in


def _said(name: str, sort: _Sort) -> str:
    if sort is _FIELD:
        return f"the index has no field `{name}`"
    if sort.built_in:
        return f"the {sort.noun} `{name}` is neither built in nor defined here"
    return f"the {sort.noun} `{name}` is not defined in the index"


def _remedy(sort: _Sort) -> str:
    if sort is _FIELD:
        return "name one of the index's, with a path such as address/city for one within another"
    return f"define it under `{'.'.join(sort.defined)}`"
