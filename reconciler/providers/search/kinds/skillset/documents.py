"""Skills that open files: text, layout and images of a document."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import Field

from reconciler.providers.search.kinds.skillset.skill import Skill
from reconciler.schema.body import Body
from reconciler.schema.marks import ServerDefault, Since, Unordered, ValuesSince

ExtractionOptions = Annotated[list[Literal["images", "locationMetadata"]], Unordered()]


class DocumentExtractionSkill(Skill):
    """What an indexer's own cracking does, as a step in the skillset.

    https://learn.microsoft.com/azure/search/cognitive-search-skill-document-extraction
    """

    odata_type: Literal["#Microsoft.Skills.Util.DocumentExtractionSkill"] = Field(
        alias="@odata.type"
    )
    parsingMode: Annotated[str | None, ServerDefault("default")] = None
    dataToExtract: Annotated[str | None, ServerDefault("contentAndMetadata")] = None
    configuration: dict[str, Any] | None = None


class LayoutChunking(Body):
    """How text is cut, when the output is text."""

    unit: Annotated[Literal["characters"] | None, ServerDefault("characters")] = None
    maximumLength: Annotated[int | None, ServerDefault(500), Field(ge=300, le=50000)] = None
    overlapLength: Annotated[int | None, ServerDefault(0)] = None


class LayoutSkill(Skill):
    """Document Intelligence's layout model: sections by heading, or text with its place.

    https://learn.microsoft.com/azure/search/cognitive-search-skill-document-intelligence-layout
    """

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


class ContentUnderstandingSkill(Skill):
    """Content Understanding, on a Foundry resource of your own.

    https://learn.microsoft.com/azure/search/cognitive-search-skill-content-understanding
    """

    odata_type: Literal["#Microsoft.Skills.Util.ContentUnderstandingSkill"] = Field(
        alias="@odata.type"
    )
    extractionOptions: ExtractionOptions | None = None
    chunkingProperties: Annotated[ContentChunking | None, ServerDefault({})] = None
