"""Semantic ranking: which fields the ranker reads, most important first.

https://learn.microsoft.com/azure/search/semantic-how-to-configure
"""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from reconciler.schema.body import Body
from reconciler.schema.marks import KeyedBy, ServerDefault, Since


class SemanticField(Body):
    """A field, by name."""

    fieldName: str


class PrioritizedFields(Body):
    """At least one of the three is needed; the order of the lists is the priority."""

    titleField: SemanticField | None = None
    prioritizedContentFields: list[SemanticField] | None = None
    prioritizedKeywordsFields: list[SemanticField] | None = None


class SemanticConfiguration(Body):
    """One way to rank. Its defaults are recorded (FACTS c)."""

    name: str
    prioritizedFields: PrioritizedFields
    rankingOrder: Annotated[
        Literal["BoostedRerankerScore", "RerankerScore"] | None,
        ServerDefault("BoostedRerankerScore"),
        Since("2025-03-01-preview|2025-09-01"),
    ] = None
    flightingOptIn: Annotated[bool | None, ServerDefault(False), Since("2025-05-01-preview")] = None


class Semantic(Body):
    """The configurations, and which one counts when a query names none."""

    defaultConfiguration: str | None = None
    configurations: Annotated[
        list[SemanticConfiguration] | None, KeyedBy("name"), Field(max_length=100)
    ] = None
