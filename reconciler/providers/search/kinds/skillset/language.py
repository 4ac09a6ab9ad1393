"""Skills that understand text: its language, phrases and sentiment.

`modelVersion` left out stays null on GET (FACTS c), and means the latest.
"""

from __future__ import annotations

from typing import Annotated, ClassVar, Literal

from pydantic import Field

from reconciler.providers.search.kinds.skillset.codes import (
    KeyPhraseLanguage,
    SentimentLanguage,
)
from reconciler.providers.search.kinds.skillset.contract import (
    FREE,
    Contract,
    Reads,
    Writes,
)
from reconciler.providers.search.kinds.skillset.skill import Skill
from reconciler.providers.search.kinds.skillset.text import TEXT_AND_LANGUAGE
from reconciler.providers.search.kinds.skillset.types import (
    BOOLEAN,
    INTEGER,
    NUMBER,
    STRING,
    STRINGS,
    List,
    Type,
    record,
)
from reconciler.schema.marks import ServerDefault


class LanguageDetectionSkill(Skill):
    """The language of a text.

    https://learn.microsoft.com/azure/search/cognitive-search-skill-language-detection
    """

    contract: ClassVar = Contract(
        reads={"text": Reads(STRING), "countryHint": Reads(STRING, required=False)},
        writes={
            "languageCode": Writes(STRING),
            "languageName": Writes(STRING),
            "score": Writes(NUMBER),
        },
        free=FREE,
        longest=50_000,
    )

    odata_type: Literal["#Microsoft.Skills.Text.LanguageDetectionSkill"] = Field(
        alias="@odata.type"
    )
    defaultCountryHint: str | None = None
    modelVersion: str | None = None


class KeyPhraseExtractionSkill(Skill):
    """What a text is about.

    https://learn.microsoft.com/azure/search/cognitive-search-skill-keyphrases
    """

    contract: ClassVar = Contract(
        reads=TEXT_AND_LANGUAGE,
        writes={"keyPhrases": Writes(STRINGS)},
        free=FREE,
        longest=50_000,
    )

    odata_type: Literal["#Microsoft.Skills.Text.KeyPhraseExtractionSkill"] = Field(
        alias="@odata.type"
    )
    defaultLanguageCode: Annotated[KeyPhraseLanguage | None, ServerDefault("en")] = None
    maxKeyPhraseCount: int | None = None
    modelVersion: str | None = None


_SCORES = record(positive=NUMBER, neutral=NUMBER, negative=NUMBER)
_OPINION: dict[str, Type] = {
    "text": STRING,
    "sentiment": STRING,
    "confidenceScores": _SCORES,
    "offset": INTEGER,
    "length": INTEGER,
}
_SENTENCES = List(
    record(
        **_OPINION,
        targets=List(record(**_OPINION, relations=List(record(relationType=STRING, ref=STRING)))),
        assessments=List(record(**_OPINION, isNegated=BOOLEAN)),
    )
)


class SentimentSkill(Skill):
    """Positive, neutral or negative; of 5,000 characters at most.

    https://learn.microsoft.com/azure/search/cognitive-search-skill-sentiment-v3
    """

    contract: ClassVar = Contract(
        reads=TEXT_AND_LANGUAGE,
        writes={
            "sentiment": Writes(STRING),
            "confidenceScores": Writes(_SCORES),
            "sentences": Writes(_SENTENCES),
        },
        free=FREE,
        longest=5_000,
    )

    odata_type: Literal["#Microsoft.Skills.Text.V3.SentimentSkill"] = Field(alias="@odata.type")
    defaultLanguageCode: Annotated[SentimentLanguage | None, ServerDefault("en")] = None
    includeOpinionMining: Annotated[bool | None, ServerDefault(False)] = None
    modelVersion: str | None = None
