"""What resources of many types have alike: words without case, locations, tags, identities.

https://learn.microsoft.com/azure/azure-resource-manager/management/overview
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Annotated, Any, Literal

from pydantic import Field

from reconciler.model.json import JsonObject
from reconciler.schema.body import Body
from reconciler.schema.kind import Readiness
from reconciler.schema.marks import Canonical, ClearedBy, Output, ServerOwned


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
IdentityType = Annotated[
    Literal["None", "SystemAssigned", "UserAssigned", "SystemAssigned, UserAssigned"],
    Canonical(words),
]


class Identity(Body):
    """The identities as which a resource calls others."""

    type: IdentityType
    principalId: Annotated[str | None, ServerOwned(), Output(("identity",))] = None
    tenantId: Annotated[str | None, ServerOwned()] = None
    userAssignedIdentities: dict[str, Any] | None = None


OptionalIdentity = Annotated[Identity | None, ClearedBy({"type": "None"})]


class Resource(Body):
    """What every resource has: its id, its type, and what the service notes of it."""

    name: str
    id: Annotated[str | None, ServerOwned(), Output()] = None
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


def within(group: str, resource_type: str, names: Iterable[str]) -> str:
    """The id of a resource in a group: `…/providers/Microsoft.X/types/name`."""
    types = resource_type.split("/")
    pairs = "/".join(f"{kind}/{name}" for kind, name in zip(types[1:], names, strict=True))
    return f"{group}/providers/{types[0]}/{pairs}"


Count = Annotated[int | None, Field(ge=1, le=12)]
