"""What cannot change in a knowledge source once it exists (documentation, column Editable)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from reconciler.emulator.ingestion.origins import ORIGINS, parameters
from reconciler.emulator.spelling import ENDPOINT

KINDS = {*ORIGINS, "fabricDataAgent", "fabricOntology"}
EDITABLE = {
    "queryHints",
    "query",
    "createdResources",
    "ingestionParameters/identity",
    "ingestionParameters/ingestionSchedule",
    "ingestionParameters/freshnessPolicy",
    "ingestionParameters/aiServices/apiKey",
    *(
        f"ingestionParameters/{model}/azureOpenAIParameters/{key}"
        for model in ("embeddingModel", "chatCompletionModel")
        for key in ("apiKey", "deploymentId")
    ),
}
# What an absent property means: documentation.
DEFAULTS = {
    "isADLSGen2": False,
    "ingestionParameters/disableImageVerbalization": False,
    "ingestionParameters/contentExtractionMode": "minimal",
    "ingestionParameters/networkAccessMode": "public",
}


def changed(new: Mapping[str, Any], old: Mapping[str, Any]) -> str | None:
    """The first place that was changed and cannot be, such as `containerName`; never its value."""
    if new["kind"] not in KINDS:
        return None
    return next(_changed(parameters(new), parameters(old), ""), None)


def _changed(new: Any, old: Any, path: str) -> Iterator[str]:
    place = path.strip("/")
    if place in EDITABLE:
        return
    if isinstance(new, dict) or isinstance(old, dict):
        after, before = new or {}, old or {}
        for key in sorted(after.keys() | before.keys()):
            yield from _changed(after.get(key), before.get(key), f"{path}/{key}")
    elif _said(new, place) != _said(old, place):
        yield place


def _said(value: Any, place: str) -> Any:
    if isinstance(value, list):
        value = value and sorted(value, key=str)
    if isinstance(value, str) and place.endswith(ENDPOINT):
        value = value.rstrip("/")  # a read shows it without
    return DEFAULTS.get(place) if value in (None, []) else value
