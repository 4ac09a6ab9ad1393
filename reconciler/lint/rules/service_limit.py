"""More is declared than a search service takes.

How many indexes, indexers, data sources, skillsets, aliases, synonym maps, knowledge sources and
knowledge bases there may be depends on the tier, which is known where the stack declares the
service itself. In every tier an index has at most 40 complex collections, and complex fields lie
at most ten deep. More than 1,000 fields in an index, and more than 20 terms in a rule of synonyms,
are warnings: some services take more.

What to do: choose a larger tier, or declare less.

Sources: https://learn.microsoft.com/azure/search/search-limits-quotas-capacity

Fails::

    apiVersion: azure-resource-manager
    kind: SearchService
    metadata: {name: docs-search}
    spec: {sku: {name: basic}}
    ---
    apiVersion: azure-ai-search
    kind: SynonymMap
    metadata: {name: one}
    spec: {format: solr, synonyms: "a, b"}
    ---
    apiVersion: azure-ai-search
    kind: SynonymMap
    metadata: {name: two}
    spec: {format: solr, synonyms: "a, b"}
    ---
    apiVersion: azure-ai-search
    kind: SynonymMap
    metadata: {name: three}
    spec: {format: solr, synonyms: "a, b"}
    ---
    apiVersion: azure-ai-search
    kind: SynonymMap
    metadata: {name: four}
    spec: {format: solr, synonyms: "a, b"}

Passes::

    apiVersion: azure-resource-manager
    kind: SearchService
    metadata: {name: docs-search}
    spec: {sku: {name: basic}}
    ---
    apiVersion: azure-ai-search
    kind: SynonymMap
    metadata: {name: one}
    spec: {format: solr, synonyms: "a, b"}
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from reconciler.lint.fields import MANY, indexes, placed
from reconciler.lint.service import only_service, tier
from reconciler.lint.stack import Stack
from reconciler.model.problem import Problem, Severity
from reconciler.model.resource import Resource
from reconciler.providers.search.kinds.edm import SIMPLE, VECTORS

ID = "service-limit"
SEVERITY = Severity.ERROR


class _Tier(NamedTuple):
    """How many objects of most kinds there may be, and of what has its own limits."""

    objects: int
    synonym_maps: int
    synonym_rules: int

    def most(self, kind: str) -> int:
        if kind == "SynonymMap":
            return self.synonym_maps
        return self.objects * 2 if kind == "Alias" else self.objects


_TIERS = {
    "free": _Tier(3, 3, 5_000),
    "basic": _Tier(15, 3, 20_000),
    "standard": _Tier(50, 5, 20_000),
    "standard2": _Tier(200, 10, 20_000),
    "standard3": _Tier(200, 20, 20_000),
}
_COUNTED = {
    "Index": "indexes",
    "Indexer": "indexers",
    "DataSource": "data sources",
    "Skillset": "skillsets",
    "Alias": "aliases",
    "SynonymMap": "synonym maps",
    "KnowledgeSource": "knowledge sources",
    "KnowledgeBase": "knowledge bases",
}
_RULES, _TERMS = 20_000, 20
_FIELDS, _COLLECTIONS, _DEPTH = 1_000, 40, 10


def check(stack: Stack) -> Iterator[Problem]:
    service = only_service(stack)
    size = _TIERS.get(tier(service)) if service is not None and not _dense(service) else None
    if service is not None and size is not None:
        yield from _counts(stack, service, size)
    for synonyms in stack.resources:
        if synonyms.id.kind == "SynonymMap":
            yield from _synonyms(synonyms, size.synonym_rules if size is not None else _RULES)
    for index in indexes(stack.resources):
        yield from _size(index)


def _dense(service: Resource) -> bool:
    """Whether it may be of the high-density sort, which has limits of its own."""
    properties = service.body.get("properties") or {}
    mode = properties.get("hostingMode") if isinstance(properties, dict) else ""
    return mode is not None and str(mode).lower() != "default"


def _counts(stack: Stack, service: Resource, size: _Tier) -> Iterator[Problem]:
    where = service.where.at("spec", "sku", "name")
    for kind, noun in _COUNTED.items():
        count, most = sum(one.id.kind == kind for one in stack.resources), size.most(kind)
        if count > most:
            text = f"the tier {tier(service)} takes {most} {noun}, and {count} are declared"
            yield Problem(ID, text, where, "choose a larger tier, or declare fewer")


def _synonyms(synonyms: Resource, most: int) -> Iterator[Problem]:
    text, where = synonyms.body.get("synonyms"), synonyms.where.at("spec", "synonyms")
    lines = text.splitlines() if isinstance(text, str) else []
    rules = [line for line in lines if line.strip() and not line.lstrip().startswith("#")]
    if len(rules) > most:
        said = f"a synonym map has at most {most} rules, and this one has {len(rules)}"
        yield Problem(ID, said, where, "split it: a field takes one map, another field another")
    for number, rule in enumerate(rules, 1):
        sides = rule.replace("\\,", "").split("=>")
        terms = max(side.count(",") + 1 for side in sides)
        if terms > _TERMS:
            said = f"a rule of synonyms has at most {_TERMS} terms, and rule {number} has {terms}"
            yield Problem(ID, said, where, "split the rule", Severity.WARNING)


def _size(index: Resource) -> Iterator[Problem]:
    every = list(placed(index))
    simple = [field for field in every if field.body["type"] in (*SIMPLE, *VECTORS)]
    if len(simple) > _FIELDS:
        text = f"most services take {_FIELDS} fields an index, and this one has {len(simple)}"
        where = index.where.at("spec", "fields")
        yield Problem(ID, text, where, "declare fewer", Severity.WARNING)
    holders = [field for field in every if field.body["type"] in ("Edm.ComplexType", MANY)]
    many = [field for field in holders if field.body["type"] == MANY]
    if len(many) > _COLLECTIONS:
        text = f"an index has at most {_COLLECTIONS} complex collections, and this is one more"
        yield Problem(ID, text, many[_COLLECTIONS].where.at("type"), "declare fewer")
    for field in (field for field in holders if len(field.within) == _DEPTH):
        text = f"complex fields lie at most {_DEPTH} deep, and this one is deeper"
        yield Problem(ID, text, field.where.at("type"), "move it up")
