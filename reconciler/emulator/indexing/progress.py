"""How far a run is, as its indexer's status shows it; and whether it may go on."""

from __future__ import annotations

from typing import Any

from reconciler.emulator.indexing import history
from reconciler.emulator.indexing.parts import Body
from reconciler.emulator.indexing.problems import ItemFailed, Problems
from reconciler.emulator.store import Record, Store

BATCH = 10  # SKILLS 4.1: of blobs


class Ended(Exception):
    """Somebody else ended the run, or deleted its indexer: nothing is to be said."""


class TooManyFailed(Exception):
    """More items failed than the indexer allows."""


class Progress:
    """The counts and problems of the run that is in progress in a record.

    All but `end` raise Ended once the run is not the indexer's any more.
    """

    def __init__(self, store: Store, record: Record, parameters: Body) -> None:
        self._store = store
        self._record = record
        self._current = record.current or {}
        self._tracked = record.tracking
        self._limits = {
            name: parameters.get(name) or 0 for name in ("maxFailedItems", "maxFailedItemsPerBatch")
        }
        self._batch_size = parameters.get("batchSize") or BATCH
        self._batch = 0
        self._failed_in_batch = 0
        self._processed = 0
        self.failed = 0
        self.problems = Problems()

    def begin(self, tracking_state: str) -> None:
        self._tell(initialTrackingState=tracking_state)

    def check(self) -> None:
        """To be called before anything is written."""
        with self._store.lock:
            if not self._is_mine():
                raise Ended

    def item_done(self) -> None:
        self._processed += 1
        self._tell()

    def item_failed(self, key: str, failure: ItemFailed) -> None:
        """Raises TooManyFailed when this was one too many."""
        batch = self._processed // self._batch_size
        if batch != self._batch:
            self._batch, self._failed_in_batch = batch, 0
        self.problems.error(key, failure)
        self.failed += 1
        self._failed_in_batch += 1
        self._processed += 1
        self._tell()
        failed = {"maxFailedItems": self.failed, "maxFailedItemsPerBatch": self._failed_in_batch}
        for name, allowed in self._limits.items():
            if allowed != -1 and failed[name] > allowed:
                raise TooManyFailed(f"{failed[name]} items failed, but {name} is {allowed}.")

    def end(self, tracking: Body, **told: Any) -> None:
        """Puts the run into the history; what it dealt with is kept, but for a reset meanwhile."""
        with self._store.lock:
            if self._is_mine():
                if self._record.tracking is self._tracked:
                    self._record.tracking = tracking
                history.finish(self._store, self._record, **(self._so_far() | told))

    def _tell(self, **more: Any) -> None:
        with self._store.lock:
            self.check()
            self._current.update(self._so_far() | more)

    def _so_far(self) -> Body:
        return {
            "itemsProcessed": self._processed,
            "itemsFailed": self.failed,
            "errors": list(self.problems.errors),
            "warnings": list(self.problems.warnings),
        }

    def _is_mine(self) -> bool:
        there = self._store.get(history.COLLECTION, self._record.name) is self._record
        return there and self._record.current is self._current
