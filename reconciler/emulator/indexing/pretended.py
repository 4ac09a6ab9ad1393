"""Runs that read nothing: a door has said how many documents a data source holds.

Such a run ends at once. It processes everything once, until the indexer is reset.
"""

from __future__ import annotations

import itertools
from typing import Any

from reconciler.emulator.indexing import history
from reconciler.emulator.store import Record, Store

NUMBER = "documents"


def is_pretended(store: Store, record: Record) -> bool:
    source = store.get("datasources", record.body["dataSourceName"])
    return source is not None and NUMBER in source.numbers


def finish(store: Store, record: Record, **told: Any) -> None:
    """Ends the run in progress; `told` wins over what would have been processed."""
    if is_pretended(store, record):
        told = {"itemsProcessed": _waiting(store, record)} | told
    processed = told.get("itemsProcessed", 0)
    if processed and told.get("status", "success") == "success":
        _fill(store, record, processed)
    history.finish(store, record, **told)


def _waiting(store: Store, record: Record) -> int:
    """Everything after a reset and for a new indexer; nothing after a success."""
    since_reset = itertools.takewhile(lambda entry: entry["status"] != "reset", record.history)
    if any(entry["status"] == "success" for entry in since_reset):
        return 0
    source = store.get("datasources", record.body["dataSourceName"])
    return source.numbers[NUMBER] if source else 0


def _fill(store: Store, record: Record, processed: int) -> None:
    """The index then counts the documents of this run; the same ones again add nothing."""
    index = store.get("indexes", record.body["targetIndexName"])
    if index is not None:
        held = index.numbers.get("documentCount", 0)
        index.numbers["documentCount"] = max(held, processed)
        store.save("indexes", index)


def over(store: Store, index: Record) -> None:
    """An index into which something was really written has no other numbers than its own."""
    with store.lock:
        if index.numbers and store.get("indexes", index.name) is index:
            index.numbers.clear()
            store.save("indexes", index)
