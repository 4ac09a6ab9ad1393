"""The documents of one index, by key and by slot; each written document takes a new slot."""

from __future__ import annotations

import json
import re
import threading
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

from reconciler.emulator.refusals import Refusal
from reconciler.emulator.search import values
from reconciler.emulator.search.journal import Change, Journal
from reconciler.emulator.search.lookups import Lookup
from reconciler.emulator.search.schema import Schema
from reconciler.emulator.search.texts import Texts
from reconciler.emulator.store import Record

if TYPE_CHECKING:
    from reconciler.emulator.search.columns import Mask, VectorColumn

Body = dict[str, Any]
Kind = Literal["upload", "merge", "mergeOrUpload", "delete"]

KINDS = ("upload", "merge", "mergeOrUpload", "delete")
KEY = re.compile(r"[A-Za-z0-9_=-]+")
LONGEST_KEY = 1024  # FACTS f
DEAD_SLOTS_KEPT = 1000
# What the terms of the texts were made with.
READ_WITH = ("fields", "analyzers", "tokenizers", "tokenFilters", "charFilters")


class Action(NamedTuple):
    """What to do with a document; a delete needs its key only."""

    kind: Kind
    document: Body


class Outcome(NamedTuple):
    """What became of an action; `message` is None when it succeeded."""

    key: str
    status: int
    message: str | None = None


class Prepared(NamedTuple):
    """An action whose values were found to fit."""

    kind: str
    key: str
    values: Body


class Holding:
    """Thread-safe by its own lock; `documents[slot]` is None where a document is gone.

    `approximate`: stand-ins are taken for language analyzers (Settings.language_analyzers).
    """

    def __init__(self, record: Record, journal: Journal | None, approximate: bool) -> None:
        self.lock = threading.RLock()
        self.schema = Schema(record.body)
        self.slots: dict[str, int] = {}
        self.documents: list[Body | None] = []
        self.columns: dict[str, VectorColumn] = {}
        self.approximate = approximate
        self.texts = Texts(approximate)
        self.changes = 0
        self.storage_bytes = 0
        self._lookups: dict[str, Lookup] = {}
        self._sizes: list[int] = []
        self._alive: tuple[int, Mask] | None = None
        self._journal = journal
        for change in journal.load() if journal else ():
            self._load(change)

    def follow(self, record: Record) -> None:
        """The index may have been given a new definition."""
        if record.body is self.schema.index:
            return
        with self.lock:
            before, self.schema = self.schema, Schema(record.body)
            if any(before.index.get(part) != record.body.get(part) for part in READ_WITH):
                self.texts = Texts(self.approximate)

    def leave(self) -> None:
        """The index is gone: what is still being written here is not kept."""
        if self._journal is not None:
            self._journal.forget()

    @property
    def count(self) -> int:
        return len(self.slots)

    @property
    def vector_bytes(self) -> int:
        return self.count * self.schema.vector_bytes if self.columns else 0

    def alive(self) -> Mask:
        """(n,): which slots have a document."""
        import numpy as np

        if self._alive is None or self._alive[0] != self.changes:
            mask = np.array([document is not None for document in self.documents], np.bool_)
            self._alive = (self.changes, mask)
        return self._alive[1]

    def get(self, key: str) -> Body | None:
        """The whole document, with its vectors; None when there is none."""
        with self.lock:
            slot = self.slots.get(key)
            return None if slot is None else self.document(slot, self.schema.fields)

    def document(self, slot: int, names: Iterable[str]) -> Body:
        """The fields of a document in the order of `names`, what it lacks filled in."""
        held = self.documents[slot] or {}
        return {name: self._shown(slot, held, name) for name in names}

    def keys_where(self, field: str, value: str) -> list[str]:
        """The keys of the documents whose top-level field has this value."""
        with self.lock:
            lookup = self._lookups.setdefault(field, Lookup(field))
            slots = lookup.slots(value, self.documents)
            return [str((self.documents[slot] or {})[self.schema.key]) for slot in slots]

    def apply(self, actions: Sequence[Action]) -> list[Outcome]:
        """Every action on its own: one whose values do not fit fails with status 400."""
        tried = [self._tried(action) for action in actions]
        outcomes = iter(self.write([item for item in tried if isinstance(item, Prepared)]))
        return [next(outcomes) if isinstance(item, Prepared) else item for item in tried]

    def prepare(self, action: Action, unsafe_keys: bool = False) -> Prepared:
        """Checks the key and the values; raises Refusal."""
        if action.kind not in KINDS:
            raise Refusal("document-action", action=action.kind)
        name = self.schema.key
        key = action.document.get(name)
        if key is None or key == "":
            raise Refusal("document-key-missing")
        given = {name: key} if action.kind == "delete" else action.document
        read = values.read(given, self.schema.fields)
        if not unsafe_keys and action.kind != "delete":
            _check_key(str(key))
        return Prepared(action.kind, str(key), read)

    def write(self, actions: Sequence[Prepared]) -> list[Outcome]:
        """Applies the actions in order; durable when it returns."""
        with self.lock:
            outcomes = [self._written(action) for action in actions]
            self.changes += 1
            self._compact()
            keys = {outcome.key for outcome in outcomes if outcome.message is None}
            if self._journal is not None and keys:
                self._journal.write([self._change(key) for key in sorted(keys, key=self._place)])
            self.texts.read(self.schema, self.documents)
        return outcomes

    def _tried(self, action: Action) -> Prepared | Outcome:
        try:
            return self.prepare(action)
        except Refusal as refusal:
            key = action.document.get(self.schema.key)
            return Outcome(str(key or ""), 400, refusal.text)

    def _written(self, action: Prepared) -> Outcome:
        kind, key, given = action
        slot = self.slots.get(key)
        if kind == "delete":
            if slot is not None:
                self._remove(slot, key)
            return Outcome(key, 200)
        if kind == "merge" and slot is None:
            return Outcome(key, 404, "Document not found.")
        fields = self.schema.fields
        vectors = {name: given[name] for name in given if fields[name].vector}
        plain = {name: given[name] for name in given if name not in vectors}
        keep = kind != "upload" and slot is not None
        if keep and slot is not None:
            plain = values.merged(self.documents[slot] or {}, plain, fields)
        document = values.completed(plain, fields)
        try:
            values.check_size(document, fields)
        except Refusal as refusal:
            return Outcome(key, refusal.status, refusal.text)
        new = self._append(key, document)
        if slot is not None:
            self._retire(slot, new if keep else None)
        for name, vector in vectors.items():
            self._column(name).put(new, vector)
        return Outcome(key, 201 if slot is None else 200)

    def _append(self, key: str, document: Body) -> int:
        size = len(json.dumps(document, ensure_ascii=False)) + self.schema.vector_bytes
        self.documents.append(document)
        self._sizes.append(size)
        self.storage_bytes += size
        self.slots[key] = len(self.documents) - 1
        return len(self.documents) - 1

    def _retire(self, slot: int, heir: int | None) -> None:
        """The slot is dead; its vectors go to the document's new slot, if it keeps them."""
        self.documents[slot] = None
        self.storage_bytes -= self._sizes[slot]
        for column in self.columns.values():
            if heir is None:
                column.drop(slot)
            else:
                column.move(slot, heir)
        self.texts.drop(slot)

    def _remove(self, slot: int, key: str) -> None:
        del self.slots[key]
        self._retire(slot, None)

    def _compact(self) -> None:
        """When most slots are dead, the living are numbered anew, in their order."""
        if len(self.documents) - self.count <= max(DEAD_SLOTS_KEPT, self.count):
            return
        living = sorted(self.slots.values())
        new_of = {slot: number for number, slot in enumerate(living)}
        self.documents = [self.documents[slot] for slot in living]
        self._sizes = [self._sizes[slot] for slot in living]
        self.slots = {key: new_of[slot] for key, slot in self.slots.items()}
        for column in self.columns.values():
            column.renumber(new_of)
        self.texts = Texts(self.approximate)
        self._lookups.clear()

    def _column(self, name: str) -> VectorColumn:
        from reconciler.emulator.search.columns import VectorColumn

        if name not in self.columns:
            self.columns[name] = VectorColumn(self.schema.vectors[name].vector_length)
        return self.columns[name]

    def _shown(self, slot: int, held: Body, name: str) -> Any:
        field = self.schema.fields[name]
        if not field.vector:
            return held.get(name, field.empty)
        column = self.columns.get(name)
        vector = column.get(slot) if column else None
        if vector is None:
            return []
        from reconciler.emulator.search.columns import numbers

        return numbers(vector)

    def _place(self, key: str) -> int:
        return self.slots.get(key, -1)

    def _change(self, key: str) -> Change:
        slot = self.slots.get(key)
        if slot is None:
            return Change(key, None, {})
        found = {name: column.get(slot) for name, column in self.columns.items()}
        vectors = {name: one.tobytes() for name, one in found.items() if one is not None}
        return Change(key, self.documents[slot], vectors)

    def _load(self, change: Change) -> None:
        slot = self._append(change.key, change.body or {})
        if change.vectors:
            import numpy as np

            for name, content in change.vectors.items():
                if name in self.schema.vectors:
                    self._column(name).put(slot, np.frombuffer(content, np.float32))


def _check_key(key: str) -> None:
    if len(key) > LONGEST_KEY:
        raise Refusal("document-key-length", key=key)
    if not KEY.fullmatch(key):
        raise Refusal("document-key-letters", key=key)
    if key.startswith("_"):
        raise Refusal("document-key-underscore", key=key)
