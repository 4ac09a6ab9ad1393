"""Skills that look at images."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import Field

from reconciler.providers.search.kinds.skillset.codes import ImageAnalysisLanguage, OcrLanguage
from reconciler.providers.search.kinds.skillset.skill import Skill
from reconciler.schema.marks import Canonical, Deprecated, ServerDefault, Unordered


def _lower_first(value: Any) -> Any:
    return value[:1].lower() + value[1:] if isinstance(value, str) else value


class OcrSkill(Skill):
    """Text in an image; one image a call, so the context ends in `/*`.

    https://learn.microsoft.com/azure/search/cognitive-search-skill-ocr
    """

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


class ImageAnalysisSkill(Skill):
    """Tags, captions, objects. Each output needs its feature to be listed.

    https://learn.microsoft.com/azure/search/cognitive-search-skill-image-analysis
    """

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

    odata_type: Literal["#Microsoft.Skills.Vision.VectorizeSkill"] = Field(alias="@odata.type")
    modelVersion: str
