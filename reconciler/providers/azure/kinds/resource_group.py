"""ResourceGroup: what holds resources of one environment; deleting it deletes all that it holds.

https://learn.microsoft.com/azure/azure-resource-manager/management/manage-resource-groups-portal
"""

from __future__ import annotations

from typing import Annotated, Any

from reconciler.model.effect import Effect
from reconciler.providers.azure.kinds.words import (
    ArmResource,
    Location,
    Tags,
    group_id,
    provisioning,
)
from reconciler.schema.kind import Kind, Placement
from reconciler.schema.marks import Changes, ServerOwned
from reconciler.schema.naming import name_rule


class ResourceGroup(ArmResource):
    """Where the group's own data lies; its resources may lie elsewhere."""

    name: Annotated[
        str, name_rule(r"[-\w._()]{1,90}", "1 to 90 letters, digits, `-`, `_`, `.`, `(` and `)`")
    ]
    # Another location is refused: 409 InvalidResourceGroupLocation (FACTS 1.1).
    location: Annotated[Location | None, Changes(Effect.RECREATE)] = None
    tags: Tags | None = None
    managedBy: str | None = None
    properties: Annotated[dict[str, Any] | None, ServerOwned()] = None


def _id(place: Placement) -> str:
    return group_id(place.settings, place.name)


KIND = Kind(
    name="ResourceGroup",
    type_on_service="resourcegroups",
    body=ResourceGroup,
    since="2018-05-01",
    default_version="2024-11-01",
    etag="none",
    inherits=("location",),
    locate=_id,
    holds_others=True,
    contents="/resources",
    readiness=provisioning,
    longest_wait=3600.0,
    page="https://learn.microsoft.com/rest/api/resources/resource-groups",
)
