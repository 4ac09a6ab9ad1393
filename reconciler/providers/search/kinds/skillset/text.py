"""Skills that cut, join, translate and look up text."""

from __future__ import annotations

from typing import Annotated, ClassVar, Literal

from pydantic import Field

from reconciler.model.json import JsonObject
from reconciler.providers.search.kinds.skillset.codes import (
    EntityLookupLanguage,
    SplitLanguage,
    TranslationLanguage,
)
from reconciler.providers.search.kinds.skillset.contract import (
    FREE,
    Contract,
    Given,
    Reads,
    Writes,
)
from reconciler.providers.search.kinds.skillset.skill import Skill
from reconciler.providers.search.kinds.skillset.types import (
    INTEGER,
    NUMBER,
    STRING,
    STRINGS,
    List,
    Type,
    record,
    text,
)
from reconciler.schema.body import Body
from reconciler.schema.marks import ServerChooses, ServerDefault, Since, Unordered


class TokenizerParameters(Body):
    """How tokens are counted (preview)."""

    encoderModelName: Annotated[
        Literal["r50k_base", "p50k_base", "p50k_edit", "cl100k_base"] | None,
        ServerDefault("cl100k_base"),
    ] = None
    allowedSpecialTokens: Annotated[list[str] | None, Unordered()] = None


TEXT_AND_LANGUAGE = {"text": Reads(STRING), "languageCode": Reads(STRING, required=False)}
"""What most skills on text read."""


def _chunks(skill: JsonObject, _: Given) -> Type:
    """Of pages the length is bounded, in characters unless tokens are counted."""
    in_characters = skill.get("unit") in (None, "characters")
    pages = skill.get("textSplitMode") in (None, "pages") and in_characters
    return List(text(skill.get("maximumPageLength") if pages else None))


_PLACE = List(record(utf8=INTEGER, utf16=INTEGER, codePoint=INTEGER))


class SplitSkill(Skill):
    """Chunks: pages of some length, or sentences.

    GET fills in overlap, number of pages and unit (recordings-modern/skillset_write_vs_get). The
    length left out is 5000 in the documentation and 10000 in the schema, and was never seen. It
    is at least 300 characters; of tokens no minimum is documented.
    https://learn.microsoft.com/azure/search/cognitive-search-skill-textsplit
    """

    contract: ClassVar = Contract(
        reads=TEXT_AND_LANGUAGE,
        writes={
            "textItems": Writes(_chunks),
            "offsets": Writes(_PLACE),
            "lengths": Writes(_PLACE),
            "ordinalPositions": Writes(List(INTEGER)),
        },
    )

    odata_type: Literal["#Microsoft.Skills.Text.SplitSkill"] = Field(alias="@odata.type")
    defaultLanguageCode: Annotated[SplitLanguage | None, ServerDefault("en")] = None
    textSplitMode: Annotated[Literal["pages", "sentences"] | None, ServerDefault("pages")] = None
    maximumPageLength: Annotated[int | None, ServerChooses(), Field(ge=1, le=50000)] = None
    pageOverlapLength: Annotated[int | None, ServerDefault(0), Field(ge=0)] = None
    maximumPagesToTake: Annotated[int | None, ServerDefault(0), Field(ge=0)] = None
    unit: Annotated[
        Literal["characters", "azureOpenAITokens"] | None,
        ServerDefault("characters"),
        Since("2024-09-01-preview"),
    ] = None
    azureOpenAITokenizerParameters: Annotated[
        TokenizerParameters | None, Since("2024-09-01-preview")
    ] = None


class MergeSkill(Skill):
    """Text with other text put into it at offsets.

    https://learn.microsoft.com/azure/search/cognitive-search-skill-textmerger
    """

    contract: ClassVar = Contract(
        reads={
            "text": Reads(STRING, required=False),
            "itemsToInsert": Reads(STRINGS),
            "offsets": Reads(List(INTEGER), required=False),
        },
        writes={"mergedText": Writes(STRING), "mergedOffsets": Writes(List(INTEGER))},
    )

    odata_type: Literal["#Microsoft.Skills.Text.MergeSkill"] = Field(alias="@odata.type")
    insertPreTag: Annotated[str | None, ServerDefault(" ")] = None
    insertPostTag: Annotated[str | None, ServerDefault(" ")] = None


class TranslationSkill(Skill):
    """Text in another language.

    https://learn.microsoft.com/azure/search/cognitive-search-skill-text-translation
    """

    contract: ClassVar = Contract(
        reads={
            "text": Reads(STRING),
            "toLanguageCode": Reads(STRING, required=False),
            "fromLanguageCode": Reads(STRING, required=False),
        },
        writes={
            "translatedText": Writes(STRING),
            "translatedToLanguageCode": Writes(STRING),
            "translatedFromLanguageCode": Writes(STRING),
        },
        free=FREE,
        longest=50_000,
    )

    odata_type: Literal["#Microsoft.Skills.Text.TranslationSkill"] = Field(alias="@odata.type")
    defaultToLanguageCode: TranslationLanguage
    defaultFromLanguageCode: TranslationLanguage | None = None
    suggestedFrom: Annotated[TranslationLanguage | None, ServerDefault("en")] = None


class EntityAlias(Body):
    """Another spelling of an entity."""

    text: str
    caseSensitive: bool | None = None
    accentSensitive: bool | None = None
    fuzzyEditDistance: Annotated[int | None, Field(ge=0, le=5)] = None


class CustomEntity(Body):
    """What to look for. Its switches, left out, come from the skill's `globalDefault…`."""

    name: str
    description: str | None = None
    type: str | None = None
    subtype: str | None = None
    id: str | None = None
    caseSensitive: bool | None = None
    accentSensitive: bool | None = None
    fuzzyEditDistance: Annotated[int | None, Field(ge=0, le=5)] = None
    defaultCaseSensitive: bool | None = None
    defaultAccentSensitive: bool | None = None
    defaultFuzzyEditDistance: Annotated[int | None, Field(ge=0, le=5)] = None
    aliases: list[EntityAlias] | None = None


_LOOKED_UP = List(
    record(
        name=STRING,
        id=STRING,
        description=STRING,
        type=STRING,
        subtype=STRING,
        matches=List(record(text=STRING, offset=INTEGER, length=INTEGER, matchDistance=NUMBER)),
    )
)


class CustomEntityLookupSkill(Skill):
    """Words of a list of yours, given here or in a file that is read when a run starts.

    https://learn.microsoft.com/azure/search/cognitive-search-skill-custom-entity-lookup
    """

    contract: ClassVar = Contract(
        reads=TEXT_AND_LANGUAGE,
        writes={"entities": Writes(_LOOKED_UP)},
        free=FREE,
    )

    odata_type: Literal["#Microsoft.Skills.Text.CustomEntityLookupSkill"] = Field(
        alias="@odata.type"
    )
    defaultLanguageCode: Annotated[EntityLookupLanguage | None, ServerDefault("en")] = None
    entitiesDefinitionUri: str | None = None
    inlineEntitiesDefinition: list[CustomEntity] | None = None
    globalDefaultCaseSensitive: Annotated[bool | None, ServerDefault(False)] = None
    globalDefaultAccentSensitive: Annotated[bool | None, ServerDefault(False)] = None
    globalDefaultFuzzyEditDistance: Annotated[
        int | None,
        ServerDefault(0),
        Field(ge=0, le=5),
    ] = None
