"""What resources of many types have alike: words without case, locations, tags, identities.

https://learn.microsoft.com/azure/azure-resource-manager/management/overview
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any, Literal

from pydantic import Field

from reconciler.model.json import JsonObject
from reconciler.schema.body import Body
from reconciler.schema.kind import Placement, Readiness
from reconciler.schema.marks import Canonical, ClearedBy, ServerOutput, ServerOwned
from reconciler.schema.spelling import any_spelling


def lower(text: Any) -> Any:
    """Ids, enums and names that Resource Manager compares without case."""
    return text.lower() if isinstance(text, str) else text


def place(text: Any) -> Any:
    """`Sweden Central` as `swedencentral`: services answer with one or the other (FACTS 0)."""
    return text.replace(" ", "").lower() if isinstance(text, str) else text


def words(text: Any) -> Any:
    """`SystemAssigned, UserAssigned` with or without the blank, in any order."""
    if not isinstance(text, str):
        return text
    return ",".join(sorted(word.strip().lower() for word in text.split(",")))


Caseless = Canonical(lower)
Location = Annotated[str, Canonical(place)]
Tags = dict[str, str]
_Listed = Literal["None", "SystemAssigned", "UserAssigned", "SystemAssigned, UserAssigned"]
IdentityType = Annotated[_Listed, any_spelling(_Listed, words), Canonical(words)]


class Identity(Body):
    """The identities as which a resource calls others."""

    type: IdentityType
    principalId: Annotated[str | None, ServerOwned(), ServerOutput(("identity",))] = None
    tenantId: Annotated[str | None, ServerOwned()] = None
    userAssignedIdentities: dict[str, Any] | None = None


OptionalIdentity = Annotated[Identity | None, ClearedBy({"type": "None"})]


class ArmResource(Body):
    """What every resource has: its id, its type, and what the service notes of it."""

    name: str
    id: Annotated[str | None, ServerOwned(), ServerOutput()] = None
    type: Annotated[str | None, ServerOwned()] = None
    etag: Annotated[str | None, ServerOwned()] = None
    systemData: Annotated[dict[str, Any] | None, ServerOwned()] = None


def provisioning(body: JsonObject) -> Readiness:
    """How far a service is, by `provisioningState`; without one, an object is ready (FACTS 0)."""
    properties = body.get("properties")
    state = properties.get("provisioningState") if isinstance(properties, dict) else None
    match state.lower() if isinstance(state, str) else "succeeded":
        case "succeeded":
            return Readiness.READY
        case "failed" | "canceled":
            return Readiness.FAILED
    return Readiness.PENDING


def in_group(place: Placement, resource_type: str) -> str:
    """The id of a resource in its group: `…/providers/Microsoft.X/types/name`."""
    group = place.parent or group_id(place.settings, place.settings["resourceGroup"])
    return f"{group}/providers/{resource_type}/{place.name}"


def group_id(settings: Mapping[str, str], name: str) -> str:
    """The id of a resource group."""
    return f"/subscriptions/{settings['subscription']}/resourceGroups/{name}"


Count = Annotated[int | None, Field(ge=1, le=12)]
