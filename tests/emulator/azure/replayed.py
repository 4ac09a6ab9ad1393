"""Recorded dialogues sent to the emulator again: which exchanges are its business, and equality.

The clock follows the recording: what went on there goes on here until the recording says it ended.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import httpx

from .conftest import Body, Subscription

OURS = (
    "Microsoft.Resources/resourceGroups",
    "Microsoft.Resources/resourceGroups/resources",
    "Microsoft.Resources/operationresults",
    "Microsoft.Search/searchServices",
    "Microsoft.Search/checkNameAvailability",
    "Microsoft.Storage/storageAccounts",
    "Microsoft.Storage/storageAccounts/listKeys",
    "Microsoft.Storage/storageAccounts/regenerateKey",
    "Microsoft.Storage/checkNameAvailability",
    "Microsoft.Storage/locations/asyncoperations",
    "Microsoft.Storage/storageAccounts/blobServices",
    "Microsoft.Storage/storageAccounts/blobServices/containers",
    "Microsoft.Authorization/roleAssignments",
    "Microsoft.Authorization/roleDefinitions",
)
LONG = 3600
SLOW = ("searchCreate", "searchScale", "searchNetwork", "searchIpRules", "storageCreate")
GOING_ON = ("provisioning", "Provisioning", "Creating", "ResolvingDns", "Deleting")
POLLED = (
    "Microsoft.Resources/operationresults",
    "Microsoft.Storage/locations/asyncoperations",
)
LASTING = (
    *POLLED,
    *("Microsoft.Search/searchServices", "Microsoft.Storage/storageAccounts"),
)
WITHIN = re.compile(
    r"(/subscriptions/[^/]+/resourcegroups/[^/]+)"
    r"(/providers/(?:microsoft\.storage/storageaccounts|microsoft\.search/searchservices)/[^/]+)?",
    re.IGNORECASE,
)
KEPT = ("location", "tags", "managedBy", "kind", "sku", "identity")
SENT = {
    *("minimumTlsVersion", "allowBlobPublicAccess", "accessTier", "replicaCount"),
    *("partitionCount", "hostingMode", "publicNetworkAccess", "allowSharedKeyAccess"),
}
# What the service chose on the day, or a policy of the subscription; not compared.
MOVED = {
    r"(^|\.)tags$": "Search: absent until the middle of 2024, {} since (FACTS 0)",
    r"^tags\.(Creator|DateCreated)$": "a policy of the recorded subscription wrote them",
    r"Endpoints\.web$": "the zone of an account's web site is the service's choice",
    r"minimumTlsVersion$": "TLS1_0 until 2024, TLS1_2 since (FACTS 1.3)",
    r"allowBlobPublicAccess$": "the service's choice, mixed at all times (FACTS 1.3)",
    r"allowCrossTenantReplication$": "absent until 2023, false since (FACTS 1.3)",
    r"ipv6Rules$": "since 2023 (FACTS 1.3)",
    r"statusDetails$": "null in 2016, empty since",
    r"keys\[\]\.creationTime$": "absent in 2020",
    r"^type$": "groups had none in 2018",
    r"nextLink$": "Search: null or absent, by the recorder",
}
GUID = re.compile(r"[0-9a-f]{8}-?([0-9a-f]{4}-?){3}[0-9a-f]{12}", re.IGNORECASE)
TIME = re.compile(r"\d{4}-\d\d-\d\d ?T?\d\d(:|%3A)\d\d(:|%3A)\d\d(\.\d+)?Z?")
ETAG = re.compile(r'"0x[0-9A-F]+"')
HEADERS = ("etag", "location", "x-ms-failure-cause")
SECRETS = ("value", "key", "primaryKey", "secondaryKey")


class Replay:
    """One dialogue. `differences` are of (exchange, path, recorded, answered)."""

    def __init__(self, azure: Subscription, dialogue: Body) -> None:
        self._azure = azure
        self._dialogue = dialogue
        self._places: dict[str, str] = {}
        self._written: set[str] = set()
        self.compared = self.equal = 0
        self.differences: list[tuple[str, str, Any, Any]] = []

    def run(self) -> None:
        self._azure.door("PUT", "durations", {"searchName": 0, "containerName": 0, "principal": 0})
        self._prepare()
        for exchange in self._dialogue["exchanges"]:
            if exchange["type"] not in OURS:
                continue
            if exchange["type"] in POLLED and _place(exchange["url"]) not in self._places:
                continue  # of an operation that another type began
            self._set_clock(exchange)
            reply = self._send(exchange)
            if reply.status_code == 501:
                if exchange["method"] in ("PUT", "PATCH"):
                    return  # what follows is of something else
                continue
            self.compared += 1
            before = len(self.differences)
            self._compare(exchange, reply)
            self.equal += len(self.differences) == before
            if "location" in exchange["headers"] and "location" in reply.headers:
                self._places[_place(exchange["headers"]["location"])] = reply.headers["location"]

    def _prepare(self) -> None:
        """What stood before the recording began: groups, accounts and services."""
        made: set[str] = set()
        for exchange in self._dialogue["exchanges"]:
            path = urlsplit(exchange["url"]).path
            found = WITHIN.match(path)
            ours = exchange["type"] in OURS
            for end in (found.end(1), found.end(2)) if found and ours else ():
                id = path[:end] if end > 0 else ""
                if id and id.lower() not in made:
                    made.add(id.lower())
                    if not self._begins(exchange, path, id):
                        self._azure.call("PUT", id, self._standing(id))

    def _begins(self, exchange: Body, path: str, id: str) -> bool:
        """Whether the recording itself makes a thing, or says that there is none."""
        if path.lower() == id.lower() and exchange["method"] == "PUT":
            return bool(exchange["status"] != 200)
        text = json.dumps(exchange.get("response") or {})
        if "providers" in id:
            missing = exchange["status"] == 404 and "ResourceNotFound" in text
            return missing or "ResourceGroupNotFound" in text
        return exchange["method"] == "HEAD" or "ResourceGroupNotFound" in text

    def _standing(self, id: str) -> Body:
        """How the recording shows a thing that it does not make."""
        for exchange in self._dialogue["exchanges"]:
            whole = exchange.get("response") or {}
            for shown in (whole, *(whole.get("value") or ())):
                if isinstance(shown, dict) and str(shown.get("id")).lower() == id.lower():
                    kept = {key: shown[key] for key in KEPT if key in shown}
                    sent = shown.get("properties") or {}
                    properties = {key: sent[key] for key in sent.keys() & SENT}
                    return kept | ({"properties": properties} if properties else {})
        kind = {"kind": "StorageV2", "sku": {"name": "Standard_LRS"}}
        return {"location": "westus"} | (kind if "storageaccounts" in id.lower() else {})

    def _set_clock(self, exchange: Body) -> None:
        """What the recording shows as ended has ended; the directory knows whom it shows."""
        text = json.dumps(exchange.get("response") or {})
        goes_on = exchange["status"] == 202 or any(f'"{word}"' in text for word in GOING_ON)
        if exchange["method"] == "GET":
            if any(word in text for word in ("Creating", "ResolvingDns")):
                self._azure.advance(LONG / 3)
            elif exchange["type"] in LASTING and not goes_on:
                self._azure.advance(LONG + 1)
            return
        properties = (exchange.get("response") or {}).get("properties") or {}
        if "principalType" in properties:
            known = {properties["principalId"]: properties["principalType"]}
            self._azure.door("PUT", "principals", known)
        place = _place(exchange["url"])
        if exchange["status"] < 400 and any(place.startswith(one) for one in self._written):
            self._azure.advance(LONG + 1)
        self._written.add(place)
        seconds = LONG if goes_on else 0
        self._azure.door("PUT", "durations", dict.fromkeys((*SLOW, "groupDelete"), seconds))

    def _send(self, exchange: Body) -> httpx.Response:
        parts = urlsplit(exchange["url"])
        moved = self._places.get(_place(exchange["url"]))
        if moved is not None:
            return self._azure.call("GET", moved, version=None)
        return self._azure.call(
            exchange["method"],
            parts.path,
            exchange.get("request"),
            version=None,
            params=dict(parse_qsl(parts.query)),
        )

    def _compare(self, exchange: Body, reply: httpx.Response) -> None:
        name = f"{exchange['method']} {exchange['type']}"
        if exchange["status"] != reply.status_code:
            shown = (exchange["status"], reply.status_code)
            self.differences.append((name, "status", *shown))
            return
        for header in HEADERS if exchange["type"] not in POLLED else ():
            there = (header in exchange["headers"], header in reply.headers)
            if there[0] != there[1]:
                self.differences.append((name, f"header {header}", *there))
        recorded = exchange.get("response")
        answered = reply.json() if reply.content else None
        for path, left, right in differing(recorded, answered, ""):
            if not any(re.search(pattern, path) for pattern in MOVED):
                self.differences.append((name, path, left, right))


def _place(url: str) -> str:
    return urlsplit(url).path.lower()


def differing(left: Any, right: Any, path: str) -> Iterator[tuple[str, Any, Any]]:
    """Where two bodies differ: ids, times, etags and keys apart; what was trimmed is left out."""
    if isinstance(left, dict) and isinstance(right, dict):
        if "__trimmed__" in left:
            return
        left, right = sorted_lists(left), sorted_lists(right)
        for key in left.keys() | right.keys():
            here = f"{path}.{key}" if path else key
            if key in SECRETS and isinstance(left.get(key), str):
                continue
            yield from differing(left.get(key, "absent"), right.get(key, "absent"), here)
    elif isinstance(left, list) and isinstance(right, list) and len(left) == len(right):
        for one, other in zip(left, right, strict=True):
            yield from differing(one, other, f"{path}[]")
    elif plain(left) != plain(right):
        yield path, left, right


def sorted_lists(body: Body) -> Body:
    """A list of resources has no order."""
    value = body.get("value")
    if isinstance(value, list) and all(isinstance(one, dict) and "id" in one for one in value):
        return body | {"value": sorted(value, key=lambda one: str(one["id"]).lower())}
    return body


def plain(value: Any) -> Any:
    if not isinstance(value, str):
        return value
    for pattern in (GUID, TIME, ETAG):
        value = pattern.sub("-", value)
    return re.sub(r"RequestId: ?-", "RequestId:-", value)


def dialogue(file: Path) -> Body:
    found: Body = json.loads(file.read_text(encoding="utf-8"))
    return found


def dialogues(folder: Path) -> list[Path]:
    """Those that touch a type of ours."""
    found = []
    for file in sorted((folder / "dialogues").glob("*.json")):
        types = {exchange["type"] for exchange in dialogue(file)["exchanges"]}
        if types & set(OURS):
            found.append(file)
    return found
