"""An indexer's record of its runs: the one in progress, and those that ended, newest first."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from reconciler.emulator.refusals import Refusal
from reconciler.emulator.store import Record, Store

HISTORY_LENGTH = 50  # SKILLS 4.2
COLLECTION = "indexers"


def now() -> str:
    return shown(datetime.now(UTC))


def shown(moment: datetime) -> str:
    """As the service writes a time of a run."""
    return moment.isoformat(timespec="milliseconds").replace("+00:00", "Z")


def result(status: str, **values: Any) -> dict[str, Any]:
    """A history entry in the recorded order (indexer_blob_run, indexer_reset_2023)."""
    started = now()
    entry: dict[str, Any] = {
        "status": status,
        "statusDetail": None,
        "errorMessage": None,
        "startTime": started,
        "endTime": None if status == "inProgress" else started,
        "itemsProcessed": 0,
        "itemsFailed": 0,
        "initialTrackingState": None,
        "finalTrackingState": None,
        "mode": "indexingAllDocs",
        "errors": [],
        "warnings": [],
        "metrics": None,
    }
    return entry | values


def start(store: Store, record: Record) -> None:
    """Puts a run in progress. Raises Refusal when there is one."""
    if record.current is not None:
        raise Refusal("already-running")
    record.current = result("inProgress")
    store.save(COLLECTION, record)


def finish(store: Store, record: Record, **values: Any) -> None:
    """Ends the run in progress, with success unless told otherwise; the etag moves (FACTS g)."""
    current = record.current or result("success")
    ended = current | {"status": "success", "endTime": now()} | values
    keep(record, ended)
    record.current = None
    store.touch(COLLECTION, record)


def keep(record: Record, entry: dict[str, Any]) -> None:
    record.history.insert(0, entry)
    del record.history[HISTORY_LENGTH:]
