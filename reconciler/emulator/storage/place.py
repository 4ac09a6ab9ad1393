"""Finds the store behind a data source: nothing is reached that was not named for it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Protocol
from urllib.parse import urlsplit

from reconciler.emulator.settings import Settings
from reconciler.emulator.storage.blob import Container, StorageFailed
from reconciler.emulator.storage.connection import (
    DEVELOPMENT_ACCOUNT,
    DEVELOPMENT_KEY,
    Connection,
    parsed,
)

BLOB_LIKE = ("azureblob", "adlsgen2", "onelake")


@dataclass(frozen=True)
class Place:
    """A container, found but not opened: in a folder if there is one, else at the endpoint."""

    connection: Connection
    container: str
    folder: Path | None = None


class Stores(Protocol):
    """Where the data sources of one service have their blobs, and what it may reach of them."""

    def admits(self, datasource: dict[str, Any]) -> bool:
        """Whether a data source's account lets the service in: asked when an indexer is written."""

    def located(self, datasource: dict[str, Any]) -> Place:
        """Where a data source's container is. Raises StorageFailed."""


@dataclass(frozen=True)
class Mapped:
    """The accounts that the settings name. They let in whoever comes; a run says what it met."""

    settings: Settings

    def admits(self, datasource: dict[str, Any]) -> bool:
        del datasource
        return True

    def located(self, datasource: dict[str, Any]) -> Place:
        return located(datasource, self.settings)


def located(datasource: dict[str, Any], settings: Settings) -> Place:
    """Where a data source's container is; reaches nothing.

    `datasource` is its whole definition, secrets included. An account is found if the settings map
    it, or if the connection string itself names an endpoint. Raises StorageFailed.
    """
    connection = connected(datasource)
    container = connection.container or datasource["container"]["name"]
    mapped = settings.storage.get(connection.account)
    if mapped is None and not connection.endpoint:
        account = connection.account
        raise StorageFailed(
            f"The storage account '{account}' is not known here: start the emulator with "
            f"--storage {account}=URL or --storage {account}=FOLDER."
        )
    if mapped is None:
        return Place(connection, container)
    if "://" not in mapped:
        return Place(connection, container, Path(mapped))
    return Place(_moved(connection, mapped), container)


def connected(datasource: dict[str, Any]) -> Connection:
    """What a data source's connection string says. Raises StorageFailed."""
    kind = datasource["type"]
    if kind not in BLOB_LIKE:
        raise StorageFailed(f"Data sources of type '{kind}' are not emulated.")
    return parsed(datasource["credentials"].get("connectionString") or "")


def _moved(connection: Connection, url: str) -> Connection:
    """The account at another URL, which may carry a SAS; a storage emulator has its own key."""
    place, _, sas = url.partition("?")
    moved = replace(connection, endpoint=place.rstrip("/"))
    if sas:
        return replace(moved, sas=sas, key="")
    if urlsplit(place).path.strip("/") == DEVELOPMENT_ACCOUNT:
        return replace(moved, key=DEVELOPMENT_KEY, sas="")
    return moved


def opened(place: Place) -> Container:
    """The container at its place. Raises StorageFailed."""
    if place.folder is not None:
        from reconciler.emulator.storage.folder import FolderContainer

        return FolderContainer(place.folder, place.container, place.connection.public)
    from reconciler.emulator.storage.service import ServiceContainer

    return ServiceContainer(place.connection, place.container)


def open_container(datasource: dict[str, Any], settings: Settings) -> Container:
    """`located` and `opened` in one."""
    return opened(located(datasource, settings))
