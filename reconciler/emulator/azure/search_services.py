"""Microsoft.Search/searchServices: azure-management FACTS 1.2."""

from __future__ import annotations

import secrets
import uuid

from reconciler.emulator.azure import identities, search_answers, search_rules
from reconciler.emulator.azure.kind import Call, Kind, Tracked, patched
from reconciler.emulator.azure.locations import DISPLAY
from reconciler.emulator.azure.resources import Body, Resource
from reconciler.emulator.azure.subscription import SEARCH, Subscription
from reconciler.emulator.exchange import Reply
from reconciler.emulator.refusals import Refusal

VERSIONS = (
    *("2015-08-19", "2020-03-13", "2020-08-01", "2022-09-01", "2023-11-01", "2025-05-01"),
    "2026-03-01-preview",
)
NETWORK = ("publicNetworkAccess",)
SCALE = ("replicaCount", "partitionCount")


class SearchServices(Tracked):
    """Writes answer at once and go on without an operation (rule search-service-provisioning)."""

    type = SEARCH
    versions = VERSIONS

    def get(self, call: Call) -> Reply:
        return _answer(call, 200, self.existing(call))

    def listed(self, call: Call) -> Reply:
        found = [search_answers.listed(one, call.version, call.now) for one in self.of_scope(call)]
        return call.page(found, ends={"nextLink": None})

    def put(self, call: Call) -> Reply:
        call.check_open()
        return self._write(call, call.body(search_answers.known(call.version)), self.find(call))

    def patch(self, call: Call) -> Reply:
        old = self.existing(call)
        given = call.body(search_answers.known(call.version))
        search_rules.check_read_only(given)
        standing = {key: value for key, value in old.body.items() if key != "identity"}
        return self._write(call, patched(standing, given), old)

    def delete(self, call: Call) -> Reply:
        found = self.find(call)
        if found is None:
            return Reply(204)
        call.azure.remove(found.id)
        return Reply(200)

    def act(self, call: Call, action: str) -> Reply:
        service = self.existing(call)
        keys: Body = service.hidden["keys"]
        match action.lower().split("/"):
            case ["listadminkeys"]:
                return Reply.json(200, _admin_keys(keys))
            case ["regenerateadminkey", "primary" | "secondary" as which]:
                keys[which] = _key()
                return Reply.json(200, _admin_keys(keys))
            case ["listquerykeys"]:
                shown = [{"name": None, "key": key} for key in keys["query"]]
                return Reply.json(200, {"value": shown, "nextLink": None})
        return super().act(call, action)

    def _write(self, call: Call, body: Body, old: Resource | None) -> Reply:
        azure = call.azure
        location = self.check_location(call, body, old)
        if old is None:
            _check_name(call)
        else:
            search_rules.check_read_only(body)
            if old.is_changing(call.now):
                raise Refusal("search-service-busy")
        before = old.body if old else None
        stored = search_answers.stored(body, before, call.version)
        stored["location"] = DISPLAY[location]
        search_rules.check(stored, before)
        if old is None and stored["sku"]["name"] == "free":
            _check_free(call)
        identity = identities.settled(azure, body.get("identity"), (before or {}).get("identity"))
        stored["identity"] = None if identity == {"type": "None"} else identity
        service = old or Resource(self.id_of(call), SEARCH, stored, call.now, _hidden())
        service.body, service.written = stored, call.now
        again = service.has_failed(call.now)
        seconds = _duration(azure, stored, None if again else before)
        if seconds is not None:
            azure.provision(service, seconds)
        azure.resources.put(service)
        return _answer(call, 200 if old else 201, service)


class NameCheck(Kind):
    """Recorded (mgmt_search_test_search_services-2016): all three keys, null where it is free."""

    type = "Microsoft.Search/checkNameAvailability"
    versions = VERSIONS

    def act(self, call: Call, action: str) -> Reply:
        del action
        name = str(call.json().get("name") or "")
        reason = None
        if not search_rules.NAME.fullmatch(name):
            reason = "Invalid"
        elif _is_taken(call.azure, name) or call.azure.is_held(f"search/{name}"):
            reason = "AlreadyExists"
        free = reason is None
        return Reply.json(200, {"nameAvailable": free, "reason": reason, "message": None})


def _answer(call: Call, status: int, service: Resource) -> Reply:
    body = search_answers.shown(service, call.version, call.now)
    reply = Reply.json(status, body)
    reply.etag = search_answers.etag(service)
    return reply


def _check_name(call: Call) -> None:
    """Names are global, and stay taken a while."""
    name = call.address.name
    if not search_rules.NAME.fullmatch(name):
        raise Refusal("search-service-name", name=name)
    if _is_taken(call.azure, name):
        raise Refusal("search-service-taken", name=name)
    if call.azure.is_held(f"search/{name}"):
        raise Refusal("search-service-deleting", name=name)


def _is_taken(azure: Subscription, name: str) -> bool:
    ours = any(one.name.lower() == name.lower() for one in azure.resources.of_type(SEARCH))
    return ours or f"search/{name}" in azure.taken


def _check_free(call: Call) -> None:
    """One free service a subscription."""
    for other in call.azure.resources.of_type(SEARCH):
        if other.body["sku"]["name"] == "free":
            values = {"name": call.address.name, "subscription": call.azure.id}
            raise Refusal("search-service-quota", sku="free", **values)


def _duration(azure: Subscription, new: Body, old: Body | None) -> float | None:
    """How long the change takes; None where it has succeeded at once."""
    durations = azure.durations
    if old is None:
        return durations.search_create
    was, wanted = old["properties"], new["properties"]
    if new["sku"] != old["sku"] or any(was.get(key) != wanted.get(key) for key in SCALE):
        return durations.search_scale
    if any(was.get(key) != wanted.get(key) for key in NETWORK):
        return durations.search_network
    if was["networkRuleSet"]["ipRules"] != wanted["networkRuleSet"]["ipRules"]:
        return durations.search_ip_rules
    return None


def _hidden() -> Body:
    """`uid` tells a service from another one that had its name."""
    keys = {"primary": _key(), "secondary": _key(), "query": [_key()]}
    return {"uid": uuid.uuid4().hex, "keys": keys}


def _key() -> str:
    return secrets.token_urlsafe(39)


def _admin_keys(keys: Body) -> Body:
    return {"primaryKey": keys["primary"], "secondaryKey": keys["secondary"]}
