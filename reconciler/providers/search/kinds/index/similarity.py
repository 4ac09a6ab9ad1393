"""How full-text matches are scored.

https://learn.microsoft.com/azure/search/index-ranking-similarity
"""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from reconciler.schema.body import Body
from reconciler.schema.marks import OneOf, ServerDefault


class BM25Similarity(Body):
    """The one of every service made since July 2020. A null number stands for its default."""

    odata_type: Literal["#Microsoft.Azure.Search.BM25Similarity"] = Field(alias="@odata.type")
    k1: Annotated[float | None, ServerDefault(1.2)] = None
    b: Annotated[float | None, ServerDefault(0.75)] = None


class ClassicSimilarity(Body):
    """TF-IDF, on older services only."""

    odata_type: Literal["#Microsoft.Azure.Search.ClassicSimilarity"] = Field(alias="@odata.type")


BM25 = "#Microsoft.Azure.Search.BM25Similarity"

SIMILARITIES = OneOf(
    tag="@odata.type",
    variants={
        BM25: f"{__name__}:BM25Similarity",
        "#Microsoft.Azure.Search.ClassicSimilarity": f"{__name__}:ClassicSimilarity",
    },
)
