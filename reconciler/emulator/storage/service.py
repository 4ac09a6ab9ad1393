"""A container of a blob service: Azure's, or Azurite."""

from __future__ import annotations

import base64
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from azure.core.credentials import AzureNamedKeyCredential, AzureSasCredential
from azure.core.exceptions import AzureError, ClientAuthenticationError, HttpResponseError
from azure.identity import DefaultAzureCredential
from azure.storage.blob import BlobProperties, ContainerClient, LinearRetry

from reconciler.emulator.storage.blob import Blob, StorageFailed
from reconciler.emulator.storage.connection import Connection

# Seconds: a service that hangs ends the run, not the emulator.
TIMEOUTS: dict[str, Any] = {"connection_timeout": 5, "read_timeout": 20}


class ServiceContainer:
    """A container at an endpoint, opened with a key, a SAS, or else whoever azure-identity is."""

    keeps_deleted = True

    def __init__(self, connection: Connection, name: str) -> None:
        """Raises StorageFailed. That the container is there shows when it is listed: the SAS of a
        container may not ask for more.
        """
        self._address = f"{connection.public}/{name}"
        with _named():
            self._credential = _credential(connection)
            self._client = ContainerClient(
                connection.endpoint,
                name,
                credential=self._credential,
                retry_policy=LinearRetry(backoff=1, retry_total=1),
                **TIMEOUTS,
            )

    def blobs(self, prefix: str) -> Iterator[Blob]:
        with _named():
            listed = self._client.list_blobs(
                name_starts_with=prefix or None, include=["metadata", "deleted"]
            )
            for one in listed:
                if not (one.metadata or {}).get("hdi_isfolder"):
                    yield self._blob(one)

    def url_of(self, name: str) -> str:
        place = self._client.get_blob_client(name).url.partition("?")[0]
        return f"{self._address}{place.removeprefix(self._client.url.partition('?')[0])}"

    def read(self, blob: Blob) -> bytes:
        with _named():
            content: bytes = self._client.download_blob(blob.name).readall()
            return content

    def close(self) -> None:
        self._client.close()
        if isinstance(self._credential, DefaultAzureCredential):
            self._credential.close()

    def _blob(self, one: BlobProperties) -> Blob:
        settings = one.content_settings
        return Blob(
            name=one.name,
            url=self.url_of(one.name),
            size=one.size,
            modified=one.last_modified,
            content_type=settings.content_type or "application/octet-stream",
            content_md5=base64.b64encode(settings.content_md5 or b"").decode(),
            etag=one.etag,
            metadata=one.metadata or {},
            deleted=bool(one.deleted),
        )


def _credential(connection: Connection) -> Any:
    if connection.key:
        name = connection.account
        path = connection.endpoint.partition("://")[2].partition("/")[2]
        return AzureNamedKeyCredential(path or name, connection.key)
    if connection.sas:
        return AzureSasCredential(connection.sas)
    return DefaultAzureCredential()


@contextmanager
def _named() -> Iterator[None]:
    """Says what failed by status and code: the SDK's own messages hold URLs and their secrets."""
    try:
        yield
    except HttpResponseError as error:
        code = getattr(error, "error_code", None) or error.reason or type(error).__name__
        told = f"{error.status_code or 'no status'}, {getattr(code, 'value', code)}"
        if isinstance(error, ClientAuthenticationError) or error.status_code in (401, 403):
            text = "Credentials provided in the connection string are invalid or have expired"
            raise StorageFailed(f"{text} ({told}).") from None
        raise StorageFailed(f"The storage service failed ({told}).") from None
    except (AzureError, ValueError) as error:
        kind = type(error).__name__
        raise StorageFailed(f"The storage service cannot be reached ({kind}).") from None
