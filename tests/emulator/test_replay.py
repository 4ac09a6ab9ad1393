"""Replays the recordings of the real service's control plane and compares status and body.

Ids, dates, etags and hosts are not compared. What is left out is counted with its reason, printed
(`pytest -s`) and at most one exchange in twenty; anything else that differs fails.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import httpx
import pytest

from .conftest import Client, index_body, source_body, split_skill
from .evened import known_differences, normal
from .recorded import COLLECTIONS, Elsewhere, LeftOut, before_sending, completed, entries_of

STALE = '"0x0"'


class Replay:
    """Sends one recording's requests in order, first making what it takes for granted."""

    def __init__(self, client: Client, entries: list[dict[str, Any]]) -> None:
        self.client = client
        if '"inProgress"' in json.dumps(entries):  # the run after the creation was seen to go on
            rule = {"fault": "busy", "method": "POST", "path": "/indexers$"}
            client.call("PUT", "/emulator/faults", [rule])
        self.etags: dict[str, str] = {}
        self.sent: dict[str, Any] = {}

    def exchange(self, entry: dict[str, Any]) -> None:
        before_sending(entry)
        request = entry["request_body"] = completed(entry, self.sent)
        if request and "name" in request:
            self.sent[request["name"]] = request
        self.provide(entry)
        self.lock(entry)
        self.end_run(entry)
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

    def end_run(self, entry: dict[str, Any]) -> None:
        """A run that went on has ended as the recorded status says."""
        last = (entry.get("response_body") or {}).get("lastResult") or {}
        if last.get("endTime") and last["status"] != "reset":
            name = entry["response_body"]["name"]
            told = {key: last[key] for key in ("status", "itemsProcessed", "itemsFailed")}
            self.client.call("PUT", f"/emulator/indexers/{name}/state", {"state": "idle", **told})

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

    def lock(self, entry: dict[str, Any]) -> None:
        """A connection string that opens nothing was recorded: here, one that is gone."""
        error = (entry.get("response_body") or {}).get("error", {})
        if "Credentials provided" in error.get("message", ""):
            name = entry["request_body"]["dataSourceName"]
            body = source_body(name, "<redacted>")
            self.client.made(f"/datasources/{name}", body, version="2020-06-30")

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


@pytest.mark.parametrize("folder", ["recordings-modern", "recordings-2020"])
def test_replay(folder: str, shared: Path, connect: Callable[..., Client]) -> None:
    passed, left_out, elsewhere, failed = 0, Counter[str](), Counter[str](), []
    for path in sorted((shared / folder).glob("*.json")):
        entries = entries_of(path)
        free = "2020" in folder and "servicestats" in json.dumps(entries)
        replay = Replay(connect(tier="free" if free else "basic"), entries)
        for number, entry in enumerate(entries):
            try:
                replay.exchange(entry)
            except LeftOut as reason:
                left_out[str(reason)] += 1
            except Elsewhere as reason:
                elsewhere[str(reason)] += 1
            except AssertionError as error:
                what = f"{entry['method']} {entry['uri']}"
                failed.append(f"{path.stem}[{number}] {what}\n{error}")
            else:
                passed += 1
    unheard, total = left_out.total(), passed + len(failed) + left_out.total()
    print(f"\n{folder}, control plane: {passed} of {total} pass, {len(failed)} fail")
    for reason, count in [*left_out.most_common(), *elsewhere.most_common()]:
        print(f"  {count:4} {'left out' if reason in left_out else 'not counted'}: {reason}")
    assert not failed, "\n\n".join(failed[:5]) + f"\n{len(failed)} failed"
    assert passed
    assert unheard <= 0.05 * total


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
