"""A connection string has none of the forms that its data source takes.

The service takes the data source and refuses its indexers. A bare key or a name is no connection
string; one that names a resource names it by `ResourceId=`, of the type's own provider. Of Cosmos
DB, the endpoint has no port, and the database is named.

What to do: copy the connection string anew, or write `ResourceId=/subscriptions/…;`.

Sources: https://learn.microsoft.com/azure/search/search-how-to-index-azure-blob-storage
(and those of the other types)

Fails::

    apiVersion: azure-ai-search
    kind: DataSource
    metadata: {name: docs}
    spec:
      type: cosmosdb
      credentials: {connectionString: "ResourceId=/subscriptions/0;"}
      container: {name: docs}

Passes::

    apiVersion: azure-ai-search
    kind: DataSource
    metadata: {name: docs}
    spec:
      type: cosmosdb
      credentials: {connectionString: "ResourceId=/subscriptions/0;Database=docs;"}
      container: {name: docs}
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from reconciler.lint.bodies import object_at, text_at
from reconciler.lint.pipelines import sources
from reconciler.lint.stack import Stack
from reconciler.model.problem import Problem, Severity
from reconciler.model.sensitive import KEEP, Sensitive, has_mask

ID = "connection-string"
SEVERITY = Severity.WARNING

_STORAGE = (
    ("ResourceId",),
    ("AccountName", "AccountKey"),
    ("SharedAccessSignature",),
    ("ContainerSharedAccessUri",),
    ("UseDevelopmentStorage",),
)
_FORMS = {
    "azureblob": _STORAGE,
    "adlsgen2": _STORAGE,
    "azuretable": _STORAGE,
    "azurefile": _STORAGE,
    "onelake": (("ResourceId",), ("WorkspaceEndpoint",)),
    "cosmosdb": (("ResourceId", "Database"), ("AccountEndpoint", "AccountKey", "Database")),
    "azuresql": (("ResourceId",), ("Server",), ("Data Source",), ("Address",), ("Addr",)),
}
"""The parts that a connection string has, for each type one of these sets (SKILLS 4.4)."""

_PROVIDERS = {
    "azureblob": "microsoft.storage",
    "adlsgen2": "microsoft.storage",
    "azuretable": "microsoft.storage",
    "azurefile": "microsoft.storage",
    "cosmosdb": "microsoft.documentdb",
    "azuresql": "microsoft.sql",
}
_PROVIDER = re.compile(r"/providers/([^/;]+)/", re.IGNORECASE)
_NAMING = ("resourceid", "accountname", "accountendpoint")
_PORT = re.compile(r":\d+/?\Z")


def check(stack: Stack) -> Iterator[Problem]:
    for source in sources(stack):
        written = object_at(source.body, "credentials").get("connectionString")
        known = written.value if isinstance(written, Sensitive) else written
        if isinstance(known, str) and known != KEEP and not has_mask(known):
            place = source.where.at("spec", "credentials", "connectionString")
            for text, fix in _wrong(text_at(source.body, "type") or "", known):
                yield Problem(ID, text, place, fix, SEVERITY)


def _wrong(of: str, connection: str) -> Iterator[tuple[str, str]]:
    """What is wrong with a connection string, which is never quoted, and what to do."""
    pairs = (part.partition("=") for part in connection.split(";"))
    parts = {name.strip().lower(): value.strip() for name, _, value in pairs}
    forms = _FORMS.get(of)
    if forms is not None and not any(all(n.lower() in parts for n in form) for form in forms):
        shown = " or ".join(";".join(f"{name}=…" for name in form) for form in forms)
        yield f"this is no connection string of a data source of type {of}", f"write {shown}"
        return
    if of != "azuresql" and any(parts.get(name) == "" for name in _NAMING):
        yield "the connection string names no resource", "write the name, or the resource's id"
    provider = _PROVIDER.search(parts.get("resourceid", ""))
    wanted = _PROVIDERS.get(of)
    if provider is not None and wanted is not None and provider[1].lower() != wanted:
        fix = f"name a resource of {wanted}"
        yield f"the resource is not one of a data source of type {of}", fix
    if of == "cosmosdb" and _PORT.search(parts.get("accountendpoint", "")):
        yield "with a port in the endpoint the connection fails", "delete the port"
