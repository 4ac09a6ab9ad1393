"""Hints for the model that plans queries: what to filter by, what to lift (preview).

https://learn.microsoft.com/azure/search/agentic-knowledge-source-how-to-search-index
"""

from __future__ import annotations

from typing import Annotated, Any, Literal

from reconciler.model.effect import Effect
from reconciler.schema.body import Body
from reconciler.schema.marks import Changes, OneOf, Since


class FilterHint(Body):
    """A filterable field, and some of its values."""

    field: str
    fieldValues: list[str]
    filterInstructions: str | None = None


class FieldValueBoost(Body):
    """Lifts documents by the value of a field."""

    kind: Literal["fieldValue"]
    field: str
    fieldValues: list[str] | None = None
    boost: float
    boostInstructions: str | None = None


class MultiWordBoost(Body):
    """Lifts documents that have an expression of several words."""

    kind: Literal["multiWordExpression"]
    fieldValues: list[str] | None = None
    boost: float
    boostInstructions: str | None = None


Boost = Annotated[
    dict[str, Any],
    OneOf(
        tag="kind",
        variants={
            "fieldValue": f"{__name__}:FieldValueBoost",
            "multiWordExpression": f"{__name__}:MultiWordBoost",
        },
    ),
]


class QueryHints(Body):
    """Nothing in them must be unique, so that they go by their position."""

    filters: list[FilterHint] | None = None
    boosts: list[Boost] | None = None


OptionalHints = Annotated[QueryHints | None, Changes(Effect.IN_PLACE), Since("2026-08-01-preview")]
