"""Microsoft.Authorization: built-in role definitions, and role assignments at any scope."""

from __future__ import annotations

import json
import re
from functools import lru_cache
from importlib.resources import files
from uuid import UUID

from reconciler.emulator.azure.address import covers
from reconciler.emulator.azure.clock import written
from reconciler.emulator.azure.kind import Call, Kind
from reconciler.emulator.azure.resources import Body, Resource
from reconciler.emulator.azure.shapes import OPEN, Shape
from reconciler.emulator.azure.subscription import ASSIGNMENT, CALLER, GROUP, TENANT
from reconciler.emulator.exchange import Reply
from reconciler.emulator.refusals import Refusal

DEFINITION = "Microsoft.Authorization/roleDefinitions"
NAME_FILTER = re.compile(r"roleName eq '((?:[^']|'')*)'", re.IGNORECASE)
PRINCIPAL_FILTER = re.compile(r"principalId eq '([^']*)'", re.IGNORECASE)
SENT: dict[str, Shape] = {
    "roleDefinitionId": str,
    "principalId": str,
    "principalType": str,
    "description": str,
    "condition": str,
    "conditionVersion": str,
}
READ_ONLY = (
    *("scope", "createdOn", "updatedOn", "createdBy", "updatedBy", "canDelegate"),
    "delegatedManagedIdentityResourceId",
)
KNOWN = SENT | dict.fromkeys(READ_ONLY, OPEN)


@lru_cache
def definitions() -> dict[str, Body]:
    """The built-in roles by id: azure-management/rbac, recorded."""
    text = files(__package__).joinpath("roles.json").read_text(encoding="utf-8")
    return {role["name"]: role for role in json.loads(text)}


def allows(role: str, action: str) -> bool:
    """Whether a role's data actions have an action on data."""
    found = definitions()[role]

    def among(patterns: list[str]) -> bool:
        return any(_matches(pattern, action) for pattern in patterns)

    return among(found["dataActions"]) and not among(found["notDataActions"])


def _matches(pattern: str, action: str) -> bool:
    parts = (re.escape(part) for part in pattern.lower().split("*"))
    return re.fullmatch(".*".join(parts), action.lower()) is not None


class Definitions(Kind):
    """Found by name without case; the same at every scope."""

    type = DEFINITION
    versions = ("2018-01-01-preview", "2018-07-01", "2022-04-01", "2022-05-01-preview")

    def put(self, call: Call) -> Reply:
        del call
        raise Refusal("arm-not-emulated", what="roles of one's own")

    def delete(self, call: Call) -> Reply:
        return self.put(call)

    def get(self, call: Call) -> Reply:
        role = definitions().get(call.address.name.lower())
        if role is None:
            raise Refusal("role-definition-missing", role=call.address.name)
        return Reply.json(200, _role(call, role))

    def listed(self, call: Call) -> Reply:
        text = call.request.query.get("$filter")
        found = list(definitions().values())
        if text is not None and text.strip().lower() not in ("atscopeandbelow()",):
            match = NAME_FILTER.fullmatch(text.strip())
            if match is None:
                raise Refusal("arm-not-emulated", what=f"the filter {text}")
            name = match[1].replace("''", "'").lower()
            found = [role for role in found if role["roleName"].lower() == name]
        return Reply.json(200, {"value": [_role(call, role) for role in found]})


class Assignments(Kind):
    """azure-management FACTS 1.5 and 4."""

    type = ASSIGNMENT
    versions = (
        *("2015-07-01", "2018-09-01-preview", "2020-04-01-preview", "2020-08-01-preview"),
        *("2020-10-01-preview", "2022-04-01"),
    )

    def get(self, call: Call) -> Reply:
        return Reply.json(200, _shown(self._existing(call)))

    def put(self, call: Call) -> Reply:
        scope = _scope(call)
        name = call.address.name
        given = call.body(KNOWN).get("properties") or {}
        properties = _assignment(call, name, given) | {"scope": scope}
        id = f"{scope}/providers/{ASSIGNMENT}/{name}"
        old = _unique(call, id, properties)
        properties["principalType"] = _principal_type(call, properties)
        role = old or Resource(id, ASSIGNMENT, {}, call.now)
        role.body["properties"] = properties
        role.written = call.now
        call.azure.resources.put(role)
        now = written(call.now)
        made = {"createdOn": now, "updatedOn": now, "createdBy": None}
        answer = _shown(role)
        answer["properties"] |= made
        return Reply.json(201, answer)

    def delete(self, call: Call) -> Reply:
        role = self._find(call)
        if role is None:
            return Reply(204)
        call.azure.remove(role.id)
        return Reply.json(200, _shown(role))

    def listed(self, call: Call) -> Reply:
        scope = _scope(call)
        text = call.request.query.get("$filter", "").strip()
        found = [
            role
            for role in call.azure.resources.of_type(ASSIGNMENT)
            if covers(role.properties["scope"], scope) or covers(scope, role.properties["scope"])
        ]
        match = PRINCIPAL_FILTER.fullmatch(text)
        if text.lower() == "atscope()":
            found = [role for role in found if covers(role.properties["scope"], scope)]
        elif match is not None:
            principal = match[1].lower()
            found = [role for role in found if role.properties["principalId"].lower() == principal]
        elif text:
            raise Refusal("arm-not-emulated", what=f"the filter {text}")
        return call.page([_shown(role) for role in found])

    def _find(self, call: Call) -> Resource | None:
        return call.azure.resources.get(
            f"{_scope(call)}/providers/{ASSIGNMENT}/{call.address.name}"
        )

    def _existing(self, call: Call) -> Resource:
        role = self._find(call)
        if role is None:
            raise Refusal("role-assignment-missing", name=call.address.name)
        return role


def _scope(call: Call) -> str:
    """The id of what an assignment hangs on, as that itself is written. Raises Refusal."""
    scope = call.address.scope
    whole = f"/subscriptions/{call.azure.id}"
    if scope.lower() == whole.lower():
        return whole
    if call.address.group:
        group = call.group.id
        if scope.lower() == group.lower():
            return group
    found = call.azure.resources.get(scope)
    if found is None or found.type in (GROUP, ASSIGNMENT):
        type, _, name = scope.rpartition("/providers/")[2].rpartition("/")
        group = call.address.group
        raise Refusal("arm-resource", type=type, name=name, group=group)
    return found.id


def _assignment(call: Call, name: str, given: Body) -> Body:
    """The assignment that was asked for, its role's id completed (recorded). Raises Refusal."""
    try:
        UUID(name)
    except ValueError:
        raise Refusal("role-assignment-name", name=name) from None
    for key in ("roleDefinitionId", "principalId"):
        if not isinstance(given.get(key), str) or not given[key]:
            raise Refusal("role-assignment-body", name=name, property=key)
    role = given["roleDefinitionId"].rpartition("/")[2].lower()
    if role not in definitions():
        raise Refusal("role-definition-missing", role=given["roleDefinitionId"])
    kept = {key: given[key] for key in SENT if given.get(key) is not None}
    return kept | {
        "roleDefinitionId": f"/subscriptions/{call.azure.id}/providers/{DEFINITION}/{role}"
    }


def _unique(call: Call, id: str, new: Body) -> Resource | None:
    """The assignment that a PUT changes, if there is one. Raises Refusal."""
    identity = ("principalId", "roleDefinitionId", "scope")
    wanted = [new[key].lower() for key in identity]
    for role in call.azure.resources.of_type(ASSIGNMENT):
        same = [role.properties[key].lower() for key in identity] == wanted
        if role.name.lower() == call.address.name.lower():
            if not same:
                raise Refusal("role-assignment-update")
            return call.azure.resources.get(id)
        if same:
            raise Refusal("role-assignment-exists", id=role.name.replace("-", ""))
    return None


def _principal_type(call: Call, new: Body) -> str:
    """What the directory says of the principal, if it is asked. Raises Refusal."""
    principal = new["principalId"].lower()
    known = call.azure.note("principals").get(principal)
    given = new.get("principalType")
    if given and known and given.lower() != known["type"].lower():
        values = {"principal": principal.replace("-", ""), "type": known["type"], "given": given}
        raise Refusal("principal-type", **values)
    if given:
        return str(given)
    if known is None or known["known"] > call.now:
        plain = principal.replace("-", "")
        raise Refusal("principal-missing", principal=plain, tenant=TENANT)
    return str(known["type"])


def _shown(role: Resource) -> Body:
    properties = {
        "condition": None,
        "conditionVersion": None,
        "description": None,
        **role.properties,
        "createdOn": written(role.created),
        "updatedOn": written(role.written),
        "createdBy": CALLER,
        "updatedBy": CALLER,
        "delegatedManagedIdentityResourceId": None,
    }
    return {"properties": properties, "id": role.id, "type": ASSIGNMENT, "name": role.name}


def _role(call: Call, role: Body) -> Body:
    actions = {key: role[key] for key in ("actions", "notActions", "dataActions", "notDataActions")}
    properties = {
        "roleName": role["roleName"],
        "type": "BuiltInRole",
        "description": role["description"],
        "assignableScopes": ["/"],
        "permissions": [actions],
        "createdOn": role["updatedOn"],
        "updatedOn": role["updatedOn"],
        "createdBy": None,
        "updatedBy": None,
    }
    id = f"/subscriptions/{call.azure.id}/providers/{DEFINITION}/{role['name']}"
    return {"properties": properties, "id": id, "type": DEFINITION, "name": role["name"]}
