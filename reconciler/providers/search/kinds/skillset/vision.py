"""Skills that look at images."""

from __future__ import annotations

from typing import Annotated, Any, ClassVar, Literal

from pydantic import Field

from reconciler.model.json import JsonObject
from reconciler.providers.search.kinds.models import VisionVersion
from reconciler.providers.search.kinds.skillset.codes import ImageAnalysisLanguage, OcrLanguage
from reconciler.providers.search.kinds.skillset.contract import (
    FREE,
    Contract,
    Given,
    Reads,
    Writes,
)
from reconciler.providers.search.kinds.skillset.skill import Skill
from reconciler.providers.search.kinds.skillset.types import (
    ANY,
    BOOLEAN,
    IMAGE,
    INTEGER,
    NUMBER,
    STRING,
    STRINGS,
    List,
    Type,
    Vector,
    record,
)
from reconciler.schema.marks import Canonical, Deprecated, ServerDefault, Unordered


def _lower_first(value: Any) -> Any:
    return value[:1].lower() + value[1:] if isinstance(value, str) else value


_CORNERS = List(record(x=INTEGER, y=INTEGER))
_PRINTED = List(record(boundingBox=_CORNERS, text=STRING))
_LAYOUT = record(language=STRING, text=STRING, lines=_PRINTED, words=_PRINTED)


class OcrSkill(Skill):
    """Text in an image; one image a call, so the context ends in `/*`.

    https://learn.microsoft.com/azure/search/cognitive-search-skill-ocr
    """

    contract: ClassVar = Contract(
        reads={"image": Reads(IMAGE)},
        writes={"text": Writes(STRING), "layoutText": Writes(_LAYOUT)},
        free=FREE,
    )

    odata_type: Literal["#Microsoft.Skills.Vision.OcrSkill"] = Field(alias="@odata.type")
    defaultLanguageCode: Annotated[OcrLanguage | None, ServerDefault("en")] = None
    detectOrientation: Annotated[bool | None, ServerDefault(False)] = None
    # The documentation writes capitals, the schema and the service do not.
    lineEnding: Annotated[
        Literal[
            "space",
            "carriageReturn",
            "lineFeed",
            "carriageReturnLineFeed",
            "Space",
            "CarriageReturn",
            "LineFeed",
            "CarriageReturnLineFeed",
        ]
        | None,
        ServerDefault("space"),
        Canonical(_lower_first),
    ] = None
    # In the answers of every version to 2026-04-01, as null (FACTS c).
    textExtractionAlgorithm: Annotated[
        Literal["printed", "handwritten"] | None,
        Deprecated("the skill has one engine for all text, and does not read it"),
    ] = None


_BOX = record(x=INTEGER, y=INTEGER, w=INTEGER, h=INTEGER)
_FEATURES: dict[str, Type] = {
    "adult": record(
        isAdultContent=BOOLEAN,
        isGoryContent=BOOLEAN,
        isRacyContent=BOOLEAN,
        adultScore=NUMBER,
        goreScore=NUMBER,
        racyScore=NUMBER,
    ),
    "brands": List(record(name=STRING, confidence=NUMBER, rectangle=_BOX)),
    "categories": List(
        record(name=STRING, score=NUMBER, detail=record(celebrities=ANY, landmarks=ANY))
    ),
    "description": record(tags=STRINGS, captions=List(record(text=STRING, confidence=NUMBER))),
    "faces": List(record(age=INTEGER, gender=STRING, faceBoundingBox=ANY)),
    "objects": List(record(object=STRING, confidence=NUMBER, rectangle=_BOX, parent=ANY)),
    "tags": List(record(name=STRING, hint=STRING, confidence=NUMBER)),
}


def _of_feature(feature: str, written: Type) -> Writes:
    def found(skill: JsonObject, _: Given) -> Type | None:
        listed = skill.get("visualFeatures")
        return written if not isinstance(listed, list) or feature in listed else None

    return Writes(found, f"`visualFeatures` lists `{feature}`")


class ImageAnalysisSkill(Skill):
    """Tags, captions, objects. Each output needs its feature to be listed.

    https://learn.microsoft.com/azure/search/cognitive-search-skill-image-analysis
    """

    contract: ClassVar = Contract(
        reads={"image": Reads(IMAGE)},
        writes={feature: _of_feature(feature, type_) for feature, type_ in _FEATURES.items()},
        free=FREE,
    )

    odata_type: Literal["#Microsoft.Skills.Vision.ImageAnalysisSkill"] = Field(alias="@odata.type")
    defaultLanguageCode: Annotated[ImageAnalysisLanguage | None, ServerDefault("en")] = None
    visualFeatures: Annotated[
        list[Literal["adult", "brands", "categories", "description", "faces", "objects", "tags"]]
        | None,
        Unordered(),
    ] = None
    details: Annotated[list[Literal["celebrities", "landmarks"]] | None, Unordered()] = None


class VisionVectorizeSkill(Skill):
    """One vector space for images and text (preview): 1024 dimensions.

    https://learn.microsoft.com/azure/search/cognitive-search-skill-vision-vectorize
    """

    contract: ClassVar = Contract(
        reads={
            "text": Reads(STRING, required=False),
            "image": Reads(IMAGE, required=False),
            "url": Reads(STRING, required=False),
            "queryString": Reads(STRING, required=False),
        },
        writes={"vector": Writes(Vector(1024))},
        free=FREE,
    )

    odata_type: Literal["#Microsoft.Skills.Vision.VectorizeSkill"] = Field(alias="@odata.type")
    modelVersion: VisionVersion
