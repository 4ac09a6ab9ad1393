"""The official management clients against the port, as they are but for where hosts are."""

from __future__ import annotations

import time
from collections.abc import Iterator
from typing import Any

import pytest
from azure.core.credentials import AccessToken
from azure.core.exceptions import HttpResponseError, ResourceNotFoundError
from azure.core.pipeline import PipelineRequest
from azure.core.pipeline.policies import SansIOHTTPPolicy

from tests.emulator.served import served_tls

from .conftest import READER, ROOT, SUBSCRIPTION, guid

pytest.importorskip("azure.mgmt.search", reason="azure-mgmt-search is not installed")
pytest.importorskip("azure.mgmt.storage", reason="azure-mgmt-storage is not installed")
pytest.importorskip("azure.mgmt.resource", reason="azure-mgmt-resource is not installed")
pytest.importorskip("azure.mgmt.authorization", reason="azure-mgmt-authorization is not installed")

AZURE = "https://management.azure.com"


class Token:
    """Somebody's."""

    def get_token(self, *scopes: str, **options: Any) -> AccessToken:
        del scopes, options
        return AccessToken("token", int(time.time()) + 3600)


class Mapped(SansIOHTTPPolicy[Any, Any]):
    """Azure's name is asked for at the port."""

    def __init__(self, url: str) -> None:
        self._url = url

    def on_request(self, request: PipelineRequest[Any]) -> None:
        http = request.http_request
        http.url = http.url.replace(AZURE, self._url)
        http.headers["Host"] = AZURE.removeprefix("https://")


@pytest.fixture(scope="module")
def options() -> Iterator[dict[str, Any]]:
    with served_tls(azure=True) as (url, authority):
        import requests

        durations = {"searchCreate": 0.2, "principal": 0, "role": 0, "groupDelete": 0.2}
        place = f"{url}/emulator/azure/durations"
        assert requests.put(place, json=durations, verify=authority, timeout=9).ok
        yield {
            "base_url": AZURE,
            "connection_verify": authority,
            "per_call_policies": [Mapped(url)],
            "polling_interval": 0.1,
        }


def test_the_official_clients_make_find_and_delete(options: dict[str, Any]) -> None:
    from azure.mgmt.authorization import AuthorizationManagementClient
    from azure.mgmt.authorization.models import RoleAssignmentCreateParameters
    from azure.mgmt.resource.resources import ResourceManagementClient
    from azure.mgmt.search import SearchManagementClient
    from azure.mgmt.storage import StorageManagementClient

    given = (Token(), SUBSCRIPTION)
    groups = ResourceManagementClient(*given, **options).resource_groups
    groups.create_or_update("sdk", {"location": "westus2", "tags": {"a": "b"}})
    assert groups.check_existence("sdk")
    search = SearchManagementClient(*given, **options)
    body: dict[str, Any] = {
        "location": "westus2",
        "sku": {"name": "basic"},
        "identity": {"type": "SystemAssigned"},
        "properties": {"disableLocalAuth": True},
    }
    made = search.services.begin_create_or_update("sdk", "sdkdocs", body).result()
    assert (made.name, made.provisioning_state) == ("sdkdocs", "succeeded")
    assert search.admin_keys.get("sdk", "sdkdocs").primary_key
    storage = StorageManagementClient(*given, **options)
    account = storage.storage_accounts.begin_create(
        "sdk",
        "sdkstore",
        {"location": "westus2", "kind": "StorageV2", "sku": {"name": "Standard_LRS"}},
    ).result()
    storage.blob_containers.create("sdk", "sdkstore", "handbook", {})
    listed = storage.blob_containers.list("sdk", "sdkstore")
    assert [one.name for one in listed] == ["handbook"]
    roles = AuthorizationManagementClient(*given, **options)
    found = list(roles.role_definitions.list(ROOT, filter="roleName eq 'Reader'"))
    assert [one.role_name for one in found] == ["Reader"]
    definition = f"{ROOT}/providers/Microsoft.Authorization/roleDefinitions/{READER}"
    principal = made.identity.principal_id
    assignment = RoleAssignmentCreateParameters(
        role_definition_id=definition, principal_id=principal, principal_type="ServicePrincipal"
    )
    roles.role_assignments.create(account.id, guid(1), assignment)
    with pytest.raises(HttpResponseError) as refused:
        roles.role_assignments.create(account.id, guid(2), assignment)
    assert refused.value.error is not None
    assert refused.value.error.code == "RoleAssignmentExists"
    groups.begin_delete("sdk").result()
    with pytest.raises(ResourceNotFoundError):
        search.services.get("sdk", "sdkdocs")
