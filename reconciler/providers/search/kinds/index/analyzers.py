"""Analyzers: how text becomes the tokens that are searched.

Defaults and maxima are those of the schema (FACTS, last section).
https://learn.microsoft.com/azure/search/index-add-custom-analyzers
"""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from reconciler.providers.search.kinds.builtin import CharFilterName, TokenFilterName, TokenizerName
from reconciler.providers.search.kinds.index.component import Component
from reconciler.providers.search.kinds.index.flags import Flags
from reconciler.schema.marks import ServerDefault, Unordered


class CustomAnalyzer(Component):
    """A tokenizer between char filters and token filters, which run in the order listed."""

    odata_type: Literal["#Microsoft.Azure.Search.CustomAnalyzer"] = Field(alias="@odata.type")
    tokenizer: TokenizerName
    tokenFilters: list[TokenFilterName] | None = None
    charFilters: list[CharFilterName] | None = None


class PatternAnalyzer(Component):
    """Splits text where a regular expression matches."""

    odata_type: Literal["#Microsoft.Azure.Search.PatternAnalyzer"] = Field(alias="@odata.type")
    lowercase: Annotated[bool | None, ServerDefault(True)] = None
    pattern: Annotated[str | None, ServerDefault("\\W+")] = None
    flags: Flags | None = None
    stopwords: Annotated[list[str] | None, Unordered()] = None


class StandardAnalyzer(Component):
    """Lucene's standard analyzer, with stopwords of yours."""

    odata_type: Literal["#Microsoft.Azure.Search.StandardAnalyzer"] = Field(alias="@odata.type")
    maxTokenLength: Annotated[int | None, ServerDefault(255), Field(le=300)] = None
    stopwords: Annotated[list[str] | None, Unordered()] = None


class StopAnalyzer(Component):
    """Splits at what is no letter, lowers case, and drops stopwords."""

    odata_type: Literal["#Microsoft.Azure.Search.StopAnalyzer"] = Field(alias="@odata.type")
    stopwords: Annotated[list[str] | None, Unordered()] = None
