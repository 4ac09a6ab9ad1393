"""Operations that go on: an address to ask at, signed, which is used as it was given."""

from __future__ import annotations

import json
import secrets
import uuid

from reconciler.emulator.azure.kind import Call, Kind
from reconciler.emulator.azure.resources import Body
from reconciler.emulator.azure.storage_answers import shown
from reconciler.emulator.exchange import Reply
from reconciler.emulator.refusals import Refusal

FAILED = 409
"""What polling says of a provisioning that a door has let fail: no recording has one."""


def begun(call: Call, place: str, target: str, ends: float, monitor: bool = False) -> Reply:
    """202 with a Location under the subscription.

    `target` is the id of what changes, `ends` when; `monitor` is what Storage puts into its query.
    """
    id = str(uuid.uuid4())
    signed = f"api-version={call.version}&t={uuid.uuid4().int}&c={secrets.token_urlsafe(48)}"
    query = f"{signed}&s={secrets.token_urlsafe(32)}&h={secrets.token_urlsafe(24)}"
    query = f"monitor=true&{query}" if monitor else query
    path = f"/subscriptions/{call.azure.id}/{place}/{id}"
    call.azure.note("operations")[path.lower()] = {"query": query, "target": target, "ends": ends}
    return _running(call, f"{path}?{query}")


def _running(call: Call, place: str) -> Reply:
    wait = f"{call.azure.durations.retry_after:.0f}"
    location = f"{call.request.endpoint}{place}"
    return Reply(202, location=location, headers={"retry-after": wait})


def _found(call: Call) -> Body:
    operation: Body | None = call.azure.note("operations").get(call.request.path.lower())
    if operation is None or operation["query"] != call.request.query_text:
        raise Refusal("arm-poll-address")
    return operation


def _place(call: Call) -> str:
    return f"{call.request.path}?{call.request.query_text}"


class GroupOperations(Kind):
    """Recorded (ResourceGroup-*): 202 while it goes on, then 200 without a body."""

    type = "Microsoft.Resources/operationresults"
    versions = ()

    def get(self, call: Call) -> Reply:
        if call.now < _found(call)["ends"]:
            return _running(call, _place(call))
        return Reply(200)


class StorageOperations(Kind):
    """Recorded (StorageAccount-*): 202 while it goes on, then 200 with the account."""

    type = "Microsoft.Storage/locations/asyncoperations"
    versions = ()

    def get(self, call: Call) -> Reply:
        operation = _found(call)
        if call.now < operation["ends"]:
            return _running(call, _place(call))
        account = call.azure.resources.get(operation["target"])
        if account is None:
            raise Refusal("arm-poll-address")
        if account.failure is not None:
            return Reply(FAILED, json.dumps({"error": account.failure}).encode())
        return Reply.json(200, shown(account, call.version, call.now))
