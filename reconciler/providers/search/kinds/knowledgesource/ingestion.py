"""How a knowledge source fills the index that it creates for itself.

Most of it is fixed once the source exists: what the documentation calls editable bears a mark of
its own, everything else takes the mark of the source's parameters.

https://learn.microsoft.com/azure/search/agentic-knowledge-source-how-to-blob
"""

from __future__ import annotations

from typing import Annotated, Any, Literal

from reconciler.model.effect import Effect
from reconciler.providers.search.kinds.identity import Credential, FixedConnection, OptionalIdentity
from reconciler.providers.search.kinds.models import AzureOpenAIParameters
from reconciler.providers.search.kinds.scalars import Duration, Endpoint
from reconciler.providers.search.kinds.schedule import Schedule
from reconciler.schema.body import Body
from reconciler.schema.marks import (
    Changes,
    OneOf,
    ServerChooses,
    ServerDefault,
    Since,
    Unordered,
    Until,
)

_InPlace = Changes(Effect.IN_PLACE)

FLAT = Until("2025-08-01-preview", "ingestionParameters")
"""In the first preview these parameters stood beside the connection string."""


class SourceModelParameters(AzureOpenAIParameters):
    """A model in Azure OpenAI. "Only `apiKey` and `deploymentId` are editable" (documentation)."""

    deploymentId: Annotated[str | None, _InPlace] = None
    authIdentity: Annotated[OptionalIdentity, Changes(Effect.RECREATE)] = None


class IngestionEmbeddingModel(Body):
    """Makes the vectors, of documents and of queries.

    Responses of 2025-08-01-preview show it as the vectorizer that it becomes (documentation).
    """

    name: Annotated[str | None, ServerChooses(), Until(FLAT.version)] = None
    kind: Literal["azureOpenAI"]
    azureOpenAIParameters: SourceModelParameters | None = None
    customWebApiParameters: Annotated[None, Until(FLAT.version)] = None
    aiServicesVisionParameters: Annotated[None, Until(FLAT.version)] = None
    amlParameters: Annotated[None, Until(FLAT.version)] = None


class ChatModel(Body):
    """Puts images into words."""

    kind: Literal["azureOpenAI"]
    azureOpenAIParameters: SourceModelParameters


class AIServices(Body):
    """The Foundry resource whose Content Understanding opens the files; `standard` needs it."""

    uri: Endpoint
    apiKey: Credential | None = None


class AssetStore(Body):
    """The blob container for images that are found in files."""

    connectionString: FixedConnection
    containerName: str


class FreshnessPolicy(Body):
    """How long a document counts as new, and is lifted in the results for it."""

    boostingDuration: Duration | None = None


_EMBEDDING = OneOf(tag="kind", variants={"azureOpenAI": f"{__name__}:IngestionEmbeddingModel"})
_CHAT = OneOf(tag="kind", variants={"azureOpenAI": f"{__name__}:ChatModel"})
OptionalEmbedding = Annotated[dict[str, Any], _EMBEDDING] | None
OptionalChat = Annotated[dict[str, Any], _CHAT] | None


class Ingestion(Body):
    """Defaults are the schema's; a GET in the documentation shows the same."""

    identity: OptionalIdentity = None
    embeddingModel: OptionalEmbedding = None
    chatCompletionModel: OptionalChat = None
    disableImageVerbalization: Annotated[bool | None, ServerDefault(False)] = None
    ingestionSchedule: Annotated[Schedule | None, _InPlace] = None
    contentExtractionMode: Annotated[
        Literal["minimal", "standard"] | None, ServerDefault("minimal")
    ] = None
    aiServices: AIServices | None = None
    ingestionPermissionOptions: Annotated[
        list[Literal["userIds", "groupIds", "rbacScope", "sensitivityLabels"]] | None,
        Unordered(),
        Since("2025-11-01-preview"),
    ] = None
    assetStore: Annotated[AssetStore | None, Since("2025-11-01-preview")] = None
    freshnessPolicy: Annotated[FreshnessPolicy | None, _InPlace, Since("2026-05-01-preview")] = None
    # "A create-time setting" (schema).
    networkAccessMode: Annotated[
        Literal["public", "private"] | None,
        ServerDefault("public"),
        Since("2026-08-01-preview"),
    ] = None


OptionalIngestion = Annotated[
    Ingestion | None, ServerDefault({}), Since("2025-11-01-preview|2026-04-01")
]
