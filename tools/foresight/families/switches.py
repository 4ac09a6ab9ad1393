"""An indexer's switches, against what its skills read and its source has."""

from __future__ import annotations

from typing import Any

from tools.foresight.mutator import REMOVED, SAME, Row, Verdict, also, gone, rows, set_to

FAMILY = "switches"
REFUSED, RUN, NULL, HARMLESS = Verdict.REFUSED, Verdict.RUN, Verdict.NULL, Verdict.HARMLESS
ALL = "Indexer: parameters/configuration"
SCHEDULE = "Indexer: schedule/interval"


def _mode(mode: str, *of: str) -> Any:
    """Another parsing mode, of indexers with one of the modes named."""

    def changed(old: Any, _around: Any) -> Any:
        found = old.get("parsingMode", "default")
        blob = "queryTimeout" not in old
        return {**old, "parsingMode": mode} if blob and found in of else SAME

    return changed


def _of_blobs(**properties: Any) -> Any:
    return lambda old, _: SAME if "queryTimeout" in old else {**old, **properties}


def _if(name: str, new: Any) -> Any:
    """Another value of a switch that is there."""
    return lambda old, _: {**old, name: new} if name in old else SAME


def _plain(old: Any) -> bool:
    return "queryTimeout" not in old and old.get("parsingMode", "default") == "default"


def _of_default(**properties: Any) -> Any:
    """Other switches, where whole files are read."""
    return lambda old, _: {**old, **properties} if _plain(old) else SAME


def _shallow(old: Any, around: Any) -> Any:
    """Headings of one level only, where each section is a document."""
    one = old.get("markdownParsingSubmode") == "oneToOne"
    return SAME if one else _if("markdownHeaderDepth", "h1")(old, around)


def _dotless(old: Any, _around: Any) -> Any:
    return old.replace(".", "")


def _both_lists(old: Any, _around: Any) -> Any:
    names = old.get("indexedFileNameExtensions")
    return {**old, "excludedFileNameExtensions": names} if names else SAME


def _default_written(old: Any, _around: Any) -> Any:
    return {**old, "dataToExtract": "contentAndMetadata"} if _plain(old) else SAME


def _default_dropped(old: Any, _around: Any) -> Any:
    return REMOVED if old == "contentAndMetadata" else SAME


rows(
    FAMILY,
    (
        Row("image-action-left-out", RUN, "P50", f"{ALL}/imageAction", gone),
        Row("image-action-none", RUN, "P50", f"{ALL}/imageAction", set_to("none")),
        Row("image-action-unknown", REFUSED, "SKILLS 2.3", f"{ALL}/imageAction", set_to("generateImages")),
        Row("file-data-left-out", RUN, "P53", f"{ALL}/allowSkillsetToReadFileData", gone),
        Row("file-data-off", RUN, "P53", f"{ALL}/allowSkillsetToReadFileData", set_to(False)),
        Row("content-not-extracted", RUN, "P104", ALL, _of_default(dataToExtract="storageMetadata")),
        Row("only-metadata-extracted", RUN, "P104", ALL, _of_default(dataToExtract="allMetadata")),
        Row("data-to-extract-unknown", REFUSED, "SKILLS 2.3", ALL, _of_default(dataToExtract="content")),
        Row("json-mode-with-content", RUN, "P104", ALL, _mode("json", "default")),
        Row("lines-mode-for-documents", RUN, "P104, P105", ALL, _mode("jsonLines", "default")),
        Row("array-mode-for-text", RUN, "P105", ALL, _mode("jsonArray", "default")),
        Row("markdown-mode-left-out", NULL, "SKILLS 2.2", ALL, _mode("default", "markdown")),
        Row("lines-mode-for-csv", RUN, "SKILLS 2.2", ALL, _mode("jsonLines", "delimitedText")),
        Row("parsing-mode-unknown", REFUSED, "SKILLS 2.2", ALL, _of_blobs(parsingMode="csv")),
        Row("parsing-mode-none", REFUSED, "SKILLS 2.2", ALL, _of_blobs(parsingMode="none")),
        Row("images-in-json-mode", REFUSED, "P103 [?]", f"{ALL}", lambda old, _: {**old, "parsingMode": "json"} if "imageAction" in old else SAME),
        Row("markdown-depth-too-low", NULL, "SKILLS 2.2", ALL, _shallow),
        Row("markdown-one-to-one-with-content", NULL, "SKILLS 2.2", ALL, _if("markdownParsingSubmode", "oneToOne")),
        Row("csv-headers-and-first-line", NULL, "P106", ALL, _if("firstLineContainsHeaders", True)),
        Row("csv-headers-left-out", NULL, "P106", f"{ALL}/delimitedTextHeaders", gone),
        Row("csv-delimiter-of-two", REFUSED, "P107 [?]", f"{ALL}/delimitedTextDelimiter", set_to("::")),
        Row("csv-delimiter-of-others", NULL, "SKILLS 2.2", f"{ALL}/delimitedTextDelimiter", set_to(";")),
        Row("csv-header-typo", NULL, "SKILLS 2.2", f"{ALL}/delimitedTextHeaders", lambda old, _: old.replace("number", "numbr")),
        Row("document-root-left-out", RUN, "P105", f"{ALL}/documentRoot", gone),
        Row("document-root-typo", RUN, "P105", f"{ALL}/documentRoot", lambda old, _: f"{old}s"),
        Row("extensions-without-dot", NULL, "P110", f"{ALL}/indexedFileNameExtensions", _dotless),
        Row("extension-in-both-lists", NULL, "P110", ALL, _both_lists),
        Row("query-timeout-of-blobs", REFUSED, "P102", ALL, _of_blobs(queryTimeout="00:05:00")),
        Row("configuration-typo", REFUSED, "P102", ALL, also(dataToExtrac="contentAndMetadata")),
        Row("file-switch-of-database", REFUSED, "P102", ALL, lambda old, _: {**old, "parsingMode": "json"} if "queryTimeout" in old else SAME),
        Row("interval-too-short", REFUSED, "P111", SCHEDULE, set_to("PT1M")),
        Row("interval-too-long", REFUSED, "P111", SCHEDULE, set_to("P2D")),
        Row("interval-of-seconds", REFUSED, "P111", SCHEDULE, set_to("PT3600S"), emulated=False),
        Row("interval-in-words", REFUSED, "P111", SCHEDULE, set_to("1h")),
        Row("configuration-beside-parameters", REFUSED, "SKILLS 4.1", "Indexer: parameters", also(parsingMode="default")),
        Row("default-extraction-written-out", HARMLESS, "SKILLS 2.3", ALL, _default_written),
        Row("default-extraction-left-out", HARMLESS, "SKILLS 2.3", f"{ALL}/dataToExtract", _default_dropped),
        Row("indexer-not-disabled", HARMLESS, "FACTS c", "Indexer: ", also(disabled=False)),
        Row("any-number-of-failures", HARMLESS, "SKILLS 4.1", "Indexer: parameters", also(maxFailedItems=-1, maxFailedItemsPerBatch=-1)),
        Row("start-of-schedule", HARMLESS, "FACTS c", "Indexer: schedule", also(startTime="2026-01-01T00:00:00Z")),
        Row("batches-of-one", HARMLESS, "SKILLS 4.1", "Indexer: parameters", also(batchSize=1)),
        Row("interval-of-a-day-in-hours", HARMLESS, "FACTS c", SCHEDULE, set_to("PT24H")),
    ),
)  # fmt: skip
