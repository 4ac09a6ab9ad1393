"""How the service signs in to other services: as itself, as an identity of yours, or by a key."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import Field

from reconciler.model.effect import Effect
from reconciler.providers.search.kinds.scalars import AzureId
from reconciler.schema.body import Body
from reconciler.schema.marks import Changes, ClearedBy, OneOf, Secret, Since


class NoneIdentity(Body):
    """Clears an identity that was set: on a write, null would keep it (FACTS d)."""

    odata_type: Literal["#Microsoft.Azure.Search.DataNoneIdentity"] = Field(alias="@odata.type")


class UserAssignedIdentity(Body):
    """A user-assigned managed identity, by its full resource id.

    https://learn.microsoft.com/azure/search/search-how-to-managed-identities
    """

    odata_type: Literal["#Microsoft.Azure.Search.DataUserAssignedIdentity"] = Field(
        alias="@odata.type"
    )
    userAssignedIdentity: AzureId
    federatedIdentityClientId: Annotated[AzureId | None, Since("2026-08-01-preview")] = None


Identity = Annotated[
    dict[str, Any],
    OneOf(
        tag="@odata.type",
        variants={
            "#Microsoft.Azure.Search.DataNoneIdentity": f"{__name__}:NoneIdentity",
            "#Microsoft.Azure.Search.DataUserAssignedIdentity": f"{__name__}:UserAssignedIdentity",
        },
    ),
]

OptionalIdentity = Annotated[
    Identity | None,
    # "If unspecified, the value remains unchanged": the schema, at every identity (FACTS d).
    ClearedBy({"@odata.type": "#Microsoft.Azure.Search.DataNoneIdentity"}),
    Changes(Effect.IN_PLACE),
]
"""Left out: the search service's own identity, or none where a key is given."""


def _by_identity(connection: str) -> bool:
    """Whether a connection string names a resource and carries no key, signature or password.

    Only parts that are known to be harmless count as such: `ResourceId=/subscriptions/…;`, with
    a database's settings around it (FACTS h; SKILLS 4.4).
    """
    parts = {part.partition("=")[0].strip().lower() for part in connection.split(";")} - {""}
    return bool(parts & _RESOURCES) and parts <= _RESOURCES | _SETTINGS


_RESOURCES = {"resourceid", "workspaceendpoint"}
_SETTINGS = {"database", "apikind", "identityauthtype", "connection timeout", "encrypt"}

Credential = Annotated[str, Secret(), Changes(Effect.IN_PLACE)]
"""A key: write-only, and a new one changes no document."""

StorageConnection = Annotated[str, Secret(harmless=_by_identity), Changes(Effect.IN_PLACE)]
"""A connection string: a secret, unless it names a resource that a managed identity opens."""

SourceConnection = Annotated[
    str,
    Secret(unchanged="<unchanged>", harmless=_by_identity, needed=True),
    Changes(Effect.IN_PLACE),
]
"""A data source's connection string, which the service can be told to keep (FACTS d)."""

FixedConnection = Annotated[str, Secret(harmless=_by_identity), Changes(Effect.RECREATE)]
"""A knowledge source's connection string: not even a new key can be given to it (FACTS j)."""

Headers = Annotated[dict[str, str], Secret(), Changes(Effect.IN_PLACE)]
"""HTTP headers for an endpoint of yours: they may carry a key, so all of them count as one."""
