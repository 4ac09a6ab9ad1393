"""StorageAccount: where the documents lie that indexers read.

Its name is global, and its `id` is what a data source names when it is read by identity.

https://learn.microsoft.com/azure/storage/common/storage-account-overview
"""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import Field

from reconciler.model.effect import Effect
from reconciler.providers.azure.kinds.words import (
    ArmResource,
    Caseless,
    Location,
    OptionalIdentity,
    Tags,
    in_group,
    provisioning,
)
from reconciler.schema.body import Body
from reconciler.schema.kind import Kind, Placement
from reconciler.schema.marks import Changes, ServerChooses, ServerDefault, ServerOwned
from reconciler.schema.naming import name_rule

_Fixed = Changes(Effect.RECREATE)
_Owned = ServerOwned()
TYPE = "Microsoft.Storage/storageAccounts"

REDUNDANCY = ["Standard_LRS", "Standard_ZRS", "Standard_GRS", "Standard_RAGRS", "Standard_GZRS"]
REDUNDANCY += ["Standard_RAGZRS", "Premium_LRS", "Premium_ZRS"]


class StorageSku(Body):
    """How the data is kept; zone redundancy and premium are not changed in place."""

    name: Annotated[str, Caseless, Field(examples=REDUNDANCY)]
    tier: Annotated[str | None, _Owned] = None


class StorageProperties(Body):
    """What the account allows; what differs by its age or a policy, the service chooses."""

    accessTier: Annotated[
        str | None, ServerDefault("Hot"), Caseless, Field(examples=["Hot", "Cool", "Cold"])
    ] = None
    supportsHttpsTrafficOnly: Annotated[bool | None, ServerDefault(True)] = None
    minimumTlsVersion: Annotated[
        str | None, ServerChooses(), Field(examples=["TLS1_2", "TLS1_3"])
    ] = None
    allowBlobPublicAccess: Annotated[bool | None, ServerChooses()] = None
    allowCrossTenantReplication: Annotated[bool | None, ServerChooses()] = None
    allowSharedKeyAccess: Annotated[bool | None, ServerDefault(True)] = None
    defaultToOAuthAuthentication: Annotated[bool | None, ServerDefault(False)] = None
    publicNetworkAccess: Annotated[
        str | None, ServerChooses(), Caseless, Field(examples=["Enabled", "Disabled"])
    ] = None
    isHnsEnabled: Annotated[bool | None, ServerDefault(False), _Fixed] = None
    allowCrossTenantDelegationSas: Annotated[bool | None, ServerChooses()] = None
    networkAcls: Annotated[dict[str, Any] | None, ServerChooses()] = None
    encryption: Annotated[dict[str, Any] | None, ServerChooses()] = None
    provisioningState: Annotated[str | None, _Owned] = None
    primaryEndpoints: Annotated[dict[str, Any] | None, _Owned] = None
    primaryLocation: Annotated[str | None, _Owned] = None
    statusOfPrimary: Annotated[str | None, _Owned] = None
    secondaryLocation: Annotated[str | None, _Owned] = None
    statusOfSecondary: Annotated[str | None, _Owned] = None
    secondaryEndpoints: Annotated[dict[str, Any] | None, _Owned] = None
    creationTime: Annotated[str | None, _Owned] = None
    keyCreationTime: Annotated[dict[str, Any] | None, _Owned] = None
    privateEndpointConnections: Annotated[list[Any] | None, _Owned] = None


class StorageAccount(ArmResource):
    """The account; `kind` and `sku` are required."""

    name: Annotated[str, name_rule(r"[a-z0-9]{3,24}", "3 to 24 lower-case letters and digits")]
    location: Annotated[Location | None, _Fixed] = None
    kind: Annotated[
        Literal["StorageV2", "BlobStorage", "BlockBlobStorage", "Storage", "FileStorage"], _Fixed
    ]
    sku: StorageSku
    tags: Tags | None = None
    identity: OptionalIdentity = None
    properties: Annotated[StorageProperties | None, ServerDefault({})] = None


def _id(place: Placement) -> str:
    return in_group(place, TYPE)


KIND = Kind(
    name="StorageAccount",
    type_on_service=TYPE,
    body=StorageAccount,
    since="2019-06-01",
    default_version="2025-06-01",
    etag="none",
    inherits=("location",),
    locate=_id,
    keeps_left_out=True,
    grouped_by="ResourceGroup",
    holds_others=True,
    contents="/blobServices/default/containers",
    readiness=provisioning,
    longest_wait=900.0,
    page="https://learn.microsoft.com/rest/api/storagerp/storage-accounts",
)
