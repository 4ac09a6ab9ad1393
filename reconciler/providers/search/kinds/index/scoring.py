"""Scoring profiles: what lifts a document in the results.

https://learn.microsoft.com/azure/search/index-add-scoring-profiles
"""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import AfterValidator, Field

from reconciler.providers.search.kinds.naming import PartName
from reconciler.providers.search.kinds.scalars import Duration
from reconciler.schema.body import Body
from reconciler.schema.marks import Canonical, OneOf, ServerDefault, ValuesSince


def _floats(weights: Any) -> Any:
    if not isinstance(weights, dict):
        return weights
    return {k: float(v) if isinstance(v, int) else v for k, v in weights.items()}


class TextWeights(Body):
    """How much a match in each field counts, by field."""

    weights: Annotated[dict[str, Annotated[float, Field(gt=0)]], Canonical(_floats)]


def _lifts(boost: float) -> float:
    if boost == 1:
        raise ValueError("must be other than 1, which lifts nothing")
    return boost


class _Function(Body):
    """Lifts by the value of a field."""

    fieldName: str
    # "Must be a positive number not equal to 1.0" (schema).
    boost: Annotated[float, Field(gt=0), AfterValidator(_lifts)]
    interpolation: Annotated[
        Literal["linear", "constant", "quadratic", "logarithmic"] | None, ServerDefault("linear")
    ] = None


class Distance(Body):
    """Kilometres from a point that the query names."""

    referencePointParameter: str
    boostingDistance: float


class DistanceFunction(_Function):
    """Near documents first."""

    type: Literal["distance"]
    distance: Distance


class Freshness(Body):
    """How long a document counts as fresh; negative, for what lies in the future."""

    boostingDuration: Duration


class FreshnessFunction(_Function):
    """New documents first."""

    type: Literal["freshness"]
    freshness: Freshness


class Magnitude(Body):
    """Between which values a number lifts."""

    boostingRangeStart: float
    boostingRangeEnd: float
    constantBoostBeyondRange: Annotated[bool | None, ServerDefault(False)] = None


class MagnitudeFunction(_Function):
    """High (or low) numbers first."""

    type: Literal["magnitude"]
    magnitude: Magnitude


class Tag(Body):
    """The tags that the query names."""

    tagsParameter: str


class TagFunction(_Function):
    """Documents that share a tag with the query first."""

    type: Literal["tag"]
    # "Not allowed in tag scoring functions", say the references of the two others.
    interpolation: Annotated[Literal["linear", "constant"] | None, ServerDefault("linear")] = None
    tag: Tag


ScoringFunction = Annotated[
    dict[str, Any],
    OneOf(
        tag="type",
        variants={
            "distance": f"{__name__}:DistanceFunction",
            "freshness": f"{__name__}:FreshnessFunction",
            "magnitude": f"{__name__}:MagnitudeFunction",
            "tag": f"{__name__}:TagFunction",
        },
    ),
]


class ScoringProfile(Body):
    """Weights and functions under a name. `firstMatching` reads the functions in order."""

    name: PartName
    text: TextWeights | None = None
    functions: Annotated[list[ScoringFunction] | None, Field(max_length=8)] = None
    # Returned as null when left out, and "sum" when sent (recordings-2020): the same thing.
    functionAggregation: Annotated[
        Literal["sum", "average", "minimum", "maximum", "firstMatching", "product"] | None,
        ServerDefault("sum"),
        ValuesSince({"product": "2025-11-01-preview|2026-04-01"}),
    ] = None
