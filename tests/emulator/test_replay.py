"""Replays the recordings of the real service's control plane and compares status and body.

Ids, dates, etags and hosts are not compared. What is left out is counted with its reason and
printed (`pytest -s`); anything else that differs fails.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from .conftest import Client, index_body, source_body, split_skill

DATE = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d")
STALE = '"0x0"'
COLLECTIONS = (
    "indexes|indexers|datasources|skillsets|synonymmaps|aliases|knowledgesources|knowledgebases"
)


class LeftOut(Exception):
    """This exchange is not compared, and why."""


def entries_of(path: Path) -> list[dict[str, Any]]:
    content = json.loads(path.read_text(encoding="utf-8"))
    entries: list[dict[str, Any]] = content if isinstance(content, list) else content["entries"]
    return entries


def before_sending(entry: dict[str, Any]) -> None:
    """Raises LeftOut for what cannot be sent or is not the control plane."""
    if "uri" not in entry:
        raise LeftOut("no request was transcribed")
    if "/docs" in entry["uri"]:
        raise LeftOut("document operations are not emulated")
    if "search.analyze" in entry["uri"]:
        raise LeftOut("analyze is not emulated")
    if not re.match(rf"/({COLLECTIONS}|servicestats)\b", entry["uri"]):
        raise LeftOut("another service")
    request = entry.get("request_body") or {}
    note = request.pop("_note", None)
    if "..." in entry["uri"] or (note and "name" not in request):
        raise LeftOut("the request was shortened by its transcriber")
    error = (entry.get("response_body") or {}).get("error", {})
    if "Credentials provided" in error.get("message", ""):
        raise LeftOut("the service connected to a storage account")


class Replay:
    """Sends one recording's requests in order, first making what it takes for granted."""

    def __init__(self, client: Client) -> None:
        self.client = client
        self.etags: dict[str, str] = {}

    def exchange(self, entry: dict[str, Any]) -> None:
        try:
            before_sending(entry)
        except LeftOut:
            self.follow(entry)
            raise
        self.provide(entry)
        reply = self.send(entry)
        assert reply.status_code == entry["status"], reply.text
        recorded = entry.get("response_body")
        if recorded is None:
            assert reply.content == b""
            return
        ours = reply.json()
        self.learn(recorded, ours)
        recorded, ours = normal(recorded), normal(ours)
        known_differences(entry, recorded, ours)
        assert ours == recorded

    def follow(self, entry: dict[str, Any]) -> None:
        """A write that cannot be repeated is done from its answer, for what comes after it."""
        recorded = entry.get("response_body") or {}
        if entry.get("method") == "PUT" and entry["status"] == 200:
            body = {key: value for key, value in recorded.items() if not key.startswith("@")}
            path, _, query = entry["uri"].partition("?")
            reply = self.client.put(path, body, version=query.removeprefix("api-version="))
            assert reply.status_code == 200, reply.text
            self.learn(recorded, reply.json())

    def send(self, entry: dict[str, Any]) -> httpx.Response:
        path, _, query = entry["uri"].partition("?")
        params = dict(pair.split("=", 1) for pair in query.split("&"))
        headers = dict(entry.get("request_headers") or {})
        if "If-Match" in headers:
            headers["If-Match"] = self.etags.get(headers["If-Match"], STALE)
        body = entry.get("request_body")
        version = params.pop("api-version")
        call = self.client.call
        return call(entry["method"], path, body, params=params, headers=headers, version=version)

    def learn(self, recorded: Any, ours: Any) -> None:
        """Which of our etags stands for which of theirs."""
        if isinstance(recorded, dict) and isinstance(ours, dict):
            if "@odata.etag" in recorded:
                self.etags[recorded["@odata.etag"]] = ours.get("@odata.etag", "")
            for key in recorded.keys() & ours.keys():
                self.learn(recorded[key], ours[key])
        elif isinstance(recorded, list) and isinstance(ours, list):
            by_name = {item.get("name"): item for item in ours if isinstance(item, dict)}
            for item in recorded:
                if isinstance(item, dict):
                    self.learn(item, by_name.get(item.get("name")))

    def provide(self, entry: dict[str, Any]) -> None:
        """What the recorded test had made before: by its answers, or in the smallest form."""
        version = entry["uri"].rsplit("api-version=", 1)[1].split("&")[0]
        recorded = entry.get("response_body") or {}
        request = entry.get("request_body") or {}
        match = re.match(rf"/({COLLECTIONS})\(?'?([^')?/]*)", entry["uri"])
        if match is None:
            return
        collection, name = match.groups()
        if "$select" in entry["uri"]:
            for item in recorded["value"]:
                self.make(collection, item["name"], item | {"skills": [split_skill()]}, version)
        elif entry["method"] == "GET" and entry["status"] == 200:
            for item in recorded.get("value", [recorded] if recorded.get("name") == name else []):
                self.make(collection, item["name"], item, version)
        deleted = entry["method"] == "DELETE" and entry["status"] == 204
        if collection == "indexes" and (deleted or "search.stats" in entry["uri"]):
            self.make("indexes", name, index_body(name), version)
        elif entry["method"] == "PUT" and entry["status"] == 200 and collection != "aliases":
            self.make(collection, name, request, version)
        if collection == "knowledgesources" and "/status" in entry["uri"]:
            self.provide_references("", {"knowledgeSources": [{"name": name}]}, version)
        self.provide_references(collection, request, version)

    def provide_references(self, collection: str, request: dict[str, Any], version: str) -> None:
        for source in request.get("knowledgeSources") or []:
            self.make("indexes", "docs", index_body(), version)
            parameters = {"searchIndexName": "docs"}
            body = {"name": source["name"], "kind": "searchIndex"}
            body["searchIndexParameters"] = parameters
            self.make("knowledgesources", source["name"], body, version)
        for index in request.get("indexes") or []:
            self.make("indexes", index, index_body(index), version)
        if collection == "indexers" and request:
            index, source = request["targetIndexName"], request["dataSourceName"]
            self.make("indexes", index, index_body(index), version)
            self.make("datasources", source, source_body(source), version)

    def make(self, collection: str, name: str, body: dict[str, Any], version: str) -> None:
        path = f"/{collection}('{name}')"
        if self.client.get(path, version=version).status_code == 404:
            clean = {key: value for key, value in body.items() if not key.startswith("@")}
            if collection == "datasources":
                clean["credentials"] = {"connectionString": "(sanitized)"}
            if collection == "indexers" or collection == "aliases":
                self.provide_references(collection, clean, version)
            reply = self.client.put(path, clean, version=version)
            assert reply.status_code == 201, reply.text


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
        if "@odata.context" not in theirs:
            mine.pop("@odata.context", None)  # left out by the transcriber
    if "search.status" in entry["uri"]:
        evened_status(recorded, ours)


def evened_status(recorded: dict[str, Any], ours: dict[str, Any]) -> None:
    last = recorded["lastResult"]
    if last is None or last["status"] != "reset":
        raise LeftOut("a run's timing and items: the emulated run ends at once with 0 items")
    # Recorded before the first run had started; ours had ended, and stands below the reset.
    ours["executionHistory"] = ours["executionHistory"][:1]
    ours["limits"] = recorded["limits"]


def pairs(
    recorded: dict[str, Any], ours: dict[str, Any]
) -> Iterator[tuple[dict[str, Any], dict[str, Any]]]:
    yield recorded, ours
    if "value" in recorded and len(recorded["value"]) == len(ours.get("value", ())):
        yield from zip(recorded["value"], ours["value"], strict=True)


@pytest.mark.parametrize("folder", ["recordings-modern", "recordings-2020"])
def test_replay(folder: str, shared: Path, connect: Callable[..., Client]) -> None:
    passed, left_out, failed = 0, Counter[str](), []
    for path in sorted((shared / folder).glob("*.json")):
        entries = entries_of(path)
        free = "2020" in folder and "servicestats" in json.dumps(entries)
        replay = Replay(connect(tier="free" if free else "basic"))
        for number, entry in enumerate(entries):
            try:
                replay.exchange(entry)
            except LeftOut as left:
                left_out[str(left)] += 1
            except AssertionError as error:
                what = f"{entry['method']} {entry['uri']}"
                failed.append(f"{path.stem}[{number}] {what}\n{error}")
            else:
                passed += 1
    print(f"\n{folder}: {passed} pass, {len(failed)} fail, {sum(left_out.values())} left out")
    for reason, count in left_out.most_common():
        print(f"  {count:4} {reason}")
    assert not failed, "\n\n".join(failed[:5]) + f"\n{len(failed)} failed"


def sent(skill: dict[str, Any]) -> dict[str, Any]:
    """The smallest request behind a recorded skill: what is neither null nor empty."""
    kept = {key: value for key, value in skill.items() if value not in (None, [])}
    kept["inputs"] = [{"name": one["name"], "source": one["source"]} for one in skill["inputs"]]
    return kept


def test_the_keys_of_every_recorded_skill(shared: Path, client: Client) -> None:
    (entry,) = entries_of(shared / "recordings-modern" / "skill_defaults.json")
    for number, recorded in enumerate(entry["response_skills"]):
        version = "2025-11-01-preview" if number == 0 else "2023-10-01-Preview"
        body = {"name": "skills", "skills": [sent(recorded)]}
        ours = client.made("/skillsets/skills", body, version=version)["skills"][0]
        assert ours == recorded, recorded["@odata.type"]
