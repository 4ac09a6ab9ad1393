"""The runs of one service's indexers."""

from __future__ import annotations

import threading
from datetime import UTC, datetime, timedelta
from typing import Any

from reconciler.emulator import skills
from reconciler.emulator.indexing import history, pretended
from reconciler.emulator.indexing.first_runs import FirstRuns
from reconciler.emulator.indexing.parts import NotFound, Parts
from reconciler.emulator.indexing.progress import Progress
from reconciler.emulator.indexing.schedule import Schedule
from reconciler.emulator.indexing.tracking import Tracking
from reconciler.emulator.indexing.writing import Writer
from reconciler.emulator.models.models import Models
from reconciler.emulator.search.documents import Documents
from reconciler.emulator.storage import Place, StorageFailed, Stores, opened
from reconciler.emulator.store import Record, Store
from reconciler.emulator.tiers import Tier
from reconciler.emulator.unexpected import told

RUNS_AT_ONCE = 4


class Indexing:
    """Runs indexers in the background, one run an indexer at a time.

    Public methods take the store's lock, which their caller may hold already.
    """

    def __init__(
        self, tier: Tier, store: Store, stores: Stores, documents: Documents, models: Models
    ) -> None:
        self.tier = tier
        self.stores = stores
        self._store = store
        self._documents = documents
        self._models = models
        self._room = threading.BoundedSemaphore(RUNS_AT_ONCE)
        self._schedule = Schedule()
        self._first = FirstRuns()
        self._ahead = timedelta()
        self._ticking = False
        self._woken = threading.Event()
        for record in store.all(history.COLLECTION).values():
            self._resume(record)

    def start(self, record: Record, held: bool = False) -> None:
        """Begins a run. What cannot reach its data ends at once; a held run waits for a door.

        Raises Refusal when a run is in progress.
        """
        with self._store.lock:
            history.start(self._store, record)
            if held:
                return
            if pretended.is_pretended(self._store, record):
                pretended.finish(self._store, record, **self._missing(record))
                return
            try:
                parts = Parts.of(self._store, record)
                place = self.stores.located(parts.datasource)
                if parts.skillset is not None:
                    skills.ready(parts.skillset)
            except StorageFailed as failure:
                self._fail(record, failure.of_data_source())
            except (NotFound, skills.NotEmulated) as failure:
                self._fail(record, str(failure))
            except Exception as error:
                self._fail(record, told(error, f"indexer {record.name}").text)
            else:
                self._begin(record, parts, place)

    def create(self, record: Record, held: bool = False) -> None:
        """Begins the run of an indexer that was just created."""
        with self._store.lock:
            self.start(record, held)
            if record.current is not None and not held:
                self._first.begin(record)

    def request(self, record: Record, held: bool = False) -> None:
        """Begins a run that was asked for, or puts it after the first one (rule run-at-once).

        Raises Refusal when a run is visibly in progress.
        """
        with self._store.lock:
            if not (record.current is not None and self._first.follow(record)):
                self.start(record, held)

    def show(self, record: Record) -> None:
        """Somebody looks at the indexer's status: a run that goes on is visible from now on."""
        with self._store.lock:
            self._first.show(record)

    def finish(self, record: Record, **told: Any) -> None:
        """Ends a run as a door says; one that really goes on notices and stops."""
        with self._store.lock:
            if record.current is not None:
                pretended.finish(self._store, record, **(self._missing(record) | told))

    def keep_time(self, record: Record) -> None:
        """Takes note of the schedule of an indexer that was written."""
        with self._store.lock:
            before = self._schedule.next
            self._schedule.see(record, self._now())
            if self._schedule.next != before:
                self._woken.set()
            if not self._ticking and self._schedule.next is not None:
                self._ticking = True
                threading.Thread(target=self._tick, name="schedule", daemon=True).start()

    def advance(self, seconds: float) -> None:
        """Sets the schedules' clock ahead; what became due meanwhile runs once."""
        with self._store.lock:
            self._ahead += timedelta(seconds=seconds)
            self._start_due()
            self._woken.set()

    def _now(self) -> datetime:
        return datetime.now(UTC) + self._ahead

    def _start_due(self) -> None:
        for name in self._schedule.due(self._now()):
            record = self._store.get(history.COLLECTION, name)
            if record is None:
                self._schedule.forget(name)
            elif record.current is None:
                self.start(record)

    def _tick(self) -> None:
        """Wakes up for the next run, or when it changes; ends with the last schedule."""
        while True:
            with self._store.lock:
                self._start_due()
                at = self._schedule.next
                self._ticking = at is not None
                self._woken.clear()
                if at is None:
                    return
                wait = (at - self._now()).total_seconds()
            self._woken.wait(min(max(0.0, wait), threading.TIMEOUT_MAX))

    def _begin(self, record: Record, parts: Parts, place: Place) -> None:
        from reconciler.emulator.indexing.run import Run  # reads files: heavy libraries

        run = Run(
            parts,
            Progress(self._store, record, parts.parameters),
            Tracking.of(record.tracking),
            Writer(self._store, self._documents, parts),
            self._models,
        )

        def work() -> None:
            with self._room:
                run.carry_out(lambda: opened(place), self.tier)
            with self._store.lock:
                there = self._store.get(history.COLLECTION, record.name) is record
                if self._first.end(record) and there and record.current is None:
                    self.start(record)

        threading.Thread(target=work, name=f"indexer {record.name}", daemon=True).start()

    def _missing(self, record: Record) -> dict[str, Any]:
        """A run whose index or data source is gone fails."""
        try:
            Parts.of(self._store, record)
        except NotFound as failure:
            return {"status": "transientFailure", "errorMessage": str(failure)}
        return {}

    def _fail(self, record: Record, message: str) -> None:
        history.finish(self._store, record, status="transientFailure", errorMessage=message)

    def _resume(self, record: Record) -> None:
        """An indexer of an earlier process, whose end may have cut off a run."""
        if record.current is not None:
            self._fail(record, "The run was interrupted when the emulator stopped.")
        self.keep_time(record)
