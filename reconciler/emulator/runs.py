"""An indexer's runs, as the control plane sees them: status, history, reset.

At this stage a run reads no data and ends at once, unless it is held. It processes as many items as
its data source is said to hold (a door sets that; else 0), once until the indexer is reset.
"""

from __future__ import annotations

import itertools
from datetime import UTC, datetime
from typing import Any

from reconciler.emulator.context import Context
from reconciler.emulator.exchange import Reply
from reconciler.emulator.refusals import Refusal
from reconciler.emulator.store import Record, Store

HISTORY_LENGTH = 50  # SKILLS 4.2
COLLECTION = "indexers"

# Keys of a result by age: metrics everywhere (seen in 2020-06-30 too); statusDetail and mode are
# in previews (seen in 2023-07-01-Preview and 2025-11-01-preview, absent from 2020-06-30).
PREVIEW_ONLY = ("statusDetail", "mode")


def now() -> str:
    return datetime.now(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


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
    if record.current is not None:
        raise Refusal("already-running")
    record.current = result("inProgress")
    store.save(COLLECTION, record)


def finish(store: Store, record: Record, **values: Any) -> None:
    """Ends the run; the etag moves (FACTS g)."""
    began = (record.current or {}).get("startTime") or now()
    ended = result(**(outcome(store, record) | values))
    _fill(store, record, ended)
    record.history.insert(0, ended | {"startTime": began})
    del record.history[HISTORY_LENGTH:]
    record.current = None
    store.touch(COLLECTION, record)


def outcome(store: Store, record: Record) -> dict[str, Any]:
    """A run whose index or data source is gone fails (inferred; they can be deleted under it)."""
    body = record.body
    for collection, name in (
        ("datasources", body["dataSourceName"]),
        ("indexes", body["targetIndexName"]),
    ):
        if store.get(collection, name) is None:
            message = f"'{name}' was not found in {collection}."
            return {"status": "transientFailure", "errorMessage": message}
    return {"status": "success", "itemsProcessed": _waiting(store, record)}


def _waiting(store: Store, record: Record) -> int:
    """Everything after a reset and for a new indexer; nothing after a success."""
    since_reset = itertools.takewhile(lambda entry: entry["status"] != "reset", record.history)
    if any(entry["status"] == "success" for entry in since_reset):
        return 0
    source = store.get("datasources", record.body["dataSourceName"])
    return source.numbers.get("documents", 0) if source else 0


def _fill(store: Store, record: Record, ended: dict[str, Any]) -> None:
    """The index then holds the documents of this run; the same ones again add nothing."""
    index = store.get("indexes", record.body["targetIndexName"])
    if index is not None and ended["status"] == "success" and ended["itemsProcessed"]:
        held = index.numbers.get("documentCount", 0)
        index.numbers["documentCount"] = max(held, ended["itemsProcessed"])
        store.save("indexes", index)


def run_if_created(context: Context, record: Record, created: bool) -> None:
    """Creating an indexer runs it unless it is disabled: FACTS g."""
    if created and not record.body.get("disabled"):
        start(context.store, record)
        if not context.hold_runs:
            finish(context.store, record)


def run(context: Context, record: Record) -> Reply:
    start(context.store, record)
    if not context.hold_runs:
        finish(context.store, record)
    return Reply(202)


def reset(context: Context, record: Record) -> Reply:
    """204, and a history entry with status reset and 0 items: FACTS a."""
    record.history.insert(0, result("reset"))
    del record.history[HISTORY_LENGTH:]
    context.store.touch(COLLECTION, record)
    return Reply(204)


def status(context: Context, record: Record) -> Reply:
    """`running` means enabled, not executing; look at lastResult (FACTS g)."""
    history = [_shown(context, entry) for entry in record.history]
    last = _shown(context, record.current) if record.current else next(iter(history), None)
    body: dict[str, Any] = {
        "@odata.context": _odata_context(context),
        "name": record.name,
        "status": "running",
        "runtime": None,
        "lastResult": last,
        "executionHistory": history,
        "limits": _limits(context, record),
        "currentState": _current_state(context, record),
    }
    if not context.version.preview:
        del body["currentState"]
    if context.version.date < "2025-11-01" or not context.version.preview:
        del body["runtime"]
    return Reply.json(200, body)


def _odata_context(context: Context) -> str:
    # Recorded so: 2020-06-30 answers with the preview's namespace.
    place = f"{context.namespace_context}.IndexerExecutionInfo"
    return place.replace("V2020_06_30", "V2019_05_06_Preview")


def _shown(context: Context, entry: dict[str, Any]) -> dict[str, Any]:
    if context.version.preview:
        return entry
    return {key: value for key, value in entry.items() if key not in PREVIEW_ONLY}


def _limits(context: Context, record: Record) -> dict[str, Any] | None:
    """Null until a run has started (seen after a reset that came before any run)."""
    ran = record.current or any(entry["status"] != "reset" for entry in record.history)
    if not ran:
        return None
    return {
        "maxRunTime": "P1D",
        "maxDocumentExtractionSize": context.tier.extraction_bytes,
        "maxDocumentContentCharactersToExtract": context.tier.extraction_characters,
    }


def _current_state(context: Context, record: Record) -> dict[str, Any]:
    latest = record.current or (record.history[0] if record.history else {})
    state: dict[str, Any] = {
        "mode": "indexingAllDocs",
        "allDocsInitialTrackingState": latest.get("initialTrackingState"),
        "allDocsFinalTrackingState": latest.get("finalTrackingState"),
        "resetDocsInitialTrackingState": None,
        "resetDocsFinalTrackingState": None,
        "resetDocumentKeys": [],
        "resetDatasourceDocumentIds": [],
        "resyncInitialTrackingState": None,
        "resyncFinalTrackingState": None,
    }
    if context.version.date < "2025-11-01":
        del state["resyncInitialTrackingState"], state["resyncFinalTrackingState"]
    return state
