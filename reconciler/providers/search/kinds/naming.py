"""The service's rules for names, as annotated strings.

https://learn.microsoft.com/rest/api/searchservice/naming-rules
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Annotated, Any

from pydantic import AfterValidator


@dataclass(frozen=True)
class _Rule(AfterValidator):
    """A validator that editors can know of, too."""

    pattern: str = ""

    def __get_pydantic_json_schema__(self, core: Any, handler: Any) -> dict[str, Any]:
        return {**handler(core), "pattern": f"^({self.pattern})$"}


def _rule(pattern: str, text: str) -> _Rule:
    """Names must match the pattern; the text says the rule, never the name."""
    compiled = re.compile(pattern)

    def check(name: str) -> str:
        if compiled.fullmatch(name) is None:
            raise ValueError(f"must be {text}")
        return name

    return _Rule(check, pattern)


IndexName = Annotated[
    str,
    _rule(
        r"(?!.*[-_]{2})[a-z0-9][a-z0-9_-]{1,127}",
        "2 to 128 lower-case letters, digits, dashes and underscores, starting with a letter or "
        "digit, without two dashes or underscores in a row",
    ),
]
"""An index, and an alias, which shares the URL space of indexes (FACTS f, j)."""

ObjectName = Annotated[
    str,
    _rule(
        r"[a-z0-9]([a-z0-9-]{0,126}[a-z0-9])?",
        "1 to 128 lower-case letters, digits and dashes, starting and ending with a letter or "
        "digit",
    ),
]
"""A data source, indexer, skillset, synonym map, knowledge source or knowledge base."""

FieldName = Annotated[
    str,
    _rule(
        r"(?!azureSearch)[A-Za-z][A-Za-z0-9_]{0,127}",
        "1 to 128 letters, digits and underscores, starting with a letter, and not with "
        "azureSearch",
    ),
]

PartName = Annotated[
    str,
    _rule(r"[A-Za-z0-9_]{1,128}", "1 to 128 letters, digits and underscores"),
]
"""A scoring profile or suggester."""

AnalysisName = Annotated[
    str,
    _rule(
        r"[A-Za-z0-9]([A-Za-z0-9 _-]{0,126}[A-Za-z0-9])?",
        "1 to 128 letters, digits, spaces, dashes and underscores, starting and ending with a "
        "letter or digit",
    ),
]
"""An analyzer, tokenizer, token filter, char filter or normalizer (the schema's own words)."""
