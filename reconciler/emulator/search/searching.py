"""One search over one index: filter, full text, vectors, fusion, order, facets."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from reconciler.emulator import analysis
from reconciler.emulator.analysis.synonyms import Synonyms
from reconciler.emulator.refusals import Refusal
from reconciler.emulator.search import facets, filters, ordering, simple_query, vector_queries
from reconciler.emulator.search.holding import Holding
from reconciler.emulator.search.matching import Hits, Mask, Matcher, Scores, Similarity, Target
from reconciler.emulator.search.parameters import Parameters
from reconciler.emulator.search.schema import Field, Schema
from reconciler.emulator.search.texts import elements
from reconciler.emulator.search.vector_queries import VectorSearch

Body = dict[str, Any]
Slots = NDArray[np.int64]

RANK_CONSTANT = 60  # of the fusion: QUERIES 5
TEXT_RECALL = 1000  # documents of the text side that the fusion looks at: QUERIES 5
ALL = ("", "*")
OLD_STATISTICS = "2020-06-30"  # rule bm25


@dataclass
class Found:
    """All results in order, with their scores by slot; `fused` scores are printed differently."""

    slots: list[int]
    scores: Mapping[int, float]
    count: int
    fused: bool = False
    facets: dict[str, list[Body]] = field(default_factory=dict)


def search(
    holding: Holding,
    parameters: Parameters,
    vectors: Sequence[VectorSearch],
    synonyms: Mapping[str, Synonyms],
    version: str,
    visible: Mask,
) -> Found:
    """Everything that matches among the visible slots. The caller holds the holding's lock.

    Raises Refusal.
    """
    return _Search(holding, parameters, vectors, synonyms, version, visible).found()


class _Tested(NamedTuple):
    """A filter, the slots it was asked about, and those that it let through."""

    test: filters.Test
    asked: Mask
    mask: Mask


@dataclass
class _Search:
    holding: Holding
    parameters: Parameters
    vectors: Sequence[VectorSearch]
    synonyms: Mapping[str, Synonyms]
    version: str
    visible: Mask
    tested: dict[str, _Tested] = field(default_factory=dict)

    @property
    def schema(self) -> Schema:
        return self.holding.schema

    def found(self) -> Found:
        parameters, holding = self.parameters, self.holding
        wanted = [facets.parse(self.schema, text) for text in parameters.facets]
        order = ordering.parse(self.schema, parameters.orderby) if parameters.orderby else []
        result = self.with_vectors() if self.vectors else self.only_text()
        if order:
            result.slots = ordering.sort(holding, result.slots, order, result.scores)
        if wanted:
            documents = [holding.documents[slot] or {} for slot in result.slots]
            for facet in wanted:
                result.facets[facet.field.path] = facets.count(facet, documents)
        return result

    def only_text(self) -> Found:
        hits = self.text()
        mask = self.passing(self.parameters.filter, hits.mask & self.visible)
        slots = _best(mask, hits.scores)
        scores = dict(zip(slots.tolist(), hits.scores[slots].tolist(), strict=True))
        return Found(list(scores), scores, len(scores))

    def with_vectors(self) -> Found:
        """Ranked lists of the text, if there is one, and of every vector search; fused if many."""
        lists = [self.ranked(one) for one in self.vectors]
        matching = np.zeros(len(self.holding.documents), np.bool_)
        if self.parameters.search not in (None, ""):
            hits = self.text()
            matching = self.passing(self.parameters.filter, hits.mask & self.visible)
            slots = _best(matching, hits.scores)[:TEXT_RECALL]
            lists.insert(0, (slots, hits.scores[slots], 1.0))
        if len(lists) == 1:
            ((slots, values, _),) = lists
            scores = dict(zip(slots.tolist(), values.tolist(), strict=True))
            return Found(list(scores), scores, len(scores))
        scores = {}
        for slots, _, weight in lists:
            for rank, slot in enumerate(slots.tolist()):
                scores[slot] = scores.get(slot, 0.0) + weight / (RANK_CONSTANT + rank)
        ordered = sorted(scores, key=lambda slot: (-scores[slot], slot))
        besides = int(matching.sum()) - sum(bool(matching[slot]) for slot in ordered)
        return Found(ordered, scores, len(ordered) + besides, fused=True)

    def ranked(self, one: VectorSearch) -> tuple[Slots, Scores, float]:
        chosen = one.filter or self.parameters.filter
        alive = self.holding.alive() & self.visible
        column = self.holding.columns.get(one.field.name)
        if column is None:
            self.passing(chosen, alive)  # a wrong filter is refused all the same
            return np.zeros(0, np.int64), np.zeros(0), one.weight
        if self.parameters.vector_filter_mode == "preFilter":
            slots, scores = vector_queries.nearest(one, column, self.passing(chosen, alive))
            return slots, scores, one.weight
        slots, scores = vector_queries.nearest(one, column, alive)
        mask = np.zeros(len(alive), np.bool_)
        mask[slots] = True
        kept = self.passing(chosen, mask)[slots]
        return slots[kept], scores[kept], one.weight

    def passing(self, text: str | None, candidates: Mask) -> Mask:
        """Those of the candidates that the filter lets through; each is asked once."""
        if text is None:
            return candidates
        if text not in self.tested:
            test = filters.predicate(self.schema, text)
            nothing = np.zeros(len(candidates), np.bool_)
            self.tested[text] = _Tested(test, nothing, nothing.copy())
        tested = self.tested[text]
        documents = self.holding.documents
        new = np.flatnonzero(candidates & ~tested.asked)
        tested.mask[new] = [tested.test(documents[slot]) for slot in new.tolist()]
        tested.asked[new] = True
        return candidates & tested.mask

    def text(self) -> Hits:
        alive = self.holding.alive()
        fields = self.searched_fields()
        sought = (self.parameters.search or "").strip()
        if sought in ALL:
            return Hits(alive, alive.astype(np.float64))
        default: simple_query.Operator = "and" if self.parameters.match_all_terms else "or"
        targets = [self.target(one) for one in fields]
        node = simple_query.parse(sought, default)
        hits = Matcher(alive, targets, self.similarity(), default).hits(node) if node else None
        return hits or Hits(np.zeros(len(alive), np.bool_), np.zeros(len(alive)))

    def searched_fields(self) -> list[Field]:
        names = self.parameters.search_fields
        if names is None:
            return self.schema.texts
        fields = []
        for name in (part.strip() for part in names.split(",")):
            one = self.schema.by_path.get(name)
            if one is None:
                raise Refusal("unknown-field", field=name, parameter="searchFields")
            if not one.text:
                raise Refusal("search-field", field=name)
            fields.append(one)
        return fields

    def target(self, one: Field) -> Target:
        index, approximate = self.schema.index, self.holding.approximate
        analyze = analysis.for_searching(index, one.definition, approximate)

        def positions(text: str) -> list[list[str]]:
            tokens = analyze(text)
            found: list[list[str]] = [[] for _ in range(tokens[-1].position + 1 if tokens else 0)]
            for token in tokens:
                found[token.position].append(token.text)
            return found

        terms = self.holding.texts.of(one, self.schema, self.holding.documents)
        maps = one.definition.get("synonymMaps") or []
        return Target(terms, positions, [self.synonyms[name] for name in maps])

    def similarity(self) -> Similarity:
        given = self.schema.index.get("similarity") or {}
        if str(given.get("@odata.type", "")).endswith("ClassicSimilarity"):
            raise Refusal("not-emulated", path="ClassicSimilarity in a query")
        parameters = {name: given[name] for name in ("k1", "b") if given.get(name) is not None}
        if self.version > OLD_STATISTICS:
            return Similarity(**parameters)
        every = list(self.schema.by_path.values())
        held = [document for document in self.holding.documents if document is not None]
        documents = len(held) + sum(elements(document, every) for document in held)
        return Similarity(**parameters, documents=documents)


def _best(mask: Mask, scores: Scores) -> Slots:
    """The slots in the mask, the best score first; ties in the order of writing."""
    slots = np.flatnonzero(mask)
    ordered: Slots = slots[np.argsort(-scores[slots], kind="stable")]
    return ordered
