"""Models that others host: their names, and how the service calls one in Azure OpenAI."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Annotated, Literal, get_args

from pydantic import Field

from reconciler.providers.search.kinds.identity import Credential, OptionalIdentity
from reconciler.providers.search.kinds.scalars import Endpoint
from reconciler.schema.body import Body
from reconciler.schema.marks import ValuesSince

OpenAIModel = Annotated[
    Literal[
        "text-embedding-ada-002",
        "text-embedding-3-large",
        "text-embedding-3-small",
        "gpt-4o",
        "gpt-4o-mini",
        "gpt-4.1",
        "gpt-4.1-mini",
        "gpt-4.1-nano",
        "gpt-5",
        "gpt-5-mini",
        "gpt-5-nano",
        "gpt-5.1",
        "gpt-5.2",
        "gpt-5.4",
        "gpt-5.4-mini",
        "gpt-5.4-nano",
        "gpt-5.5",
        "gpt-5.6-sol",
        "gpt-5.6-terra",
        "gpt-5.6-luna",
    ],
    ValuesSince(
        dict.fromkeys(
            ("gpt-4o", "gpt-4o-mini", "gpt-4.1", "gpt-4.1-mini", "gpt-4.1-nano", "gpt-5"),
            "2025-08-01-preview",
        )
        | dict.fromkeys(
            ("gpt-5.1", "gpt-5.2", "gpt-5.4", "gpt-5.5"),
            "2026-05-01-preview",
        )
        | dict.fromkeys(("gpt-5.6-sol", "gpt-5.6-terra", "gpt-5.6-luna"), "2026-08-01-preview")
    ),
]
"""The schema has one list for all; only the first three make embeddings (FACTS h). 2026-04-01
took over only the small ones of the models that previews know."""

CatalogModel = Literal[
    "OpenAI-CLIP-Image-Text-Embeddings-vit-base-patch32",
    "OpenAI-CLIP-Image-Text-Embeddings-ViT-Large-Patch14-336",
    "Facebook-DinoV2-Image-Embeddings-ViT-Base",
    "Facebook-DinoV2-Image-Embeddings-ViT-Giant",
    "Cohere-embed-v3-english",
    "Cohere-embed-v3-multilingual",
    "Cohere-embed-v4",
]

VisionVersion = Annotated[str, Field(examples=["2023-04-15"])]
"""The version of a multimodal model of Azure AI Vision."""

LENGTHS: Mapping[str, Sequence[int]] = {
    "text-embedding-ada-002": (1536,),
    "text-embedding-3-small": range(1, 1537),
    "text-embedding-3-large": range(1, 3073),
    "Cohere-embed-v3-english": (1024,),
    "Cohere-embed-v3-multilingual": (1024,),
    "Cohere-embed-v4": (256, 512, 1024, 1536),
}
"""How long the vectors of each model can be (FACTS h); the longest are made where nobody says."""

VISION_LENGTH = 1024
"""The vectors of Azure AI Vision, of texts and of images."""

EMBEDDING_DIMENSIONS = {
    name: max(LENGTHS[name]) for name in get_args(get_args(OpenAIModel)[0]) if name in LENGTHS
}
"""What each model of Azure OpenAI makes when `dimensions` is left out."""

CHAT_MODELS = frozenset(get_args(get_args(OpenAIModel)[0])) - EMBEDDING_DIMENSIONS.keys()


class AzureOpenAIParameters(Body):
    """https://learn.microsoft.com/azure/search/vector-search-vectorizer-azure-open-ai"""

    resourceUri: Endpoint | None = None
    deploymentId: str | None = None
    apiKey: Credential | None = None
    authIdentity: OptionalIdentity = None
    modelName: OpenAIModel | None = None
