"""Microsoft.Storage/storageAccounts: azure-management FACTS 1.3."""

from __future__ import annotations

import base64
import re
import secrets

from reconciler.emulator.azure import identities, operations
from reconciler.emulator.azure import storage_answers as answers
from reconciler.emulator.azure.clock import written
from reconciler.emulator.azure.kind import Call, Kind, Tracked, patched, word
from reconciler.emulator.azure.resources import Body, Resource
from reconciler.emulator.azure.subscription import ACCOUNT, Subscription
from reconciler.emulator.exchange import Reply
from reconciler.emulator.refusals import Refusal

VERSIONS = (
    *("2019-06-01", "2021-01-01", "2021-02-01", "2021-04-01", "2021-06-01", "2021-08-01"),
    *("2021-09-01", "2022-05-01", "2022-09-01", "2023-01-01", "2023-04-01", "2023-05-01"),
    *("2024-01-01", "2025-01-01", "2025-06-01", "2025-08-01", "2026-04-01", "2026-09-01"),
)
NAME = re.compile(r"[a-z0-9]{3,24}")


class StorageAccounts(Tracked):
    """A new account is there after a while (rule storage-created); changes are there at once."""

    type = ACCOUNT
    versions = VERSIONS

    def find(self, call: Call) -> Resource | None:
        """Not there in the first third of its creation (recorded: GET may say 404)."""
        found = super().find(call)
        unseen = found is not None and answers.phase(found, call.now) == 0
        return None if unseen else found

    def get(self, call: Call) -> Reply:
        return Reply.json(200, answers.shown(self.existing(call), call.version, call.now))

    def listed(self, call: Call) -> Reply:
        found = self.of_scope(call)
        return call.page([answers.shown(one, call.version, call.now) for one in found])

    def put(self, call: Call) -> Reply:
        call.check_open()
        old = super().find(call)
        return self._write(call, call.body(answers.KNOWN), old)

    def patch(self, call: Call) -> Reply:
        old = self.existing(call)
        return self._write(call, patched(old.body, call.body(answers.KNOWN)), old)

    def delete(self, call: Call) -> Reply:
        found = super().find(call)
        if found is None:
            return Reply(204)
        call.azure.remove(found.id)
        return Reply(200)

    def act(self, call: Call, action: str) -> Reply:
        account = super().find(call)
        if account is None:
            raise self.missing(call)
        if action.lower() not in ("listkeys", "regeneratekey"):
            return super().act(call, action)
        if not account.stands(call.now):
            raise Refusal("storage-not-provisioned")
        if action.lower() == "regeneratekey":
            name = word(call.json().get("keyName"), ("key1", "key2"))
            if name is None:
                raise Refusal("storage-value", property="keyName")
            account.hidden["keys"][name] = _new_key(call.now)
        keys = [
            {"creationTime": key["since"], "keyName": name, "value": key["value"]}
            | {"permissions": "FULL"}
            for name, key in account.hidden["keys"].items()
        ]
        return Reply.json(200, {"keys": keys})

    def _write(self, call: Call, body: Body, old: Resource | None) -> Reply:
        azure = call.azure
        if old is None:
            _check_name(call)
        elif old.is_changing(call.now):
            raise Refusal("storage-busy")
        location = self.check_location(call, body, old)
        stored = answers.stored(body, old.body if old else None, written(call.now))
        before = (old.body if old else {}).get("identity")
        stored |= {"location": location}
        stored["identity"] = identities.settled(azure, body.get("identity"), before)
        if old is not None:
            old.body = stored
            return Reply.json(200, answers.shown(old, call.version, call.now))
        keys = {"key1": _new_key(call.now), "key2": _new_key(call.now)}
        hidden: Body = {"keys": keys, "blobService": {}}
        account = Resource(self.id_of(call), ACCOUNT, stored, call.now, hidden)
        azure.provision(account, azure.durations.storage_create)
        azure.resources.put(account)
        place = f"providers/Microsoft.Storage/locations/{location}/asyncoperations"
        return operations.begun(call, place, account.id, account.until, monitor=True)


class NameCheck(Kind):
    """Recorded: no other key where the name is free."""

    type = "Microsoft.Storage/checkNameAvailability"
    versions = VERSIONS

    def act(self, call: Call, action: str) -> Reply:
        del action
        name = str(call.json().get("name") or "")
        if not NAME.fullmatch(name):
            refused = Refusal("storage-name", name=name)
            said = {"reason": "AccountNameInvalid", "message": refused.text}
            return Reply.json(200, {"nameAvailable": False} | said)
        if _is_ours(call.azure, name) or f"storage/{name}" in call.azure.taken:
            message = f"The storage account named {name} is already taken."
            said = {"reason": "AlreadyExists", "message": message}
            return Reply.json(200, {"nameAvailable": False} | said)
        return Reply.json(200, {"nameAvailable": True})


def _new_key(now: float) -> Body:
    return {"value": base64.b64encode(secrets.token_bytes(64)).decode(), "since": written(now)}


def _check_name(call: Call) -> None:
    name = call.address.name
    if not NAME.fullmatch(name):
        raise Refusal("storage-name", name=name)
    if f"storage/{name}" in call.azure.taken:
        raise Refusal("storage-taken", name=name)
    if _is_ours(call.azure, name):
        raise Refusal("storage-other-group", name=name)


def _is_ours(azure: Subscription, name: str) -> bool:
    return any(one.name == name for one in azure.resources.of_type(ACCOUNT))
