"""Azure Resource Manager: the resources and roles that a search stack stands on.

Thin as yet: groups, search services, storage accounts with their containers, role assignments.
"""

from __future__ import annotations

from reconciler.providers.provider import Provider

_KINDS = "reconciler.providers.azure.kinds"

PROVIDER = Provider(
    group="azure-resource-manager",
    kinds={
        "ResourceGroup": f"{_KINDS}.resource_group",
        "StorageAccount": f"{_KINDS}.storage_account",
        "BlobContainer": f"{_KINDS}.blob_container",
        "SearchService": f"{_KINDS}.search_service",
        "RoleAssignment": f"{_KINDS}.role_assignment",
    },
    service="reconciler.providers.azure.service:ResourceManager",
    example="azure-resource-manager/2025-05-01",
)
