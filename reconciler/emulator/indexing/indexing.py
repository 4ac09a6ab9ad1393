"""The runs of one service's indexers."""

from __future__ import annotations

import threading
from datetime import UTC, datetime, timedelta
from typing import Any

from reconciler.emulator import skills
from reconciler.emulator.indexing import history, pretended
from reconciler.emulator.indexing.parts import NotFound, Parts
from reconciler.emulator.indexing.schedule import Schedule
from reconciler.emulator.models.models import Models
from reconciler.emulator.search.documents import Documents
from reconciler.emulator.settings import Settings
from reconciler.emulator.storage import Place, StorageFailed, located, opened
from reconciler.emulator.store import Record, Store
from reconciler.emulator.tiers import tier_named

RUNS_AT_ONCE = 4


class Indexing:
    """Runs indexers in the background, one run an indexer at a time.

    Public methods take the store's lock, which their caller may hold already.
    """

    def __init__(
        self, settings: Settings, store: Store, documents: Documents, models: Models
    ) -> None:
        self._settings = settings
        self._store = store
        self._documents = documents
        self._models = models
        self._room = threading.BoundedSemaphore(RUNS_AT_ONCE)
        self._schedule = Schedule()
        self._ahead = timedelta()
        self._ticking = False
        self._woken = threading.Event()
        self._end_interrupted()
        self.keep_time()

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
                place = located(parts.datasource, self._settings)
                if parts.skillset is not None:
                    skills.ready(parts.skillset)
            except StorageFailed as failure:
                self._fail(record, failure.of_data_source())
            except (NotFound, skills.NotEmulated) as failure:
                self._fail(record, str(failure))
            else:
                self._begin(record, parts, place)

    def finish(self, record: Record, **told: Any) -> None:
        """Ends a run as a door says; one that really goes on notices and stops."""
        with self._store.lock:
            if record.current is not None:
                pretended.finish(self._store, record, **(self._missing(record) | told))

    def keep_time(self) -> None:
        """Starts what is due by its schedule, now and from now on."""
        with self._store.lock:
            now = datetime.now(UTC) + self._ahead
            for record in self._schedule.due(self._store.all(history.COLLECTION).values(), now):
                if record.current is None:
                    self.start(record)
            self._woken.set()
            if not self._ticking and self._schedule.wait(now) is not None:
                self._ticking = True
                threading.Thread(target=self._tick, name="schedule", daemon=True).start()

    def advance(self, seconds: float) -> None:
        """Sets the schedules' clock ahead; what became due meanwhile runs once."""
        self._ahead += timedelta(seconds=seconds)
        self.keep_time()

    def _tick(self) -> None:
        """Wakes up for the next run, or when something changes; ends with the last schedule."""
        while True:
            with self._store.lock:
                wait = self._schedule.wait(datetime.now(UTC) + self._ahead)
                self._ticking = wait is not None
                self._woken.clear()
            if wait is None:
                return
            if not self._woken.wait(wait):
                self.keep_time()

    def _begin(self, record: Record, parts: Parts, place: Place) -> None:
        from reconciler.emulator.indexing.run import Run

        tier = tier_named(self._settings.tier)
        run = Run(self._store, self._documents, self._models, tier, record, parts)

        def work() -> None:
            with self._room:
                run.carry_out(lambda: opened(place))

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

    def _end_interrupted(self) -> None:
        """A run that the end of an earlier process cut off."""
        for record in self._store.all(history.COLLECTION).values():
            if record.current is not None:
                self._fail(record, "The run was interrupted when the emulator stopped.")
