"""Tokenizers: where text is cut.

Defaults and maxima are those of the schema (FACTS, last section).
https://learn.microsoft.com/azure/search/index-add-custom-analyzers#tokenizers
"""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from reconciler.providers.search.kinds.index.component import Component
from reconciler.providers.search.kinds.index.flags import Flags
from reconciler.providers.search.kinds.index.languages import StemmingLanguage, TokenizerLanguage
from reconciler.schema.marks import ServerDefault, Unordered

CharacterClass = Literal["letter", "digit", "whitespace", "punctuation", "symbol"]


class ClassicTokenizer(Component):
    """Grammar-based; for most European languages."""

    odata_type: Literal["#Microsoft.Azure.Search.ClassicTokenizer"] = Field(alias="@odata.type")
    maxTokenLength: Annotated[int | None, ServerDefault(255), Field(le=300)] = None


class EdgeNGramTokenizer(Component):
    """The beginnings of words, in several lengths."""

    odata_type: Literal["#Microsoft.Azure.Search.EdgeNGramTokenizer"] = Field(alias="@odata.type")
    minGram: Annotated[int | None, ServerDefault(1), Field(le=300)] = None
    maxGram: Annotated[int | None, ServerDefault(2), Field(le=300)] = None
    tokenChars: Annotated[list[CharacterClass] | None, Unordered()] = None


class KeywordTokenizer(Component):
    """All of the text as one token."""

    odata_type: Literal["#Microsoft.Azure.Search.KeywordTokenizer"] = Field(alias="@odata.type")
    bufferSize: Annotated[int | None, ServerDefault(256)] = None


class KeywordTokenizerV2(Component):
    """All of the text as one token."""

    odata_type: Literal["#Microsoft.Azure.Search.KeywordTokenizerV2"] = Field(alias="@odata.type")
    maxTokenLength: Annotated[int | None, ServerDefault(256), Field(le=300)] = None


class MicrosoftLanguageTokenizer(Component):
    """Splits by a language's rules."""

    odata_type: Literal["#Microsoft.Azure.Search.MicrosoftLanguageTokenizer"] = Field(
        alias="@odata.type"
    )
    maxTokenLength: Annotated[int | None, ServerDefault(255), Field(le=300)] = None
    isSearchTokenizer: Annotated[bool | None, ServerDefault(False)] = None
    language: Annotated[TokenizerLanguage | None, ServerDefault("english")] = None


class MicrosoftLanguageStemmingTokenizer(Component):
    """Splits by a language's rules and reduces words to their stems."""

    odata_type: Literal["#Microsoft.Azure.Search.MicrosoftLanguageStemmingTokenizer"] = Field(
        alias="@odata.type"
    )
    maxTokenLength: Annotated[int | None, ServerDefault(255), Field(le=300)] = None
    isSearchTokenizer: Annotated[bool | None, ServerDefault(False)] = None
    language: Annotated[StemmingLanguage | None, ServerDefault("english")] = None


class NGramTokenizer(Component):
    """All substrings of some lengths."""

    odata_type: Literal["#Microsoft.Azure.Search.NGramTokenizer"] = Field(alias="@odata.type")
    minGram: Annotated[int | None, ServerDefault(1), Field(le=300)] = None
    maxGram: Annotated[int | None, ServerDefault(2), Field(le=300)] = None
    tokenChars: Annotated[list[CharacterClass] | None, Unordered()] = None


class PathHierarchyTokenizerV2(Component):
    """A path, and every path above it."""

    odata_type: Literal["#Microsoft.Azure.Search.PathHierarchyTokenizerV2"] = Field(
        alias="@odata.type"
    )
    delimiter: Annotated[str | None, ServerDefault("/")] = None
    replacement: Annotated[str | None, ServerDefault("/")] = None
    maxTokenLength: Annotated[int | None, ServerDefault(300), Field(le=300)] = None
    reverse: Annotated[bool | None, ServerDefault(False)] = None
    skip: Annotated[int | None, ServerDefault(0)] = None


class PatternTokenizer(Component):
    """Splits, or picks groups, by a regular expression."""

    odata_type: Literal["#Microsoft.Azure.Search.PatternTokenizer"] = Field(alias="@odata.type")
    pattern: Annotated[str | None, ServerDefault("\\W+")] = None
    flags: Flags | None = None
    group: Annotated[int | None, ServerDefault(-1)] = None


class StandardTokenizer(Component):
    """Unicode text segmentation, old form."""

    odata_type: Literal["#Microsoft.Azure.Search.StandardTokenizer"] = Field(alias="@odata.type")
    maxTokenLength: Annotated[int | None, ServerDefault(255)] = None


class StandardTokenizerV2(Component):
    """Unicode text segmentation."""

    odata_type: Literal["#Microsoft.Azure.Search.StandardTokenizerV2"] = Field(alias="@odata.type")
    maxTokenLength: Annotated[int | None, ServerDefault(255), Field(le=300)] = None


class UaxUrlEmailTokenizer(Component):
    """Keeps URLs and addresses of mail as one token."""

    odata_type: Literal["#Microsoft.Azure.Search.UaxUrlEmailTokenizer"] = Field(alias="@odata.type")
    maxTokenLength: Annotated[int | None, ServerDefault(255), Field(le=300)] = None
