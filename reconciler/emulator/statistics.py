"""Service and index statistics: recorded keys by version, numbers by tier."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

from reconciler.emulator import tiers
from reconciler.emulator.context import Context
from reconciler.emulator.exchange import Reply
from reconciler.emulator.store import Record

# The service's own names, "synonymMaps" among the counts included: FACTS a, index_crud.
COUNTERS = {
    "indexesCount": "indexes",
    "indexersCount": "indexers",
    "dataSourcesCount": "datasources",
    "synonymMaps": "synonymmaps",
    "skillsetCount": "skillsets",
    "aliasesCount": "aliases",
}
VECTORS_SINCE = "2023-07-01"
STORAGE_LIMIT_SINCE = "2024-07-01"


def of_service(context: Context) -> Reply:
    body: dict[str, Any] = {
        "@odata.context": f"{context.namespace_context}.ServiceStatistics",
        "counters": _counters(context),
        "indexersRuntime": _runtime(),
        "limits": _limits(context),
    }
    if not _has_runtime(context):
        del body["indexersRuntime"]
    return Reply.json(200, body)


def of_index(context: Context, record: Record) -> Reply:
    body: dict[str, Any] = {
        "@odata.context": f"{context.namespace_context}.IndexStatistics",
        "documentCount": number(context, record, "documentCount"),
        "storageSize": number(context, record, "storageSize"),
    }
    if context.version.date >= VECTORS_SINCE:
        body["vectorIndexSize"] = number(context, record, "vectorIndexSize")
    return Reply.json(200, body)


def number(context: Context, index: Record, name: str) -> int:
    """What a door or a pretended run said, until something is really written."""
    if name in index.numbers:
        return index.numbers[name]
    holding = context.plane.documents.of(index)
    match name:
        case "documentCount":
            return holding.count
        case "storageSize":
            return holding.storage_bytes
    return holding.vector_bytes


def _counters(context: Context) -> dict[str, Any]:
    counters: dict[str, Any] = {
        "documentCount": {"usage": _total(context, "documentCount"), "quota": None}
    }
    for counter, collection in COUNTERS.items():
        if counter == "synonymMaps":
            usage = _total(context, "storageSize")
            counters["storageSize"] = {"usage": usage, "quota": context.tier.storage}
        usage = len(context.store.all(collection))
        counters[counter] = {"usage": usage, "quota": context.tier.quota(collection)}
    if "Alias" not in context.shapes:
        del counters["aliasesCount"]
    if context.version.date >= VECTORS_SINCE:
        usage = _total(context, "vectorIndexSize")
        counters["vectorIndexSize"] = {"usage": usage, "quota": context.tier.vectors}
    return counters


def _total(context: Context, name: str) -> int:
    indexes = context.store.all("indexes").values()
    return sum(number(context, index, name) for index in indexes)


def _has_runtime(context: Context) -> bool:
    """FACTS a: 2025-11-01-preview has it, 2026-04-01 has not."""
    return context.version.preview and context.version.date >= "2025-11-01"


def _runtime() -> dict[str, Any]:
    today = datetime.now(UTC).replace(hour=0, minute=0, second=0, microsecond=0)
    return {
        "usedSeconds": 0,
        "remainingSeconds": None,
        "beginningTime": today.strftime("%Y-%m-%dT%H:%M:%SZ"),
        "endingTime": (today + timedelta(days=1)).strftime("%Y-%m-%dT%H:%M:%SZ"),
    }


def _limits(context: Context) -> dict[str, Any]:
    limits: dict[str, Any] = {
        "maxFieldsPerIndex": tiers.FIELDS_PER_INDEX,
        "maxFieldNestingDepthPerIndex": tiers.NESTING_DEPTH,
        "maxComplexCollectionFieldsPerIndex": tiers.COMPLEX_COLLECTIONS_PER_INDEX,
        "maxComplexObjectsInCollectionsPerDocument": tiers.COMPLEX_OBJECTS_PER_DOCUMENT,
    }
    if context.version.date >= STORAGE_LIMIT_SINCE:
        limits["maxStoragePerIndex"] = context.tier.storage
    if _has_runtime(context):
        limits["maxCumulativeIndexerRuntimeSeconds"] = None
    return limits
