"""The account that pays for the billable skills.

Without one, an indexer may enrich twenty documents a day.
https://learn.microsoft.com/azure/search/cognitive-search-attach-cognitive-services
"""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import Field

from reconciler.providers.search.kinds.identity import Credential, OptionalIdentity
from reconciler.providers.search.kinds.scalars import Endpoint
from reconciler.schema.body import Body
from reconciler.schema.marks import OneOf


class _Account(Body):
    description: str | None = None


class DefaultAccount(_Account):
    """The twenty free documents."""

    odata_type: Literal["#Microsoft.Azure.Search.DefaultCognitiveServices"] = Field(
        alias="@odata.type"
    )


class AccountByKey(_Account):
    """A multi-service account in the region of the search service."""

    odata_type: Literal["#Microsoft.Azure.Search.CognitiveServicesByKey"] = Field(
        alias="@odata.type"
    )
    key: Credential


class AIServicesByKey(_Account):
    """An AI services resource, by its endpoint and a key."""

    odata_type: Literal["#Microsoft.Azure.Search.AIServicesByKey"] = Field(alias="@odata.type")
    key: Credential
    subdomainUrl: Endpoint


class AIServicesByIdentity(_Account):
    """An AI services resource, by its endpoint and a managed identity."""

    odata_type: Literal["#Microsoft.Azure.Search.AIServicesByIdentity"] = Field(alias="@odata.type")
    identity: OptionalIdentity = None
    subdomainUrl: Endpoint


_SEARCH = "#Microsoft.Azure.Search."

Account = Annotated[
    dict[str, Any],
    OneOf(
        tag="@odata.type",
        variants={
            f"{_SEARCH}DefaultCognitiveServices": f"{__name__}:DefaultAccount",
            f"{_SEARCH}CognitiveServicesByKey": f"{__name__}:AccountByKey",
            f"{_SEARCH}AIServicesByKey": f"{__name__}:AIServicesByKey",
            f"{_SEARCH}AIServicesByIdentity": f"{__name__}:AIServicesByIdentity",
        },
        since={
            f"{_SEARCH}AIServicesByKey": "2024-11-01-preview|2026-04-01",
            f"{_SEARCH}AIServicesByIdentity": "2024-11-01-preview|2026-04-01",
        },
    ),
]
