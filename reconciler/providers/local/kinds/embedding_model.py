"""EmbeddingModel: a deployed embedding model, described once.

Other documents take its values (`${EmbeddingModel.large/dimensions}`), and `reconciler test` asks
the model itself whether it takes the declared input types, encoding formats, dimensions and
batches. Nothing of it is written to the search service.
"""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from reconciler.schema.body import Body
from reconciler.schema.kind import Kind
from reconciler.schema.marks import Secret, ServerDefault

DEFAULT_SCOPE = "https://cognitiveservices.azure.com/.default"

MODELS = ["text-embedding-3-large", "text-embedding-3-small", "text-embedding-ada-002"]
MODELS += ["Cohere-embed-v4"]


class ModelCredential(Body):
    """An api key; without it, Microsoft Entra ID."""

    apiKey: Annotated[str | None, Secret()] = None


class EmbeddingModel(Body):
    """Where the model is, and what it is asked for."""

    name: str
    protocol: Literal["azureOpenAI", "foundry", "vision"]
    endpoint: str
    deployment: str | None = None
    model: Annotated[str | None, Field(examples=MODELS)] = None
    modelVersion: Annotated[str | None, ServerDefault("2023-04-15")] = None
    modality: Annotated[Literal["text", "image", "text+image"] | None, ServerDefault("text")] = None
    dimensions: Annotated[int, Field(ge=1, le=65536)]
    inputTypes: list[Literal["text", "query", "document"]] | None = None
    encodingFormats: (
        list[Literal["float", "base64", "int8", "uint8", "binary", "ubinary"]] | None
    ) = None
    batch: Annotated[int | None, Field(ge=1, le=2048)] = None
    imageBatch: Annotated[int | None, ServerDefault(1), Field(ge=1, le=2048)] = None
    credential: ModelCredential | None = None
    scope: Annotated[str | None, ServerDefault(DEFAULT_SCOPE)] = None
    authority: str | None = None


KIND = Kind(
    name="EmbeddingModel",
    body=EmbeddingModel,
    since="2015-02-28",
    page="https://learn.microsoft.com/azure/search/vector-search-integrated-vectorization",
)
