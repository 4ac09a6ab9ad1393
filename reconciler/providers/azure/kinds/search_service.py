"""SearchService: the service that the search objects are on.

Where its endpoint is the environment's, everything of the search service waits for it. Its identity
is known with its creation, its endpoint follows from its name. It has no soft delete: a service
that is deleted takes every index with it.

https://learn.microsoft.com/azure/search/search-create-service-portal
"""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import Field

from reconciler.model.effect import Effect
from reconciler.providers.azure.kinds.words import (
    ArmResource,
    Caseless,
    Count,
    Location,
    OptionalIdentity,
    Tags,
    in_group,
    provisioning,
)
from reconciler.providers.search import endpoint
from reconciler.schema.body import Body
from reconciler.schema.kind import Kind, Placement
from reconciler.schema.marks import Changes, ServerChooses, ServerDefault, ServerOutput, ServerOwned
from reconciler.schema.naming import name_rule

_Fixed = Changes(Effect.RECREATE)
_Owned = ServerOwned()
TYPE = "Microsoft.Search/searchServices"

TIERS = ["free", "basic", "standard", "standard2", "standard3"]
TIERS += ["storage_optimized_l1", "storage_optimized_l2"]
ACCESS = ["enabled", "disabled", "securedByPerimeter"]
RANKING = ["disabled", "free", "standard"]
HOSTING = ["default", "highDensity"]
COMPUTE = ["default", "confidential"]


class SearchSku(Body):
    """The tier; `free` and the storage-optimized ones are not changed into others."""

    name: Annotated[str, Caseless, Field(examples=TIERS)]


class SearchProperties(Body):
    """Size, network and who may sign in (FACTS 1.2)."""

    replicaCount: Annotated[Count, ServerDefault(1)] = None
    partitionCount: Annotated[Count, ServerDefault(1)] = None
    hostingMode: Annotated[
        str | None, ServerDefault("default"), Caseless, _Fixed, Field(examples=HOSTING)
    ] = None
    computeType: Annotated[
        str | None, ServerDefault("default"), Caseless, _Fixed, Field(examples=COMPUTE)
    ] = None
    publicNetworkAccess: Annotated[
        str | None, ServerDefault("enabled"), Caseless, Field(examples=ACCESS)
    ] = None
    networkRuleSet: Annotated[dict[str, Any] | None, ServerChooses()] = None
    disableLocalAuth: Annotated[bool | None, ServerDefault(False)] = None
    authOptions: Annotated[dict[str, Any] | None, ServerChooses()] = None
    semanticSearch: Annotated[str | None, ServerChooses(), Caseless, Field(examples=RANKING)] = None
    encryptionWithCmk: Annotated[dict[str, Any] | None, ServerChooses()] = None
    dataExfiltrationProtections: list[str] | None = None
    endpoint: Annotated[str | None, _Owned, ServerOutput()] = None
    status: Annotated[str | None, _Owned] = None
    statusDetails: Annotated[str | None, _Owned] = None
    provisioningState: Annotated[str | None, _Owned] = None
    privateEndpointConnections: Annotated[list[Any] | None, _Owned] = None
    sharedPrivateLinkResources: Annotated[list[Any] | None, _Owned] = None
    eTag: Annotated[str | None, _Owned] = None
    serviceUpgradedAt: Annotated[str | None, _Owned] = None
    upgradeAvailable: Annotated[Any, _Owned] = None


class SearchService(ArmResource):
    """The service; `sku` is required."""

    name: Annotated[
        str,
        name_rule(
            r"(?!.*--)[a-z0-9]{2}([a-z0-9-]{0,57}[a-z0-9])?",
            "2 to 60 lower-case letters, digits and single dashes, none of these in the first two "
            "places or the last",
        ),
    ]
    location: Annotated[Location | None, _Fixed] = None
    sku: SearchSku
    tags: Tags | None = None
    identity: OptionalIdentity = None
    properties: Annotated[SearchProperties | None, ServerDefault({})] = None


def _id(place: Placement) -> str:
    return in_group(place, TYPE)


def _endpoint(name: str) -> str:
    """Where a service answers, by its id (FACTS 1.2)."""
    return endpoint.of(name.rpartition("/")[2])


KIND = Kind(
    name="SearchService",
    type_on_service=TYPE,
    body=SearchService,
    since="2022-09-01",
    default_version="2025-05-01",
    etag="none",
    inherits=("location",),
    locate=_id,
    grouped_by="ResourceGroup",
    holds_others=True,
    hosts=_endpoint,
    readiness=provisioning,
    longest_wait=3600.0,
    page="https://learn.microsoft.com/rest/api/searchmanagement/services",
)
