"""Names of models, shared by skills and vectorizers."""

from __future__ import annotations

from typing import Literal

OpenAIModel = Literal[
    "text-embedding-ada-002",
    "text-embedding-3-large",
    "text-embedding-3-small",
    "gpt-5-mini",
    "gpt-5-nano",
    "gpt-5.4-mini",
    "gpt-5.4-nano",
]
"""The schema has one list for all; only the first three make embeddings (FACTS h)."""

CatalogModel = Literal[
    "OpenAI-CLIP-Image-Text-Embeddings-vit-base-patch32",
    "OpenAI-CLIP-Image-Text-Embeddings-ViT-Large-Patch14-336",
    "Facebook-DinoV2-Image-Embeddings-ViT-Base",
    "Facebook-DinoV2-Image-Embeddings-ViT-Giant",
    "Cohere-embed-v3-english",
    "Cohere-embed-v3-multilingual",
    "Cohere-embed-v4",
]

EMBEDDING_DIMENSIONS = {
    "text-embedding-ada-002": 1536,
    "text-embedding-3-small": 1536,
    "text-embedding-3-large": 3072,
}
"""The most that each model gives, and what it gives when `dimensions` is left out (FACTS h)."""
