"""Rules of indexers: what they refer to must exist, and mappings must end in the index."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

from reconciler.emulator.context import Context
from reconciler.emulator.indexing.schedule import interval_of
from reconciler.emulator.refusals import Refusal
from reconciler.emulator.store import Record

Body = dict[str, Any]

SHORTEST, LONGEST = timedelta(minutes=5), timedelta(days=1)

# SKILLS 4.1: which configuration goes with which type of data source; P102 for the error.
ONLY_FOR = {
    "queryTimeout": {"azuresql"},
    "convertHighWaterMarkToRowVersion": {"azuresql"},
    "disableOrderByHighWaterMarkColumn": {"azuresql"},
    "assumeOrderByHighWaterMarkColumn": {"cosmosdb"},
}
# ... and those that go with any: the schema's, and what pages name besides.
FOR_ALL = frozenset({"executionEnvironment"})
BLOB_LIKE = frozenset({"azureblob", "adlsgen2", "onelake", "sharepoint", "azurefile"})
ONLY_FOR_BLOBS = frozenset(
    {
        "parsingMode",
        "dataToExtract",
        "imageAction",
        "allowSkillsetToReadFileData",
        "indexedFileNameExtensions",
        "excludedFileNameExtensions",
        "failOnUnsupportedContentType",
        "failOnUnprocessableDocument",
        "indexStorageMetadataOnlyForOversizedDocuments",
        "pdfTextRotationAlgorithm",
        "delimitedTextHeaders",
        "delimitedTextDelimiter",
        "firstLineContainsHeaders",
        "documentRoot",
        "markdownParsingSubmode",
        "markdownHeaderDepth",
        "encoding",
        "normalizedImageMaxWidth",
        "normalizedImageMaxHeight",
    }
)


def complete(context: Context, body: Body, old: Body | None) -> None:
    del context
    complete_schedule(body.get("schedule"), (old or {}).get("schedule"))


def complete_schedule(schedule: Body | None, before: Body | None) -> None:
    """FACTS c: the server fills in a schedule's startTime when it is absent (inferred)."""
    if schedule and schedule.get("startTime") is None:
        begun = (before or {}).get("startTime")
        schedule["startTime"] = begun or datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def check(context: Context, body: Body, old: Body | None) -> None:
    del old
    source = _referred(context, "datasources", body["dataSourceName"], "indexer-data-source")
    index = _referred(context, "indexes", body["targetIndexName"], "indexer-index")
    if body.get("skillsetName"):
        _referred(context, "skillsets", body["skillsetName"], "indexer-skillset")
    _check_configuration(body, source.body["type"])
    _check_schedule(body.get("schedule"))
    _check_mappings(body, index.body)
    written = source.body["credentials"].get("connectionString")
    if not written or not context.plane.indexing.stores.admits(source.body):
        raise Refusal("indexer-credentials")


def _referred(context: Context, collection: str, name: str, rule: str) -> Record:
    record = context.store.get(collection, name)
    if record is None:
        raise Refusal(rule, name=name)
    return record


def _check_configuration(body: Body, source_type: str) -> None:
    parameters = body.get("parameters") or {}
    for key, value in (parameters.get("configuration") or {}).items():
        allowed = BLOB_LIKE if key in ONLY_FOR_BLOBS else ONLY_FOR.get(key)
        if allowed is None and key not in FOR_ALL:
            raise Refusal("configuration-unknown", property=key)
        if value is not None and allowed is not None and source_type not in allowed:
            raise Refusal("configuration-property", property=key, type=source_type)


def _check_schedule(schedule: Body | None) -> None:
    if schedule is None:
        return
    if not SHORTEST <= interval_of(schedule["interval"]) <= LONGEST:
        raise Refusal("schedule-interval")


def _check_mappings(body: Body, index: Body) -> None:
    """Only top-level fields can be targets (SKILLS P72); names are compared without case."""
    known = {field["name"].lower() for field in index["fields"]}
    for mapping in body.get("fieldMappings") or ():
        target = mapping.get("targetFieldName") or mapping["sourceFieldName"]
        if target.lower() not in known:
            raise Refusal("field-mapping", field=target)
    for mapping in body.get("outputFieldMappings") or ():
        target = mapping.get("targetFieldName") or mapping["sourceFieldName"].rsplit("/", 1)[-1]
        if target.lower() not in known:
            raise Refusal("output-field-mapping", field=target)
