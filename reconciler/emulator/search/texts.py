"""The words of an index: every searchable field's terms, read when a query first needs them."""

from __future__ import annotations

from array import array
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from reconciler.emulator import analysis
from reconciler.emulator.search.schema import Field, Schema

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

Body = dict[str, Any]

GAP = 100  # positions between two values of a field, so that no phrase spans them


class Posting:
    """Where a term occurs: slots, how often in each, and the positions of them all in a row."""

    __slots__ = ("counts", "positions", "slots")

    def __init__(self) -> None:
        self.slots = array("i")
        self.counts = array("i")
        self.positions = array("i")


class FieldTerms:
    """The terms of one field, of the slots up to `read`.

    `lengths[slot]` is 0 where the field has no terms, or the document is gone.
    """

    def __init__(self) -> None:
        self.read = 0
        self.postings: dict[str, Posting] = {}
        self.lengths = array("i")
        self.documents = 0
        self.total_length = 0

    def add(self, slot: int, tokens: Sequence[tuple[str, int]]) -> None:
        """`tokens` are texts with their positions, in order."""
        found: dict[str, list[int]] = {}
        for text, position in tokens:
            found.setdefault(text, []).append(position)
        for text, positions in found.items():
            posting = self.postings.get(text)
            if posting is None:
                posting = self.postings[text] = Posting()
            posting.slots.append(slot)
            posting.counts.append(len(positions))
            posting.positions.extend(positions)
        length = len({position for _, position in tokens})
        self.lengths.extend([0] * (slot + 1 - len(self.lengths)))
        self.lengths[slot] = length
        self.documents += length > 0
        self.total_length += length

    def drop(self, slot: int) -> None:
        if slot < len(self.lengths) and self.lengths[slot]:
            self.documents -= 1
            self.total_length -= self.lengths[slot]
            self.lengths[slot] = 0

    def occurrences(self, term: str) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """The slots that have the term, and how often each has it: two arrays of shape (n,)."""
        import numpy as np

        posting = self.postings.get(term)
        if posting is None:
            return np.zeros(0, np.int64), np.zeros(0, np.int64)
        slots, counts = np.array(posting.slots), np.array(posting.counts)
        alive = np.array(self.lengths)[slots] > 0
        return slots[alive], counts[alive]

    def places(self, term: str) -> NDArray[np.int64]:
        """Every occurrence as one sorted number: the slot in the upper 32 bits, the position."""
        import numpy as np

        posting = self.postings.get(term)
        if posting is None:
            return np.zeros(0, np.int64)
        slots = np.repeat(np.array(posting.slots, np.int64), np.array(posting.counts))
        places: NDArray[np.int64] = (slots << 32) + np.array(posting.positions, np.int64)
        return places

    def starting_with(self, prefix: str) -> list[str]:
        return [term for term in self.postings if term.startswith(prefix)]


class Texts:
    """The terms of the fields that were searched so far; dropped documents no longer count."""

    def __init__(self, approximate: bool) -> None:
        self._approximate = approximate
        self._fields: dict[str, FieldTerms] = {}

    def drop(self, slot: int) -> None:
        for terms in self._fields.values():
            terms.drop(slot)

    def of(self, field: Field, schema: Schema, documents: Sequence[Body | None]) -> FieldTerms:
        """A field's terms, with those of the documents that were written since the last time.

        Raises Refusal when the emulator does not have the field's analyzer.
        """
        analyze = analysis.for_indexing(schema.index, field.definition, self._approximate)
        terms = self._fields.setdefault(field.path, FieldTerms())
        names = field.path.split("/")
        for slot in range(terms.read, len(documents)):
            document = documents[slot]
            if document is not None:
                terms.add(slot, list(_tokens(analyze, values_at(document, names))))
            terms.read = slot + 1
        return terms


def values_at(value: Any, names: Sequence[str]) -> Iterator[Any]:
    """The single values at a path; every element of the collections on the way."""
    if isinstance(value, list):
        for item in value:
            yield from values_at(item, names)
    elif value is None:
        return
    elif names:
        yield from values_at(value.get(names[0]), names[1:])
    else:
        yield value


def elements(document: Body, fields: Sequence[Field]) -> int:
    """How many elements the document has in complex collections."""
    collections = [field.path.split("/") for field in fields if field.complex and field.many]
    return sum(1 for names in collections for _ in values_at(document, names))


def _tokens(analyze: Any, texts: Iterator[str]) -> Iterator[tuple[str, int]]:
    start = 0
    for text in texts:
        last = start
        for token in analyze(text):
            last = start + token.position
            yield token.text, last
        start = last + GAP
