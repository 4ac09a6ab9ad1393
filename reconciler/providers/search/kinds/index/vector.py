"""Vector search: how vectors are indexed, compressed, searched, and made of a query's text.

A field names a profile; a profile names an algorithm, and may name a compression and a vectorizer.

https://learn.microsoft.com/azure/search/vector-search-how-to-create-index
"""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import Field

from reconciler.model.effect import Effect
from reconciler.providers.search.kinds.index import effects
from reconciler.schema.body import Body
from reconciler.schema.marks import (
    Changes,
    KeyedBy,
    OneOf,
    ServerChooses,
    ServerDefault,
    Since,
    Until,
)

Metric = Literal["cosine", "euclidean", "dotProduct", "hamming"]


class HnswParameters(Body):
    """Filled in at once, all four (recordings-modern/vector_index). Ranges are the schema's."""

    m: Annotated[int | None, ServerDefault(4), Field(ge=4, le=10)] = None
    efConstruction: Annotated[int | None, ServerDefault(400), Field(ge=100, le=1000)] = None
    efSearch: Annotated[int | None, ServerDefault(500), Field(ge=100, le=1000)] = None
    metric: Annotated[Metric | None, ServerDefault("cosine")] = None


class Hnsw(Body):
    """Approximate nearest neighbours, by a graph. The other kind's parameters may stand as null."""

    name: str
    kind: Literal["hnsw"]
    hnswParameters: Annotated[HnswParameters | None, ServerDefault({})] = None
    exhaustiveKnnParameters: None = None


class ExhaustiveKnnParameters(Body):
    """Unlike HNSW's never seen left out; cosine is what the documentation says."""

    metric: Annotated[Metric | None, ServerDefault("cosine")] = None


class ExhaustiveKnn(Body):
    """Every vector is compared."""

    name: str
    kind: Literal["exhaustiveKnn"]
    exhaustiveKnnParameters: Annotated[ExhaustiveKnnParameters | None, ServerDefault({})] = None
    hnswParameters: None = None


class RescoringOptions(Body):
    """Whether compressed results are scored again, with the full vectors if they were kept."""

    enableRescoring: Annotated[bool | None, ServerDefault(True), Changes(Effect.IN_PLACE)] = None
    # All three as a recorded GET shows them (FACTS c).
    defaultOversampling: Annotated[
        float | None, ServerDefault(4.0), Field(ge=1), Changes(Effect.IN_PLACE)
    ] = None
    rescoreStorageMethod: Annotated[
        Literal["preserveOriginals", "discardOriginals"] | None, ServerDefault("preserveOriginals")
    ] = None


_RESCORING = {
    "enableRescoring": True,
    "defaultOversampling": 4.0,
    "rescoreStorageMethod": "preserveOriginals",
}


class _Compression(Body):
    """https://learn.microsoft.com/azure/search/vector-search-how-to-quantization"""

    name: str
    rescoringOptions: Annotated[
        RescoringOptions | None, ServerDefault(_RESCORING), Since("2024-11-01-preview|2025-09-01")
    ] = None
    truncationDimension: Annotated[int | None, Since("2024-11-01-preview|2025-09-01")] = None
    # What there was before the options.
    rerankWithOriginalVectors: Annotated[
        bool | None,
        ServerChooses(),
        Until("2024-09-01-preview", "rescoringOptions"),
        Changes(Effect.IN_PLACE),
    ] = None
    defaultOversampling: Annotated[
        float | None,
        Field(ge=1),
        Until("2024-09-01-preview", "rescoringOptions"),
        Changes(Effect.IN_PLACE),
    ] = None


class ScalarQuantizationParameters(Body):
    """The type that numbers are reduced to; there is one."""

    quantizedDataType: Annotated[Literal["int8"] | None, ServerDefault("int8")] = None


class ScalarQuantization(_Compression):
    """A byte a dimension."""

    kind: Literal["scalarQuantization"]
    scalarQuantizationParameters: Annotated[
        ScalarQuantizationParameters | None, ServerDefault({})
    ] = None


class BinaryQuantization(_Compression):
    """A bit a dimension."""

    kind: Literal["binaryQuantization"]


class Profile(Body):
    """What a field is indexed and queried with. Only the vectorizer is a matter of queries."""

    name: str
    algorithm: str
    vectorizer: Annotated[str | None, Changes(Effect.IN_PLACE)] = None
    compression: str | None = None


Algorithm = Annotated[
    dict[str, Any],
    OneOf(
        tag="kind",
        variants={"hnsw": f"{__name__}:Hnsw", "exhaustiveKnn": f"{__name__}:ExhaustiveKnn"},
    ),
]
Compression = Annotated[
    dict[str, Any],
    OneOf(
        tag="kind",
        variants={
            "scalarQuantization": f"{__name__}:ScalarQuantization",
            "binaryQuantization": f"{__name__}:BinaryQuantization",
        },
    ),
]
_VECTORIZERS = "reconciler.providers.search.kinds.index.vectorizers"
Vectorizer = Annotated[
    dict[str, Any],
    OneOf(
        tag="kind",
        variants={
            "azureOpenAI": f"{_VECTORIZERS}:AzureOpenAIVectorizer",
            "customWebApi": f"{_VECTORIZERS}:WebApiVectorizer",
            "aml": f"{_VECTORIZERS}:AmlVectorizer",
            "aiServicesVision": f"{_VECTORIZERS}:VisionVectorizer",
        },
        since={
            "aml": "2024-05-01-preview|2026-04-01",
            "aiServicesVision": "2024-05-01-preview",
        },
    ),
]


class VectorSearch(Body):
    """All of it, by name."""

    algorithms: Annotated[
        list[Algorithm] | None,
        KeyedBy("name"),
        Changes(effects.algorithm),
    ] = None
    profiles: Annotated[list[Profile] | None, KeyedBy("name"), Changes(effects.profile)] = None
    compressions: Annotated[
        list[Compression] | None,
        KeyedBy("name"),
        Changes(effects.compression),
        Since("2024-03-01-preview|2024-07-01"),
    ] = None
    vectorizers: Annotated[
        list[Vectorizer] | None,
        KeyedBy("name"),
        Changes(Effect.IN_PLACE),
        Since("2023-10-01-preview|2024-07-01"),
    ] = None
