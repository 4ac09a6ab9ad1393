"""What a search service reaches of the accounts: its identity's roles count, and their keys."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from reconciler.emulator.azure import roles
from reconciler.emulator.azure.resources import Resource
from reconciler.emulator.azure.subscription import ACCOUNT, Subscription
from reconciler.emulator.settings import Settings
from reconciler.emulator.storage import Place, StorageFailed, connected, located
from reconciler.emulator.storage.connection import Connection

READ = f"{ACCOUNT}/blobServices/containers/blobs/read"
INVALID = "Credentials provided in the connection string are invalid or have expired"


class Denied(StorageFailed):
    """The account does not let the service in."""


class Reach:
    """For one service: `Stores` over the accounts of the subscription (rules blobs-by-...).

    Accounts that were not made in it are as the settings map them.
    """

    def __init__(self, azure: Subscription, service: str, settings: Settings) -> None:
        self._azure = azure
        self._service = service
        self._settings = settings

    def admits(self, datasource: dict[str, Any]) -> bool:
        """False only where it is refused for sure: of what else is wrong a run tells."""
        try:
            self.located(datasource)
        except Denied:
            return False
        except StorageFailed:
            return True
        return True

    def located(self, datasource: dict[str, Any]) -> Place:
        """Raises StorageFailed."""
        connection = connected(datasource)
        container = connection.container or datasource["container"]["name"]
        text = datasource["credentials"].get("connectionString") or ""
        with self._azure.lock:
            self._azure.settle()
            account = self._account(connection, text)
            if account is None:
                return located(datasource, self._settings)
            self._check(account, connection, container, text)
            place = self._azure.blobs.place(account.name)
        mapped = {**self._settings.storage, account.name: place}
        return located(datasource, replace(self._settings, storage=mapped))

    def _account(self, connection: Connection, text: str) -> Resource | None:
        """The account of the subscription that is meant, if there is one. Raises Denied."""
        found = self._azure.resources.of_type(ACCOUNT)
        if _is_identity(text):
            id = _resource_id(text)
            if ACCOUNT.lower() not in id.lower():
                return None  # a workspace of OneLake
            account = self._azure.resources.get(id)
            if account is None or not account.stands(self._azure.now):
                raise Denied(f"{INVALID} (404, ResourceNotFound).")
            return account
        return next((one for one in found if one.name == connection.account), None)

    def _check(self, account: Resource, connection: Connection, container: str, text: str) -> None:
        """Raises Denied, or StorageFailed where there is no such container."""
        id = f"{account.id}/blobServices/default/containers/{container}"
        if _is_identity(text):
            self._check_role(id)
        elif connection.key:
            self._check_key(account, connection.key)
        if self._azure.resources.get(id) is None:
            raise StorageFailed(f"The specified container does not exist: '{container}'.")

    def _check_role(self, scope: str) -> None:
        service = self._azure.resources.get(self._service)
        identity = (service.body.get("identity") or {}) if service else {}
        principal = identity.get("principalId", "")
        if not principal or (service and service.body["sku"]["name"] == "free"):
            raise Denied(f"{INVALID} (401, NoAuthenticationInformation).")
        granted = self._azure.grants(principal, scope)
        if not any(roles.allows(role, READ) for role in granted):
            raise Denied(f"{INVALID} (403, AuthorizationPermissionMismatch).")

    @staticmethod
    def _check_key(account: Resource, key: str) -> None:
        if account.properties.get("allowSharedKeyAccess") is False:
            raise Denied(f"{INVALID} (403, KeyBasedAuthenticationNotPermitted).")
        if key not in (one["value"] for one in account.hidden["keys"].values()):
            raise Denied(f"{INVALID} (403, AuthenticationFailed).")


def _is_identity(text: str) -> bool:
    return text.strip().lower().startswith("resourceid=")


def _resource_id(text: str) -> str:
    return text.strip().partition("=")[2].partition(";")[0].strip().rstrip("/")
