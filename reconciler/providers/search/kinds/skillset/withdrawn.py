"""Skills that the service has withdrawn: they are known, so that the error can name what to use."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from reconciler.providers.search.kinds.skillset.entities import (
    Category,
    Precision,
    lower_and_sorted,
)
from reconciler.providers.search.kinds.skillset.skill import Skill
from reconciler.schema.marks import Canonical, ServerDefault

# What GET lists when none were written (FACTS c, recordings-2020).
_ALL = ["Person", "Quantity", "Organization", "URL", "Email", "Location", "DateTime"]


class OldEntityRecognitionSkill(Skill):
    """Entities of seven categories.

    https://learn.microsoft.com/azure/search/cognitive-search-skill-entity-recognition
    """

    odata_type: Literal["#Microsoft.Skills.Text.EntityRecognitionSkill"] = Field(
        alias="@odata.type"
    )
    categories: Annotated[
        list[Category] | None, ServerDefault(_ALL), Canonical(lower_and_sorted)
    ] = None
    defaultLanguageCode: Annotated[str | None, ServerDefault("en")] = None
    includeTypelessEntities: Annotated[bool | None, ServerDefault(False)] = None
    minimumPrecision: Precision | None = None


class NamedEntityRecognitionSkill(Skill):
    """Entities of some categories: what came before the skill above."""

    odata_type: Literal["#Microsoft.Skills.Text.NamedEntityRecognitionSkill"] = Field(
        alias="@odata.type"
    )
    categories: Annotated[list[Category] | None, Canonical(lower_and_sorted)] = None
    defaultLanguageCode: str | None = None
    minimumPrecision: Precision | None = None


class OldSentimentSkill(Skill):
    """How positive a text is, as a number.

    https://learn.microsoft.com/azure/search/cognitive-search-skill-sentiment
    """

    odata_type: Literal["#Microsoft.Skills.Text.SentimentSkill"] = Field(alias="@odata.type")
    defaultLanguageCode: str | None = None
