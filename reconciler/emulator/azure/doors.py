"""The control doors of Azure: what tests set, and see, that Azure keeps to itself.

GET    /emulator/azure              subscription, tenant, durations, where each account's blobs are
PUT    /emulator/azure/durations    {"searchCreate": 0, ...}: in seconds; the rest stays
PUT    /emulator/azure/failures     [{"type", "code", "message"}]: the next provisionings that fail
PUT    /emulator/azure/denied       [{"action", "scope"}]: what the caller may not; `*` in an action
PUT    /emulator/azure/principals   {"ID": "User"}: whom the directory knows besides
PUT    /emulator/azure/taken        ["search/NAME", "storage/NAME"]: names that others have
PUT    /emulator/azure/pages        {"size": 2}: how long a page of a list is at most
GET    /emulator/azure/writes       every PUT, PATCH, POST and DELETE so far; DELETE forgets them
"""

from __future__ import annotations

import json
from typing import Any

from reconciler.emulator.azure.subscription import ACCOUNT, TENANT, Subscription
from reconciler.emulator.exchange import Reply, Request

PREFIX = "/emulator/azure"
FAILURE = {"type", "code", "message"}


def answer(azure: Subscription, request: Request) -> Reply | None:
    """None where there is no such door. Raises ValueError: the body makes no sense."""
    path = request.path.rstrip("/")
    if not path.startswith(PREFIX):
        return None
    with azure.lock:
        azure.settle()
        match request.method, path.removeprefix(PREFIX):
            case "GET", "":
                return Reply.json(200, about(azure))
            case "GET", "/writes":
                return Reply.json(200, azure.writes)
            case "DELETE", "/writes":
                azure.writes.clear()
                return Reply(204)
            case "PUT", door:
                return put(azure, door, json.loads(request.body or b"null"))
    return None


def about(azure: Subscription) -> dict[str, Any]:
    accounts = {one.name: azure.blobs.place(one.name) for one in azure.resources.of_type(ACCOUNT)}
    return {
        "subscription": azure.id,
        "tenant": TENANT,
        "durations": azure.durations.shown(),
        "accounts": accounts,
    }


def put(azure: Subscription, door: str, given: Any) -> Reply | None:
    match door, given:
        case "/durations", dict():
            azure.durations.change(given)
        case "/failures", list() if all(_is_failure(one) for one in given):
            azure.failures = given
        case "/denied", list() if all(_is_denial(one) for one in given):
            azure.denied = given
        case "/principals", dict() if all(isinstance(one, str) for one in given.values()):
            for id, type in given.items():
                azure.note("principals")[id.lower()] = {"type": type, "known": 0}
        case "/taken", list() if all(isinstance(one, str) for one in given):
            azure.taken = set(given)
        case "/pages", {"size": int(size)} if size > 0:
            azure.page_size = size
        case "/durations" | "/failures" | "/denied" | "/principals" | "/taken" | "/pages", _:
            raise ValueError("the body is not what reconciler/emulator/azure/doors.py says")
        case _:
            return None
    return Reply(204)


def _is_failure(one: Any) -> bool:
    return isinstance(one, dict) and set(one) == FAILURE


def _is_denial(one: Any) -> bool:
    return isinstance(one, dict) and "action" in one and set(one) <= {"action", "scope"}
