"""Skills that understand text: language, entities, phrases, sentiment, personal data.

`modelVersion` left out stays null on GET (FACTS c), and means the latest.
"""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import Field

from reconciler.providers.search.kinds.skillset.codes import (
    EntityRecognitionLanguage,
    KeyPhraseLanguage,
    SentimentLanguage,
)
from reconciler.providers.search.kinds.skillset.skill import Skill
from reconciler.schema.marks import Canonical, ServerChooses, ServerDefault, Unordered
from reconciler.schema.spelling import any_spelling

Precision = Annotated[float, Field(ge=0, le=1)]


class LanguageDetectionSkill(Skill):
    """The language of a text.

    https://learn.microsoft.com/azure/search/cognitive-search-skill-language-detection
    """

    odata_type: Literal["#Microsoft.Skills.Text.LanguageDetectionSkill"] = Field(
        alias="@odata.type"
    )
    defaultCountryHint: str | None = None
    modelVersion: str | None = None


class KeyPhraseExtractionSkill(Skill):
    """What a text is about.

    https://learn.microsoft.com/azure/search/cognitive-search-skill-keyphrases
    """

    odata_type: Literal["#Microsoft.Skills.Text.KeyPhraseExtractionSkill"] = Field(
        alias="@odata.type"
    )
    defaultLanguageCode: Annotated[KeyPhraseLanguage | None, ServerDefault("en")] = None
    maxKeyPhraseCount: int | None = None
    modelVersion: str | None = None


def lower_and_sorted(categories: Any) -> Any:
    if not isinstance(categories, list):
        return categories
    return sorted(c.lower() if isinstance(c, str) else str(c) for c in categories)


_Listed = Literal[
    "location",
    "organization",
    "person",
    "quantity",
    "datetime",
    "url",
    "email",
    "Location",
    "Organization",
    "Person",
    "PersonType",
    "personType",
    "Quantity",
    "DateTime",
    "URL",
    "Email",
    "Event",
    "Product",
    "Skill",
    "Address",
    "PhoneNumber",
    "phoneNumber",
    "IPAddress",
    "ipAddress",
]
Category = Annotated[_Listed, any_spelling(_Listed, str.lower)]
"""The schema lists seven, in lower case; the documentation fourteen, spelled so (SKILLS 1.2).

The service returned capitals (recordings-2020), and samples write `Datetime`: case does not count.
"""


class EntityRecognitionSkill(Skill):
    """People, places, organizations, and eleven other categories.

    Left out, all categories are meant, and what GET lists then was seen for the old skill only.
    https://learn.microsoft.com/azure/search/cognitive-search-skill-entity-recognition-v3
    """

    odata_type: Literal["#Microsoft.Skills.Text.V3.EntityRecognitionSkill"] = Field(
        alias="@odata.type"
    )
    categories: Annotated[
        list[Category] | None, ServerChooses(), Unordered(), Canonical(lower_and_sorted)
    ] = None
    defaultLanguageCode: Annotated[EntityRecognitionLanguage | None, ServerDefault("en")] = None
    minimumPrecision: Precision | None = None
    modelVersion: str | None = None


class EntityLinkingSkill(Skill):
    """Entities with their page in Wikipedia.

    https://learn.microsoft.com/azure/search/cognitive-search-skill-entity-linking-v3
    """

    odata_type: Literal["#Microsoft.Skills.Text.V3.EntityLinkingSkill"] = Field(alias="@odata.type")
    defaultLanguageCode: Annotated[str | None, ServerDefault("en")] = None
    minimumPrecision: Precision | None = None
    modelVersion: str | None = None


class SentimentSkill(Skill):
    """Positive, neutral or negative; of 5,000 characters at most.

    https://learn.microsoft.com/azure/search/cognitive-search-skill-sentiment-v3
    """

    odata_type: Literal["#Microsoft.Skills.Text.V3.SentimentSkill"] = Field(alias="@odata.type")
    defaultLanguageCode: Annotated[SentimentLanguage | None, ServerDefault("en")] = None
    includeOpinionMining: Annotated[bool | None, ServerDefault(False)] = None
    modelVersion: str | None = None


class PIIDetectionSkill(Skill):
    """Personal data, found or masked.

    https://learn.microsoft.com/azure/search/cognitive-search-skill-pii-detection
    """

    odata_type: Literal["#Microsoft.Skills.Text.PIIDetectionSkill"] = Field(alias="@odata.type")
    defaultLanguageCode: Annotated[str | None, ServerDefault("en")] = None
    minimumPrecision: Precision | None = None
    maskingMode: Annotated[Literal["none", "replace"] | None, ServerDefault("none")] = None
    maskingCharacter: Annotated[str | None, ServerDefault("*"), Field(max_length=1)] = None
    modelVersion: str | None = None
    piiCategories: Annotated[list[str] | None, Unordered()] = None
    domain: Annotated[str | None, ServerDefault("none")] = None
