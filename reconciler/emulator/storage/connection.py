"""A storage connection string, read (SKILLS 4.4)."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlsplit

from reconciler.emulator.storage.blob import StorageFailed

DEVELOPMENT_ACCOUNT = "devstoreaccount1"
DEVELOPMENT_ENDPOINT = f"http://127.0.0.1:10000/{DEVELOPMENT_ACCOUNT}"
# The published key of every storage emulator: learn.microsoft.com storage-use-azurite.
DEVELOPMENT_KEY = (
    "Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw=="
)
WORKSPACES = "onelake"


@dataclass(frozen=True)
class Connection:
    """What a connection string says.

    `account` is the storage account or the OneLake workspace; `endpoint` the blob endpoint that
    the string itself names, or ""; `public` where the account is in Azure: what a blob's own
    address begins with. `container` is set by a container's shared access URI only.
    """

    account: str
    public: str
    endpoint: str = ""
    key: str = ""
    sas: str = ""
    container: str = ""


def parsed(text: str) -> Connection:
    """Reads any of the documented forms. Raises StorageFailed."""
    parts = _parts(text)
    if parts.get("usedevelopmentstorage", "").lower() == "true":
        endpoint = DEVELOPMENT_ENDPOINT
        return Connection(DEVELOPMENT_ACCOUNT, endpoint, endpoint, DEVELOPMENT_KEY)
    if "containersharedaccessuri" in parts:
        return _container_uri(parts["containersharedaccessuri"])
    if "resourceid" in parts:
        return _resource(parts["resourceid"])
    if "workspaceendpoint" in parts:
        workspace = (urlsplit(parts["workspaceendpoint"]).hostname or "").split(".")[0]
        return Connection(workspace, _onelake(workspace))
    endpoint = _as_blob(parts.get("blobendpoint", "").rstrip("/"))
    account = parts.get("accountname") or _account_of(endpoint)
    if not account:
        raise StorageFailed("The connection string names no storage account.")
    public = endpoint or f"https://{account}.blob.core.windows.net"
    sas = parts.get("sharedaccesssignature", "").lstrip("?")
    return Connection(account, public, endpoint, parts.get("accountkey", ""), sas)


def _parts(text: str) -> dict[str, str]:
    """`Name=value;...`, names without case; a value may hold `=`."""
    pairs = (part.partition("=") for part in text.split(";") if "=" in part)
    return {name.strip().lower(): value.strip() for name, _, value in pairs}


def _container_uri(uri: str) -> Connection:
    place, _, sas = uri.partition("?")
    endpoint, _, container = place.rstrip("/").rpartition("/")
    account = _account_of(endpoint)
    if not account:
        raise StorageFailed("The connection string names no storage account.")
    return Connection(account, endpoint, endpoint, sas=sas, container=container)


def _resource(path: str) -> Connection:
    """`ResourceId=/subscriptions/../storageAccounts/x/`, or a OneLake workspace's guid or path."""
    name = path.rstrip("/").rpartition("/")[2]
    if not name:
        raise StorageFailed("The connection string's ResourceId names no storage account.")
    if "/storageaccounts/" in path.lower():
        return Connection(name, f"https://{name}.blob.core.windows.net")
    return Connection(name, _onelake(name))


def _onelake(workspace: str) -> str:
    if not workspace:
        raise StorageFailed("The connection string names no workspace.")
    return f"https://{WORKSPACES}.blob.fabric.microsoft.com/{workspace}"


def _as_blob(endpoint: str) -> str:
    """A Data Lake account answers at a blob endpoint too."""
    return endpoint.replace(".dfs.core.windows.net", ".blob.core.windows.net")


def _account_of(endpoint: str) -> str:
    """`https://<account>.blob...`, or `http://<host>:<port>/<account>` of a storage emulator."""
    parts = urlsplit(endpoint)
    path = parts.path.strip("/")
    return path.split("/")[0] if path else (parts.hostname or "").split(".")[0]
