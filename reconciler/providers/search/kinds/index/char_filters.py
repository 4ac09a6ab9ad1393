"""Char filters: what is done to text before it is cut.

https://learn.microsoft.com/azure/search/index-add-custom-analyzers#character-filters
"""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from reconciler.providers.search.kinds.index.component import Component


class MappingCharFilter(Component):
    """Replaces strings: `a=>b`."""

    odata_type: Literal["#Microsoft.Azure.Search.MappingCharFilter"] = Field(alias="@odata.type")
    mappings: list[str]


class PatternReplaceCharFilter(Component):
    """Replaces what a regular expression matches in the text."""

    odata_type: Literal["#Microsoft.Azure.Search.PatternReplaceCharFilter"] = Field(
        alias="@odata.type"
    )
    pattern: str
    replacement: str
