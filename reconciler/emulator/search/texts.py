"""The words of an index: every searchable field's terms, read when documents are written."""

from __future__ import annotations

from array import array
from collections import defaultdict
from collections.abc import Iterator, Sequence
from contextlib import suppress
from typing import TYPE_CHECKING, Any

from reconciler.emulator import analysis
from reconciler.emulator.refusals import Refusal
from reconciler.emulator.search.schema import Field, Schema

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

Body = dict[str, Any]

GAP = 100  # positions between two values of a field, so that no phrase spans them


class FieldTerms:
    """The terms of one field, of the slots up to `read`.

    `postings` have each occurrence of a term as one number, in ascending order: the slot in the
    upper 32 bits, the position. `lengths[slot]` is 0 where the field has no terms, or the document
    is gone.
    """

    def __init__(self) -> None:
        self.read = 0
        self.postings: defaultdict[str, array[int]] = defaultdict(lambda: array("q"))
        self.lengths = array("i")
        self.documents = 0
        self.total_length = 0

    def add(self, slot: int, tokens: Sequence[tuple[str, int]]) -> None:
        """`tokens` are texts with their positions, in order."""
        place = slot << 32
        for text, position in tokens:
            self.postings[text].append(place + position)
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

        every = self.places(term) >> 32
        firsts = np.flatnonzero(np.diff(every, prepend=-1))
        slots, counts = every[firsts], np.diff(firsts, append=len(every))
        alive = np.array(self.lengths)[slots] > 0
        return slots[alive], counts[alive]

    def places(self, term: str) -> NDArray[np.int64]:
        """(n,): a term's posting; dropped documents are still in it."""
        import numpy as np

        return np.array(self.postings.get(term, ()), np.int64)

    def starting_with(self, prefix: str) -> list[str]:
        return [term for term in self.postings if term.startswith(prefix)]


class Texts:
    """The terms of the searchable fields; dropped documents no longer count."""

    def __init__(self, approximate: bool) -> None:
        self._approximate = approximate
        self._fields: dict[str, FieldTerms] = {}

    def drop(self, slot: int) -> None:
        for terms in self._fields.values():
            terms.drop(slot)

    def read(self, schema: Schema, documents: Sequence[Body | None]) -> None:
        """Reads what was written, but for fields whose queries are refused."""
        for field in schema.texts:
            with suppress(Refusal):
                self.of(field, schema, documents)

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
                terms.add(slot, _tokens(analyze, values_at(document, names)))
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


def _tokens(analyze: Any, texts: Iterator[str]) -> list[tuple[str, int]]:
    tokens: list[tuple[str, int]] = []
    start = 0
    for text in texts:
        found = analysis.terms(analyze, text)
        tokens += [(term, start + position) for term, position in found]
        start += (found[-1][1] if found else 0) + GAP
    return tokens
