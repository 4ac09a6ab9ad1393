"""Skills that find things in text: entities, their pages, personal data.

`modelVersion` left out stays null on GET (FACTS c), and means the latest.
"""

from __future__ import annotations

from typing import Annotated, Any, ClassVar, Literal

from pydantic import Field

from reconciler.model.json import JsonObject
from reconciler.providers.search.kinds.skillset.codes import (
    EntityRecognitionLanguage,
)
from reconciler.providers.search.kinds.skillset.contract import (
    FREE,
    Contract,
    Given,
    Writes,
)
from reconciler.providers.search.kinds.skillset.skill import Skill
from reconciler.providers.search.kinds.skillset.text import TEXT_AND_LANGUAGE
from reconciler.providers.search.kinds.skillset.types import (
    INTEGER,
    NUMBER,
    STRING,
    STRINGS,
    List,
    Type,
    record,
)
from reconciler.schema.marks import Canonical, ServerChooses, ServerDefault, Unordered
from reconciler.schema.spelling import any_spelling

Precision = Annotated[float, Field(ge=0, le=1)]


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


_OUTPUTS = {
    "persons": "person",
    "locations": "location",
    "organizations": "organization",
    "quantities": "quantity",
    "dateTimes": "datetime",
    "urls": "url",
    "emails": "email",
    "personTypes": "persontype",
    "events": "event",
    "products": "product",
    "skills": "skill",
    "addresses": "address",
    "phoneNumbers": "phonenumber",
    "ipAddresses": "ipaddress",
}
"""The category that each output holds, in lower case."""


def _of_category(category: str) -> Writes:
    def found(skill: JsonObject, _: Given) -> Type | None:
        listed = skill.get("categories")
        if not isinstance(listed, list) or not listed or category in lower_and_sorted(listed):
            return STRINGS
        return None

    return Writes(found, f"`categories` lists `{category}`, or nothing")


_NAMED = List(
    record(
        category=STRING,
        subcategory=STRING,
        confidenceScore=NUMBER,
        length=INTEGER,
        offset=INTEGER,
        text=STRING,
    )
)


class EntityRecognitionSkill(Skill):
    """People, places, organizations, and eleven other categories.

    Left out, all categories are meant, and what GET lists then was seen for the old skill only.
    https://learn.microsoft.com/azure/search/cognitive-search-skill-entity-recognition-v3
    """

    contract: ClassVar = Contract(
        reads=TEXT_AND_LANGUAGE,
        writes={
            **{output: _of_category(category) for output, category in _OUTPUTS.items()},
            "namedEntities": Writes(_NAMED),
        },
        free=FREE,
        longest=50_000,
    )

    odata_type: Literal["#Microsoft.Skills.Text.V3.EntityRecognitionSkill"] = Field(
        alias="@odata.type"
    )
    categories: Annotated[
        list[Category] | None, ServerChooses(), Unordered(), Canonical(lower_and_sorted)
    ] = None
    defaultLanguageCode: Annotated[EntityRecognitionLanguage | None, ServerDefault("en")] = None
    minimumPrecision: Precision | None = None
    modelVersion: str | None = None


_LINKED = List(
    record(
        name=STRING,
        id=STRING,
        language=STRING,
        url=STRING,
        bingId=STRING,
        dataSource=STRING,
        matches=List(record(text=STRING, offset=INTEGER, length=INTEGER, confidenceScore=NUMBER)),
    )
)


class EntityLinkingSkill(Skill):
    """Entities with their page in Wikipedia.

    https://learn.microsoft.com/azure/search/cognitive-search-skill-entity-linking-v3
    """

    contract: ClassVar = Contract(
        reads=TEXT_AND_LANGUAGE,
        writes={"entities": Writes(_LINKED)},
        free=FREE,
        longest=50_000,
    )

    odata_type: Literal["#Microsoft.Skills.Text.V3.EntityLinkingSkill"] = Field(alias="@odata.type")
    defaultLanguageCode: Annotated[
        str | None, ServerDefault("en"), Field(examples=["en", "es"])
    ] = None
    minimumPrecision: Precision | None = None
    modelVersion: str | None = None


# The documentation's table writes `subType`, its sample `subtype` (SKILLS 1.2).
_PERSONAL = List(
    record(
        text=STRING,
        type=STRING,
        subtype=STRING,
        subType=STRING,
        score=NUMBER,
        offset=INTEGER,
        length=INTEGER,
    )
)


def _masked(skill: JsonObject, _: Given) -> Type | None:
    return None if skill.get("maskingMode") in (None, "none") else STRING


class PIIDetectionSkill(Skill):
    """Personal data, found or masked.

    https://learn.microsoft.com/azure/search/cognitive-search-skill-pii-detection
    """

    contract: ClassVar = Contract(
        reads=TEXT_AND_LANGUAGE,
        writes={
            "piiEntities": Writes(_PERSONAL),
            "maskedText": Writes(_masked, "`maskingMode: replace`"),
        },
        free=FREE,
        longest=50_000,
    )

    odata_type: Literal["#Microsoft.Skills.Text.PIIDetectionSkill"] = Field(alias="@odata.type")
    defaultLanguageCode: Annotated[str | None, ServerDefault("en")] = None
    minimumPrecision: Precision | None = None
    maskingMode: Annotated[Literal["none", "replace"] | None, ServerDefault("none")] = None
    maskingCharacter: Annotated[str | None, ServerDefault("*"), Field(max_length=1)] = None
    modelVersion: str | None = None
    piiCategories: Annotated[list[str] | None, Unordered()] = None
    domain: Annotated[str | None, ServerDefault("none"), Field(examples=["none", "phi"])] = None
