"""Skills that open files: text, layout and images of a document."""

from __future__ import annotations

from typing import Annotated, Any, ClassVar, Literal

from pydantic import Field

from reconciler.model.json import JsonObject
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
    FILE,
    IMAGE,
    INTEGER,
    STRING,
    List,
    Object,
    Type,
    record,
    text,
)
from reconciler.schema.body import Body
from reconciler.schema.marks import ServerDefault, Since, Unordered, ValuesSince

ExtractionOptions = Annotated[list[Literal["images", "locationMetadata"]], Unordered()]

_EXTRACTED = ["contentAndMetadata", "allMetadata"]


def _extracted_images(skill: JsonObject, _: Given) -> Type | None:
    configuration = skill.get("configuration")
    if not isinstance(configuration, dict):
        return None
    return None if configuration.get("imageAction") in (None, "none") else List(IMAGE)


class DocumentExtractionSkill(Skill):
    """What an indexer's own cracking does, as a step in the skillset.

    https://learn.microsoft.com/azure/search/cognitive-search-skill-document-extraction
    """

    contract: ClassVar = Contract(
        reads={"file_data": Reads(FILE)},
        writes={
            "content": Writes(STRING),
            "normalized_images": Writes(
                _extracted_images, "`configuration.imageAction` that makes images"
            ),
        },
    )

    odata_type: Literal["#Microsoft.Skills.Util.DocumentExtractionSkill"] = Field(
        alias="@odata.type"
    )
    parsingMode: Annotated[
        str | None, ServerDefault("default"), Field(examples=["default", "text", "json"])
    ] = None
    dataToExtract: Annotated[
        str | None, ServerDefault("contentAndMetadata"), Field(examples=_EXTRACTED)
    ] = None
    configuration: dict[str, Any] | None = None


class LayoutChunking(Body):
    """How text is cut, when the output is text."""

    unit: Annotated[Literal["characters"] | None, ServerDefault("characters")] = None
    maximumLength: Annotated[int | None, ServerDefault(500), Field(ge=300, le=50000)] = None
    overlapLength: Annotated[int | None, ServerDefault(0)] = None


_HEADERS = ("h1", "h2", "h3", "h4", "h5", "h6")


def _in_markdown(skill: JsonObject) -> bool:
    return skill.get("outputFormat") in (None, "markdown")


def _markdown(skill: JsonObject, _: Given) -> Type | None:
    """One for each section, with the headers above it down to the depth that is asked for."""
    if not _in_markdown(skill):
        return None
    depth = skill.get("markdownHeaderDepth")
    deep = _HEADERS.index(depth) + 1 if depth in _HEADERS else len(_HEADERS)
    sections = Object(dict.fromkeys(_HEADERS[:deep], STRING))
    return List(record(content=STRING, sections=sections, ordinal_position=INTEGER))


def _cut(skill: JsonObject) -> Type:
    """A chunk: 500 units where nothing is said."""
    chunking = skill.get("chunkingProperties")
    said = chunking if isinstance(chunking, dict) else {}
    if said.get("unit") not in (None, "characters"):
        return STRING
    return text(said.get("maximumLength") or 500)


def _layout_text(skill: JsonObject, _: Given) -> Type | None:
    place = record(pageNumber=INTEGER, ordinalPosition=INTEGER, boundingPolygons=STRING)
    written = record(id=STRING, content=_cut(skill), locationMetadata=place, sections=ANY)
    return None if _in_markdown(skill) else List(written)


def _found_images(place: Type) -> Writes:
    """Images with where they stand; none unless they are asked for."""

    def found(skill: JsonObject, _: Given) -> Type | None:
        options = skill.get("extractionOptions")
        if not isinstance(options, list) or "images" not in options:
            return None
        members = {**IMAGE.members, "id": STRING, "locationMetadata": place}
        return List(Object(members, "image"))

    return Writes(found, "`extractionOptions` lists `images`")


class LayoutSkill(Skill):
    """Document Intelligence's layout model: sections by heading, or text with its place.

    https://learn.microsoft.com/azure/search/cognitive-search-skill-document-intelligence-layout
    """

    contract: ClassVar = Contract(
        reads={"file_data": Reads(FILE)},
        writes={
            "markdown_document": Writes(_markdown, "`outputFormat: markdown`"),
            "text_sections": Writes(_layout_text, "`outputFormat: text`"),
            "normalized_images": _found_images(
                record(pageNumber=INTEGER, ordinalPosition=INTEGER, boundingPolygons=STRING)
            ),
        },
        free=FREE,
    )

    odata_type: Literal["#Microsoft.Skills.Util.DocumentIntelligenceLayoutSkill"] = Field(
        alias="@odata.type"
    )
    outputFormat: Annotated[Literal["text", "markdown"] | None, ServerDefault("markdown")] = None
    outputMode: Annotated[Literal["oneToMany"] | None, ServerDefault("oneToMany")] = None
    markdownHeaderDepth: Annotated[
        Literal["h1", "h2", "h3", "h4", "h5", "h6"] | None, ServerDefault("h6")
    ] = None
    extractionOptions: ExtractionOptions | None = None
    chunkingProperties: Annotated[LayoutChunking | None, ServerDefault({})] = None


class ContentChunking(Body):
    """How text is cut; chunks may span pages."""

    unit: Annotated[
        Literal["characters", "tokens"] | None,
        ServerDefault("characters"),
        ValuesSince({"tokens": "2026-08-01-preview"}),
    ] = None
    method: Annotated[
        Literal["fixedSize", "semantic"] | None,
        ServerDefault("fixedSize"),
        Since("2026-08-01-preview"),
    ] = None
    maximumLength: Annotated[int | None, ServerDefault(500), Field(le=50000)] = None
    overlapLength: Annotated[int | None, ServerDefault(0)] = None


_SPAN = record(pageNumberFrom=INTEGER, pageNumberTo=INTEGER, ordinalPosition=INTEGER, source=STRING)


def _understood(skill: JsonObject, _: Given) -> Type:
    return List(record(id=STRING, content=_cut(skill), locationMetadata=_SPAN))


class ContentUnderstandingSkill(Skill):
    """Content Understanding, on a Foundry resource of your own.

    https://learn.microsoft.com/azure/search/cognitive-search-skill-content-understanding
    """

    contract: ClassVar = Contract(
        reads={"file_data": Reads(FILE)},
        writes={"text_sections": Writes(_understood), "normalized_images": _found_images(_SPAN)},
        free=0,
    )

    odata_type: Literal["#Microsoft.Skills.Util.ContentUnderstandingSkill"] = Field(
        alias="@odata.type"
    )
    extractionOptions: ExtractionOptions | None = None
    chunkingProperties: Annotated[ContentChunking | None, ServerDefault({})] = None
