"""Every recorded pair: what was written, and what the service showed of the same object then."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

from tests.emulator.recorded import Elsewhere, LeftOut, before_sending, completed, entries_of

KINDS = {
    "datasources": "DataSource",
    "indexes": "Index",
    "skillsets": "Skillset",
    "indexers": "Indexer",
    "aliases": "Alias",
    "synonymmaps": "SynonymMap",
    "knowledgesources": "KnowledgeSource",
    "knowledgebases": "KnowledgeBase",
}


class Pair(NamedTuple):
    """One object as it was sent, and as it was shown: by a later read, or by the write's answer."""

    source: str
    kind: str
    version: str
    sent: dict[str, Any]
    shown: dict[str, Any]
    by_read: bool


def pairs(recordings: Path) -> Iterator[Pair]:
    """The pairs of all recordings of a folder, in the order in which they were recorded."""
    for file in sorted(recordings.glob("*.json")):
        sent: dict[str, Any] = {}
        written: dict[tuple[str, str], dict[str, Any]] = {}
        for number, entry in enumerate(entries_of(file)):
            try:
                before_sending(entry)
                entry["request_body"] = body = completed(entry, sent)
            except (LeftOut, Elsewhere):
                continue
            if body is not None:
                sent[body["name"]] = body
            yield from _shown(f"{file.stem}[{number}]", entry, written)


def _shown(
    source: str, entry: dict[str, Any], written: dict[tuple[str, str], dict[str, Any]]
) -> Iterator[Pair]:
    """The pairs that one exchange ends; `written` is what is live by then."""
    collection, name, version = _target(entry["uri"])
    if collection not in KINDS or "$select" in entry["uri"]:
        return
    kind, answer, body = KINDS[collection], entry.get("response_body"), entry["request_body"]
    if entry["status"] == 204:
        written.pop((kind, name), None)
    elif entry["status"] in (200, 201):
        if body is not None:
            written[kind, body["name"]] = body
        for shown in answer.get("value", [answer]):
            before = written.get((kind, shown["name"]))
            if before is not None:
                yield Pair(source, kind, version, before, _plain(shown), by_read=body is None)


def _plain(value: Any) -> Any:
    """With one word for every secret that the recordings' sanitizer has replaced."""
    if isinstance(value, dict):
        return {key: _plain(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [_plain(inner) for inner in value]
    return "(sanitized)" if isinstance(value, str) and "(sanitize" in value else value


def _target(uri: str) -> tuple[str, str, str]:
    """Collection, name and api-version of a URL."""
    match = re.match(r"/(\w+)(?:\('([^']*)'\)(/.*)?)?\?.*api-version=([\w-]+)", uri)
    if match is None or match[3]:
        return "", "", ""
    return match[1], match[2] or "", match[4]
