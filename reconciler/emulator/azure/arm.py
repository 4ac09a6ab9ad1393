"""Azure Resource Manager at its host: who may ask, in which version, which kind answers."""

from __future__ import annotations

import uuid
from datetime import UTC, datetime
from fnmatch import fnmatchcase

from reconciler.emulator.azure import containers, groups, operations, roles
from reconciler.emulator.azure import search_services as search
from reconciler.emulator.azure import storage_accounts as storage
from reconciler.emulator.azure.address import Address, covers
from reconciler.emulator.azure.kind import Call, Kind
from reconciler.emulator.azure.resources import Body
from reconciler.emulator.azure.subscription import CALLER, Subscription
from reconciler.emulator.exchange import Reply, Request
from reconciler.emulator.refusals import Refusal

KINDS: dict[str, Kind] = {
    kind.type.lower(): kind
    for kind in (
        groups.Subscriptions(),
        groups.Groups(),
        groups.GroupResources(),
        groups.SubscriptionResources(),
        operations.GroupOperations(),
        operations.StorageOperations(),
        search.SearchServices(),
        search.NameCheck(),
        storage.StorageAccounts(),
        storage.NameCheck(),
        containers.BlobServices(),
        containers.Containers(),
        roles.Definitions(),
        roles.Assignments(),
    )
}
VERBS = {"GET": "read", "HEAD": "read", "PUT": "write", "PATCH": "write", "DELETE": "delete"}
PROVIDERS_OWN = ("search-service-", "storage-", "container-", "role-", "principal-")


class Arm:
    """A site: one subscription as Resource Manager shows it."""

    def __init__(self, azure: Subscription) -> None:
        self._azure = azure

    def takes_long(self, request: Request) -> bool:
        del request
        return False

    def touch(self, request: Request) -> None:
        """Nothing here has a precondition that an etag could fail."""

    def answer(self, request: Request, hold_runs: bool) -> Reply:
        """The reply; what it changed is durable then."""
        del hold_runs
        with self._azure.lock:
            self._azure.settle()
            try:
                reply = self._answered(request)
            except Refusal as refusal:
                reply = refused(refusal)
            if request.method not in ("GET", "HEAD"):
                line = {"method": request.method, "path": request.path, "status": reply.status}
                self._azure.writes.append(line)
                self._azure.save()
            return reply

    def headers(self, request: Request, reply: Reply) -> dict[str, str]:
        """Recorded of all providers; the ids and the number of reads left are made up."""
        id = str(uuid.uuid4())
        headers = {
            "cache-control": "no-cache",
            "content-length": str(len(reply.body)),
            "x-ms-request-id": id,
            "x-ms-correlation-request-id": id,
        }
        if reply.status == 204:
            del headers["content-length"]
        if reply.body:
            headers["content-type"] = "application/json; charset=utf-8"
        if request.method in ("GET", "HEAD"):
            headers["x-ms-ratelimit-remaining-subscription-reads"] = "249"
        else:
            headers["x-ms-ratelimit-remaining-subscription-writes"] = "199"
        if reply.etag:
            headers["etag"] = reply.etag
        if reply.location:
            headers["location"] = reply.location
        return headers

    def _answered(self, request: Request) -> Reply:
        scheme, _, token = request.headers.get("authorization", "").partition(" ")
        if scheme.lower() != "bearer" or not token.strip():
            raise Refusal("arm-no-token")
        address = Address.of(request.path)
        if address is None:
            raise Refusal("arm-not-emulated", what=f"the path {request.path}")
        kind, address, action = _kind_of(address, request)
        version = _version(kind, request)
        asked = address.subscription
        if asked and asked.lower() != self._azure.id.lower():
            raise Refusal("arm-subscription", subscription=asked)
        self._check_denied(kind, request, action)
        return _carried_out(kind, Call(self._azure, request, address, version), action)

    def _check_denied(self, kind: Kind, request: Request, action: str) -> None:
        """What a door has said that the caller may not."""
        verb = f"{action.split('/')[0]}/action" if action else VERBS.get(request.method, "action")
        wanted = f"{kind.type}/{verb}"
        for rule in self._azure.denied:
            matches = fnmatchcase(wanted.lower(), rule["action"].lower())
            if matches and covers(rule.get("scope", ""), request.path):
                values = {"client": CALLER, "action": wanted, "scope": request.path}
                raise Refusal("arm-authorization", **values)


def _kind_of(address: Address, request: Request) -> tuple[Kind, Address, str]:
    """Which kind is meant, of what, and which action of it. Raises Refusal."""
    kind = KINDS.get(address.type)
    if kind is not None and request.method != "POST":
        return kind, address, ""
    if request.method == "POST":
        for depth in range(len(address.types) - 1, 0, -1):
            owner = address.cut(depth)
            if owner.type in KINDS and owner.is_object:
                rest = zip(address.types[depth:], (*address.names[depth:], ""), strict=False)
                action = "/".join(part for pair in rest for part in pair if part)
                return KINDS[owner.type], owner, action
        if kind is not None and not address.is_object:
            return kind, address, address.types[-1]
    raise Refusal("arm-not-emulated", what=f"{request.method} of {_type_as_sent(address)}")


def _type_as_sent(address: Address) -> str:
    return "/".join((address.namespace, *address.types))


def _version(kind: Kind, request: Request) -> str:
    """The api-version, which the kind has (without case, as in clients). Raises Refusal."""
    given = request.query.get("api-version", "")
    if not given:
        raise Refusal("arm-no-api-version")
    if kind.versions and given.lower() not in kind.versions:
        known = ", ".join(kind.versions)
        raise Refusal("arm-api-version", version=given, type=kind.type, known=known)
    return given.lower()


def _carried_out(kind: Kind, call: Call, action: str) -> Reply:
    method = call.request.method
    if action:
        return kind.act(call, action)
    if not call.address.is_object:
        if method == "GET":
            return kind.listed(call)
        raise Refusal("arm-method", method=method)
    match method:
        case "GET":
            return kind.get(call)
        case "HEAD":
            return kind.head(call)
        case "PUT":
            return kind.put(call)
        case "PATCH":
            return kind.patch(call)
        case "DELETE":
            return kind.delete(call)
    raise Refusal("arm-method", method=method)


def refused(refusal: Refusal) -> Reply:
    """As Resource Manager, or the provider, writes it (azure-management FACTS 0, Errors)."""
    error: Body = dict(refusal.body["error"])
    id, now = str(uuid.uuid4()), datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%S.%f0Z")
    if refusal.rule.id.startswith("search-service-"):
        error |= {"target": None, "details": None}
        error["message"] += f" RequestId: {id}"
    elif refusal.rule.id == "container-missing":
        error["message"] += f"\nRequestId:{id}\nTime:{now}"
    reply = Reply.json(refusal.status, {"error": error})
    if not refusal.rule.id.startswith(PROVIDERS_OWN):
        reply.headers["x-ms-failure-cause"] = "gateway"
    if refusal.rule.id == "arm-no-token":
        reply.headers["www-authenticate"] = 'Bearer authorization_uri="https://login.windows.net/"'
    return reply
