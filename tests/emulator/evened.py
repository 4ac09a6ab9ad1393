"""Evens out what need not be alike in a recorded answer and an emulated one."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from .recorded import LeftOut

DATE = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d")


def normal(value: Any) -> Any:
    if isinstance(value, dict):
        items = {key: normal(item) for key, item in value.items()}
        if "@odata.etag" in items:
            items["@odata.etag"] = "an etag"
        return items
    if isinstance(value, list):
        items_of = [normal(item) for item in value]
        if all(isinstance(item, dict) and "@odata.etag" in item for item in items_of):
            items_of.sort(key=lambda item: item["name"])  # FACTS a: order is not to be relied on
        return items_of
    if isinstance(value, str):
        value = re.sub(r"https?://[^/]+/\$metadata", "$metadata", value)
        value = re.sub(r"(service named|service –) '[^']*'", r"\1 'x'", value)
        if "sanitize" in value:
            return "a secret"
        return "a date" if DATE.match(value) and len(value) < 30 else value
    return value


OUTAGE = re.compile(r"As a result of a one-time maintenance.*?(?=For more information)", re.DOTALL)


def known_differences(
    entry: dict[str, Any], recorded: dict[str, Any], ours: dict[str, Any]
) -> None:
    """Evens out what two builds of the service did differently in the same api-version."""
    for theirs, mine in pairs(recorded, ours):
        if "similarity" in theirs and theirs["similarity"] is None:
            mine["similarity"] = None  # before mid 2020
        if "dataDeletionDetectionPolicy" in theirs and "encryptionKey" not in theirs:
            mine.pop("encryptionKey", None)  # before mid 2020
        if "purviewEnabled" in theirs and theirs["purviewEnabled"] is None:
            mine["purviewEnabled"] = None  # October 2025
        if "skills" in theirs and "knowledgeStore" not in theirs:
            mine.pop("knowledgeStore", None)  # left out by the transcriber
        if "error" in theirs:
            theirs["error"]["message"] = OUTAGE.sub("", theirs["error"]["message"])
        if "@odata.context" not in theirs:
            mine.pop("@odata.context", None)  # left out by the transcriber
    if "search.status" in entry["uri"]:
        evened_status(recorded, ours)


def evened_status(recorded: dict[str, Any], ours: dict[str, Any]) -> None:
    last = recorded["lastResult"]
    if last is None:
        raise LeftOut("a run that had not started yet: an emulated one starts at once")
    if last["status"] == "reset":
        # Recorded before the first run had started; ours stands below the reset.
        ours["executionHistory"] = ours["executionHistory"][:1]
        ours["limits"] = recorded["limits"]
        ours["lastResult"] = ours["executionHistory"][0]
    for theirs, mine in zip(results(recorded), results(ours), strict=True):
        for key in TRACKING & mine.keys():
            mine[key] = theirs[key]


TRACKING = {
    "initialTrackingState",
    "finalTrackingState",
    "allDocsInitialTrackingState",
    "allDocsFinalTrackingState",
}
"""How far a run got in its data source."""


def results(status: dict[str, Any]) -> list[dict[str, Any]]:
    return [status["lastResult"], *status["executionHistory"], status.get("currentState") or {}]


def pairs(
    recorded: dict[str, Any], ours: dict[str, Any]
) -> Iterator[tuple[dict[str, Any], dict[str, Any]]]:
    yield recorded, ours
    if "value" in recorded and len(recorded["value"]) == len(ours.get("value", ())):
        yield from zip(recorded["value"], ours["value"], strict=True)
