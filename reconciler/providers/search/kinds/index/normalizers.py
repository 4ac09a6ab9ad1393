"""Normalizers: what filters, facets and sorting see of a string.

https://learn.microsoft.com/azure/search/search-normalizers
"""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from reconciler.providers.search.kinds.builtin import NormalizerFilterName
from reconciler.providers.search.kinds.index.component import Component


class CustomNormalizer(Component):
    """Char filters and token filters over a whole value, in the order listed."""

    odata_type: Literal["#Microsoft.Azure.Search.CustomNormalizer"] = Field(alias="@odata.type")
    tokenFilters: list[NormalizerFilterName] | None = None
    charFilters: list[str] | None = None
