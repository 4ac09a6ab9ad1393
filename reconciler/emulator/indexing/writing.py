"""Puts assembled documents into the indexes, and takes deleted ones out, children included."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from reconciler.emulator.indexing import pretended
from reconciler.emulator.indexing.assembly import Assembled
from reconciler.emulator.indexing.mapping import Fields, check_shapes
from reconciler.emulator.indexing.parts import Parts, existing
from reconciler.emulator.indexing.problems import INVALID, ItemFailed
from reconciler.emulator.refusals import Refusal
from reconciler.emulator.search.documents import Action, Documents, Holding
from reconciler.emulator.store import Record, Store

Body = dict[str, Any]


class Writer:
    """Writes to the indexes of one indexer. Everything raises ItemFailed, or NotFound."""

    def __init__(self, store: Store, documents: Documents, parts: Parts) -> None:
        self._store = store
        self._documents = documents
        self._parts = parts

    def fields(self, index: str) -> Fields:
        with self._store.lock:
            return Fields(existing(self._store, "indexes", index).body)

    def child_keys(self) -> dict[str, str]:
        """The key field of every index that the projections write to."""
        names = {selector["targetIndexName"] for selector in self._parts.selectors}
        return {name: self.fields(name).key for name in names}

    def put(self, item: Assembled) -> None:
        """Merges the parent; replaces the children by the new ones."""
        if item.parent is not None:
            check_shapes(item.parent, self.fields(self._parts.indexer["targetIndexName"]))
            self._apply(self._parts.indexer["targetIndexName"], "mergeOrUpload", [item.parent])
        kept: dict[tuple[str, str], set[str]] = {}
        for selector, documents in item.projected:
            index = selector["targetIndexName"]
            fields = self.fields(index)
            typed = [dict(fields.taken(k, v) for k, v in one.items()) for one in documents]
            for one in typed:
                check_shapes(one, fields)
            self._apply(index, "upload", typed)
            place = (index, selector["parentKeyFieldName"])
            kept.setdefault(place, set()).update(one[fields.key] for one in typed)
        for (index, parent_field), keys in kept.items():
            self._delete_children(index, parent_field, item.key, keys)

    def delete(self, key: str) -> None:
        """Takes out a parent and all its children."""
        for selector in self._parts.selectors:
            index, parent_field = selector["targetIndexName"], selector["parentKeyFieldName"]
            self._delete_children(index, parent_field, key, set())
        if self._parts.indexes_parents:
            index = self._parts.indexer["targetIndexName"]
            self._apply(index, "delete", [{self.fields(index).key: key}])

    def _delete_children(self, index: str, parent_field: str, parent: str, keep: set[str]) -> None:
        key = self.fields(index).key
        stale = set(self._holding(index).keys_where(parent_field, parent)) - keep
        self._apply(index, "delete", [{key: one} for one in sorted(stale)])

    def _apply(self, index: str, kind: Any, documents: Sequence[Body]) -> None:
        if not documents:
            return
        verb = {"mergeOrUpload": "MergeOrUpload", "upload": "Index", "delete": "Delete"}[kind]
        place = f"Projection.SearchIndex.{verb}.{index}"
        try:
            outcomes = self._holding(index).apply([Action(kind, one) for one in documents])
        except Refusal as refusal:
            raise ItemFailed(place, INVALID, refusal.text, refusal.status) from None
        pretended.over(self._store, self._record(index))
        for outcome in outcomes:
            if outcome.status >= 400 and not (kind == "delete" and outcome.status == 404):
                message = outcome.message or ""
                if outcome.status != 400:
                    text = f"Could not '{verb}' document to the search index."
                    raise ItemFailed(place, text, message, outcome.status)
                raise ItemFailed(place, INVALID, message)

    def _holding(self, index: str) -> Holding:
        return self._documents.of(self._record(index))

    def _record(self, index: str) -> Record:
        with self._store.lock:
            return existing(self._store, "indexes", index)
