"""RoleAssignment: an identity may do what a role says, at a scope and beneath it.

Roles go by their name and are kept by their GUID, which is the same in every tenant. An assignment
is its scope, role and principal: Azure refuses a second one of the same three, and to change them
(FACTS 4). So one that is there under another name is the declared one, and another principal is
another assignment, which takes the place of the first.

https://learn.microsoft.com/azure/role-based-access-control/role-assignments
"""

from __future__ import annotations

import re
import uuid
from collections.abc import Mapping
from typing import Annotated, Any

from pydantic import AfterValidator, Field

from reconciler.model.effect import Effect
from reconciler.model.json import JsonObject
from reconciler.model.unknown import LATER, Unknown
from reconciler.providers.azure.kinds.words import Caseless
from reconciler.schema.body import Body
from reconciler.schema.kind import Kind, Placement
from reconciler.schema.marks import Canonical, Changes, ServerChooses, ServerOwned

_Fixed = Changes(Effect.RECREATE)
TYPE = "Microsoft.Authorization/roleAssignments"

ROLES: Mapping[str, str] = {
    "storage blob data reader": "2a2b9908-6ea1-4ae2-8e65-a410df84e7d1",
    "storage blob data contributor": "ba92f5b4-2d11-453d-a403-e96b0029c9fe",
    "cognitive services openai user": "5e0bd9bd-7b93-4f28-af87-19fc36ad61bd",
    "cognitive services user": "a97b65f3-24c7-4388-baec-2e87135dc908",
    "search service contributor": "7ca78c08-252a-4471-8644-bb5ff32d4ba0",
    "search index data contributor": "8ebe5a00-799e-43f5-93ac-243d3dce84a7",
    "search index data reader": "1407120a-92aa-4202-b7e9-c0e197c71c8f",
    "contributor": "b24988ac-6180-42a0-ab88-20f7382dd24c",
    "reader": "acdd72a7-3385-48ef-bd42-f606fba81ae7",
}
"""Built-in roles of such a stack, by name in lower case (FACTS 1.6)."""

PRINCIPALS = ["ServicePrincipal", "User", "Group", "ForeignGroup", "Device"]
_GUID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.IGNORECASE)


def role_guid(text: Any) -> Any:
    """The GUID of a role: of its name, or the last segment of its id."""
    if not isinstance(text, str):
        return text
    return ROLES.get(text.lower(), text.rpartition("/")[2].lower())


def _known(text: str) -> str:
    if _GUID.fullmatch(role_guid(text)) is None:
        raise ValueError(f"must be a role's GUID or id, or one of: {', '.join(ROLES)}")
    return text


class RoleAssignment(Body):
    """Who may do what, where; the assignment's name on Azure is a GUID that follows from these."""

    name: str
    scope: Annotated[str, Caseless, _Fixed]
    role: Annotated[
        str,
        AfterValidator(_known),
        Canonical(role_guid),
        _Fixed,
        Field(examples=list(ROLES)),
    ]
    principal: Annotated[str, Caseless, _Fixed]
    principalType: Annotated[str | None, ServerChooses(), Caseless, Field(examples=PRINCIPALS)] = (
        None
    )
    description: str | None = None
    condition: str | None = None
    conditionVersion: Annotated[str | None, ServerChooses()] = None
    id: Annotated[str | None, ServerOwned()] = None


_IDENTITY = ("scope", "principal", "role")
_NAMESPACE = uuid.UUID("11fb06fb-712d-4ddd-98c7-e71bbd588830")
"""That of `guid()` in Bicep: names there are `guid(scope, principal, role)`."""


def _id(place: Placement) -> str:
    """By names of other times it is found all the same: by what it is."""
    grant = [str(place.body.get(name, "")) for name in _IDENTITY]
    named = str(uuid.uuid5(_NAMESPACE, "-".join((*grant[:2], role_guid(grant[2]))).lower()))
    later = any(isinstance(place.body.get(name), Unknown) for name in _IDENTITY)
    return f"{grant[0]}/providers/{TYPE}/{LATER if later else named}"


_SENT = ("principalType", "description", "condition", "conditionVersion")


def _encode(body: JsonObject) -> JsonObject:
    """As it is sent; the scope is in the URL, and the role goes by its full id."""
    subscription = "/".join(body["scope"].split("/")[:3])
    definition = f"{subscription}/providers/Microsoft.Authorization/roleDefinitions"
    more = {name: body[name] for name in _SENT if body.get(name) is not None}
    return {
        "properties": {
            "roleDefinitionId": f"{definition}/{role_guid(body['role'])}",
            "principalId": body["principal"],
            **more,
        }
    }


def _decode(body: JsonObject) -> JsonObject:
    """As a manifest has it."""
    shown = body.get("properties")
    grant = shown if isinstance(shown, dict) else {}
    plain = {name: grant.get(name) for name in _SENT}
    role, principal = role_guid(grant.get("roleDefinitionId")), grant.get("principalId")
    named = {"id": body.get("id"), "scope": grant.get("scope"), "role": role}
    return {"name": body.get("name"), **named, "principal": principal, **plain}


KIND = Kind(
    name="RoleAssignment",
    type_on_service=TYPE,
    body=RoleAssignment,
    since="2022-04-01",
    default_version="2022-04-01",
    etag="none",
    locate=_id,
    identity=_IDENTITY,
    encode=_encode,
    decode=_decode,
    grants=True,
    page="https://learn.microsoft.com/rest/api/authorization/role-assignments",
)
