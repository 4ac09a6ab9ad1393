"""BlobContainer: a container of a storage account, made without a key and without a data role.

https://learn.microsoft.com/rest/api/storagerp/blob-containers
"""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import Field

from reconciler.model.effect import Effect
from reconciler.providers.azure.kinds.words import ArmResource, Caseless, provisioning
from reconciler.schema.body import Body
from reconciler.schema.kind import Kind, Placement
from reconciler.schema.marks import Changes, ServerDefault, ServerOwned
from reconciler.schema.naming import name_rule

_Owned = ServerOwned()
TYPE = "Microsoft.Storage/storageAccounts/blobServices/containers"


class ContainerProperties(Body):
    """Public access other than None needs the account's `allowBlobPublicAccess`."""

    publicAccess: Annotated[
        str | None, ServerDefault("None"), Caseless, Field(examples=["None", "Blob", "Container"])
    ] = None
    metadata: dict[str, str] | None = None
    defaultEncryptionScope: Annotated[
        str | None, ServerDefault("$account-encryption-key"), Changes(Effect.RECREATE)
    ] = None
    denyEncryptionScopeOverride: Annotated[bool | None, ServerDefault(False)] = None
    immutableStorageWithVersioning: Annotated[
        dict[str, Any] | None, ServerDefault({"enabled": False}), Changes(Effect.RECREATE)
    ] = None
    deleted: Annotated[bool | None, _Owned] = None
    remainingRetentionDays: Annotated[int | None, _Owned] = None
    leaseStatus: Annotated[str | None, _Owned] = None
    leaseState: Annotated[str | None, _Owned] = None
    lastModifiedTime: Annotated[str | None, _Owned] = None
    legalHold: Annotated[dict[str, Any] | None, _Owned] = None
    hasImmutabilityPolicy: Annotated[bool | None, _Owned] = None
    hasLegalHold: Annotated[bool | None, _Owned] = None
    etag: Annotated[str | None, _Owned] = None
    version: Annotated[str | None, _Owned] = None


class BlobContainer(ArmResource):
    """The container; its account is named in `metadata.parent`."""

    name: Annotated[
        str,
        name_rule(
            r"[a-z0-9](?!.*--)[a-z0-9-]{1,61}[a-z0-9]",
            "3 to 63 lower-case letters, digits and single dashes, none of these first or last",
        ),
    ]
    properties: Annotated[ContainerProperties | None, ServerDefault({})] = None


def _id(place: Placement) -> str:
    return f"{place.parent}/blobServices/default/containers/{place.name}"


KIND = Kind(
    name="BlobContainer",
    type_on_service=TYPE,
    parent="StorageAccount",
    body=BlobContainer,
    since="2019-06-01",
    default_version="2025-06-01",
    etag="none",
    locate=_id,
    # Neither metadata nor legalHold is in a list (FACTS 0 and 1.3).
    lists_in_part=True,
    holds_others=True,
    readiness=provisioning,
    longest_wait=900.0,
    page="https://learn.microsoft.com/rest/api/storagerp/blob-containers",
)
