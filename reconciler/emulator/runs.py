"""An indexer's runs, as the control plane sees them: run, reset, status."""

from __future__ import annotations

from typing import Any

from reconciler.emulator.context import Context
from reconciler.emulator.exchange import Reply
from reconciler.emulator.indexing import history
from reconciler.emulator.store import Record

# Keys of a result by age: metrics everywhere (seen in 2020-06-30 too); statusDetail and mode are
# in previews (seen in 2023-07-01-Preview and 2025-11-01-preview, absent from 2020-06-30).
PREVIEW_ONLY = ("statusDetail", "mode")


def written(context: Context, record: Record, created: bool) -> None:
    """Creating an indexer runs it unless it is disabled: FACTS g. A schedule counts from now."""
    if created and not record.body.get("disabled"):
        context.plane.indexing.create(record, context.hold_runs)
    context.plane.indexing.keep_time(record)


def run(context: Context, record: Record) -> Reply:
    context.plane.indexing.request(record, context.hold_runs)
    return Reply(202)


def reset(context: Context, record: Record) -> Reply:
    """204, and a history entry with status reset and 0 items: FACTS a. All is read again then."""
    record.tracking = {}
    history.keep(record, history.result("reset"))
    context.store.touch(history.COLLECTION, record)
    return Reply(204)


def status(context: Context, record: Record) -> Reply:
    """`running` means enabled, not executing; look at lastResult (FACTS g)."""
    context.plane.indexing.show(record)
    ended = [_shown(context, entry) for entry in record.history]
    last = _shown(context, record.current) if record.current else next(iter(ended), None)
    body: dict[str, Any] = {
        "@odata.context": _odata_context(context),
        "name": record.name,
        "status": "running",
        "runtime": None,
        "lastResult": last,
        "executionHistory": ended,
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
    if context.version.date < "2025-05-01":  # the client of that version is the first with them
        del state["resyncInitialTrackingState"], state["resyncFinalTrackingState"]
    return state
