"""The emulator's own doors under `/emulator`: what tests set and look at. No faults, no log here.

With an admin key every door needs it; guarding.py says what else a request must have.

GET    /emulator                       what is emulated
GET    /emulator/rules                 every rule with its source
GET    /emulator/secrets               sha256 of every stored secret, by collection, name, path
PUT    /emulator/faults                a list of rules (faults.py); GET shows, DELETE clears
PUT    /emulator/indexers/N/state      {"state": "inProgress"} or {"state": "idle", ...result}
POST   /emulator/indexers/N/run        a scheduled run: {...result}
POST   /emulator/clock                 {"seconds": 600}: sets the clock of schedules ahead
PUT    /emulator/datasources/N/numbers {"documents": 9}: its indexers' runs read nothing, and end
                                       at once as if they had found so many
PUT    /emulator/indexes/N/numbers     {"documentCount": 9, "storageSize": 1, ...}: statistics,
                                       until a document is written
DELETE /emulator/state                 forgets every definition, document and fault
...    /emulator/azure...              azure/doors.py
"""

from __future__ import annotations

import json
import re
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from reconciler.emulator import guarding, secrecy
from reconciler.emulator.exchange import Reply, Request
from reconciler.emulator.faults import Faults
from reconciler.emulator.indexing import history
from reconciler.emulator.plane import Plane
from reconciler.emulator.refusals import Refusal
from reconciler.emulator.rules import RULES
from reconciler.emulator.settings import Settings
from reconciler.emulator.store import Record, Store
from reconciler.emulator.versions import VERSIONS

if TYPE_CHECKING:  # only where it is emulated is it imported
    from reconciler.emulator.azure.emulated import Azure

PREFIX = "/emulator"
INDEXER = re.compile(rf"{PREFIX}/indexers/([^/]+)/(state|run)")
NUMBERS = re.compile(rf"{PREFIX}/(datasources|indexes)/([^/]+)/numbers")
NUMBER_KEYS = {
    "datasources": {"documents"},
    "indexes": {"documentCount", "storageSize", "vectorIndexSize"},
}
FARTHEST = 1_000_000_000  # seconds: some thirty years
RESULT_KEYS = {"status", "errorMessage", "itemsProcessed", "itemsFailed", "errors", "warnings"}


class Doors:
    def __init__(
        self,
        settings: Settings,
        store: Store,
        plane: Plane,
        faults: Faults,
        azure: Azure | None = None,
    ) -> None:
        self.settings = settings
        self.store = store
        self.plane = plane
        self.faults = faults
        self.azure = azure

    def answer(self, request: Request) -> Reply:
        try:
            guarding.check(request, self.settings.admin_key)
            with self.store.lock:
                return self.opened(request)
        except Refusal as refusal:
            return Reply.json(refusal.status, refusal.body)
        except (ValueError, re.error) as error:
            return problem(400, str(error))

    def opened(self, request: Request) -> Reply:
        match request.method, request.path.rstrip("/"):
            case "GET", "/emulator":
                return Reply.json(200, self.about())
            case "GET", "/emulator/rules":
                return Reply.json(200, [asdict(rule) for rule in RULES.values()])
            case "GET", "/emulator/secrets":
                return Reply.json(200, self.secrets())
            case "GET", "/emulator/faults":
                return Reply.json(200, [rule.shown() for rule in self.faults.rules])
            case "PUT", "/emulator/faults":
                self.faults.replace(json.loads(request.body))
                return Reply(204)
            case "DELETE", "/emulator/faults":
                self.faults.rules = []
                return Reply(204)
            case "DELETE", "/emulator/state":
                self.store.clear()
                self.plane.documents.clear()
                self.faults.rules = []
                if self.azure is not None:
                    self.azure.clear()
                return Reply(204)
            case "POST", "/emulator/clock":
                return self.clock(_object(request))
        match = INDEXER.fullmatch(request.path)
        if match and (request.method, match[2]) in (("PUT", "state"), ("POST", "run")):
            return self.indexer(match[1], match[2], _object(request))
        match = NUMBERS.fullmatch(request.path)
        if match and request.method == "PUT":
            return self.numbers(match[1], match[2], _object(request))
        if self.azure is not None:
            from reconciler.emulator.azure import doors as azure_doors

            reply = azure_doors.answer(self.azure.subscription, request)
            if reply is not None:
                return reply
        return problem(404, "no such door; see reconciler/emulator/doors.py")

    def about(self) -> dict[str, Any]:
        return {
            "service": self.settings.service,
            "tier": self.settings.tier,
            "apiVersions": [version.name for version in VERSIONS],
        }

    def secrets(self) -> dict[str, dict[str, dict[str, str]]]:
        found: dict[str, dict[str, dict[str, str]]] = {}
        for collection, record in self.store.everything():
            prints = secrecy.fingerprints(record.body)
            if prints:
                found.setdefault(collection, {})[record.name] = prints
        return found

    def numbers(self, collection: str, name: str, given: dict[str, Any]) -> Reply:
        record = self.store.get(collection, name)
        if record is None:
            return problem(404, f"no {name} in {collection}")
        known = NUMBER_KEYS[collection]
        if set(given) - known or not all(isinstance(item, int) for item in given.values()):
            return problem(400, f"whole numbers for {sorted(known)}")
        record.numbers |= given
        self.store.save(collection, record)
        return Reply(204)

    def clock(self, given: dict[str, Any]) -> Reply:
        seconds = given.get("seconds")
        if not isinstance(seconds, int | float) or not 0 <= seconds <= FARTHEST:
            return problem(400, f"seconds: how far ahead, at most {FARTHEST}")
        self.plane.indexing.advance(seconds)
        if self.azure is not None:
            self.azure.advance(seconds)
        return Reply(204)

    def indexer(self, name: str, door: str, given: dict[str, Any]) -> Reply:
        record = self.store.get(history.COLLECTION, name)
        if record is None:
            return problem(404, f"no indexer {name}")
        state = given.pop("state", "idle" if door == "run" else None)
        strange = set(given) - RESULT_KEYS
        if strange or state not in ("idle", "inProgress"):
            return problem(400, f"state is idle or inProgress; a result has {sorted(RESULT_KEYS)}")
        self.move(record, door, state, given)
        return Reply(204)

    def move(self, record: Record, door: str, state: str, given: dict[str, Any]) -> None:
        indexing = self.plane.indexing
        if door == "run" or (state == "inProgress" and record.current is None):
            indexing.start(record, held=True)
        if state == "idle":
            indexing.finish(record, **given)


def _object(request: Request) -> dict[str, Any]:
    """Raises ValueError."""
    given = json.loads(request.body or b"{}")
    if not isinstance(given, dict):
        raise ValueError("the body must be an object")
    return given


def problem(status: int, message: str) -> Reply:
    return Reply.json(status, {"error": {"code": "", "message": message}})
