"""Full-text matching: a query's tree and the fields' terms to a BM25 score for every slot."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from reconciler.emulator.analysis.synonyms import Synonyms
from reconciler.emulator.search.simple_query import (
    Group,
    Node,
    Operator,
    Phrase,
    Prefix,
    Term,
    Without,
)
from reconciler.emulator.search.texts import FieldTerms

Mask = NDArray[np.bool_]
Floats = NDArray[np.float32]
Scores = NDArray[np.float64]
Slots = NDArray[np.int64]
Analyze = Callable[[str], list[list[str]]]


class Hits(NamedTuple):
    """By slot, shapes (n,): whether it matches, and its score, 0 where it does not."""

    mask: Mask
    scores: Scores


@dataclass(frozen=True)
class Similarity:
    """BM25's parameters. `documents` overrides how many documents a field is said to have."""

    k1: float = 1.2
    b: float = 0.75
    documents: int | None = None

    def scores(self, terms: FieldTerms, idf: np.float32, slots: Slots, counts: Scores) -> Scores:
        """QUERIES 5: lengths are lossy, their average is exact; in float32, as Lucene computes."""
        k1, b = np.float32(self.k1), np.float32(self.b)
        average = np.float32(terms.total_length / (self.documents or terms.documents))
        lengths = lossy(np.array(terms.lengths)[slots])
        norm = k1 * ((1 - b) + b * lengths / average)
        times = counts.astype(np.float32)
        scores: Scores = idf * (k1 + 1) * times / (times + norm)
        return scores

    def idf(self, terms: FieldTerms, having: int) -> np.float32:
        documents = self.documents or terms.documents
        return np.float32(np.log(1 + (documents - having + 0.5) / (having + 0.5)))


class Target(NamedTuple):
    """A field to look into. `analyze` gives the terms at each position of a query's text."""

    terms: FieldTerms
    analyze: Analyze
    synonyms: Sequence[Synonyms] = ()


class Matcher:
    """Evaluates a tree over `targets`; scores of several fields are added up."""

    def __init__(
        self, alive: Mask, targets: Sequence[Target], similarity: Similarity, default: Operator
    ) -> None:
        self.alive = alive
        self.targets = targets
        self.similarity = similarity
        self.default: Operator = default

    def hits(self, node: Node) -> Hits | None:
        """None where analysis leaves nothing: such a part neither matches nor is required."""
        match node:
            case Group(operator, parts):
                return self.joined(operator, [self.hits(part) for part in parts])
            case Without(part):
                inside = self.hits(part)
                mask = self.alive if inside is None else self.alive & ~inside.mask
                return Hits(mask, mask.astype(np.float64))
        found = [hits for target in self.targets if (hits := self.leaf(target, node)) is not None]
        return self.joined("or", list(found))

    def joined(self, operator: Operator, parts: Sequence[Hits | None]) -> Hits | None:
        present = [part for part in parts if part is not None]
        if not present:
            return None
        mask, scores = present[0]
        for part in present[1:]:
            mask = mask & part.mask if operator == "and" else mask | part.mask
            scores = scores + part.scores
        if operator == "and":
            scores = np.where(mask, scores, 0.0)
        return Hits(mask, scores.astype(np.float32).astype(np.float64))

    def leaf(self, target: Target, node: Node) -> Hits | None:
        if isinstance(node, Prefix):
            return self.prefixed(target, node.text)
        assert isinstance(node, Term | Phrase)
        meant = [words for one in target.synonyms for words in one.alternatives(node.text)]
        if not meant:
            return self.words(target, node.text, isinstance(node, Phrase))
        found = [self.words(target, " ".join(words), len(words) > 1) for words in meant]
        return self.joined("or", found)

    def words(self, target: Target, text: str, as_phrase: bool) -> Hits | None:
        """A term that analysis splits is joined as its parts would be (searchMode)."""
        positions = target.analyze(text)
        if as_phrase and len(positions) > 1:
            return self.phrase(target, positions)
        return self.joined(self.default, [self.term(target, texts) for texts in positions if texts])

    def term(self, target: Target, texts: Sequence[str]) -> Hits:
        """Several texts at one position count as one term, the way Lucene's SynonymQuery does."""
        found = [target.terms.occurrences(text) for text in texts]
        counts = np.zeros(len(self.alive))
        for slots, times in found:
            counts[slots] += times
        having = max(len(slots) for slots, _ in found)
        return self.weighed(target, counts, self.similarity.idf(target.terms, having))

    def phrase(self, target: Target, positions: Sequence[Sequence[str]]) -> Hits:
        places: NDArray[np.int64] | None = None
        idf = np.float32(0)
        for offset, texts in enumerate(positions):
            if not texts:
                continue
            here = np.unique(np.concatenate([target.terms.places(text) for text in texts])) - offset
            places = here if places is None else np.intersect1d(places, here, assume_unique=True)
            having = max(len(target.terms.occurrences(text)[0]) for text in texts)
            idf += self.similarity.idf(target.terms, having)
        counts = np.zeros(len(self.alive))
        if places is not None:
            slots, times = np.unique(places >> 32, return_counts=True)
            counts[slots] = times
        counts[~self.alive] = 0
        return self.weighed(target, counts, idf)

    def prefixed(self, target: Target, prefix: str) -> Hits:
        """A prefix is not analyzed, and every match scores 1 (QUERIES 3)."""
        mask = np.zeros(len(self.alive), np.bool_)
        for term in target.terms.starting_with(prefix):
            mask[target.terms.occurrences(term)[0]] = True
        return Hits(mask, mask.astype(np.float64))

    def weighed(self, target: Target, counts: Scores, idf: np.float32) -> Hits:
        mask = counts > 0
        slots = np.flatnonzero(mask)
        scores = np.zeros(len(mask))
        if len(slots):
            scores[slots] = self.similarity.scores(target.terms, idf, slots, counts[slots])
        return Hits(mask, scores)


def lossy(lengths: NDArray[np.int64]) -> Floats:
    """A field's length as Lucene 6 keeps it: 1/sqrt(length) in a float of 8 bits (QUERIES 5)."""
    inverse = (1 / np.sqrt(lengths.astype(np.float64))).astype(np.float32)
    cut = (inverse.view(np.int32) >> 21 << 21).view(np.float32)
    return np.asarray(1 / (cut * cut), np.float32)
