"""The service's rules for names, as annotated strings.

https://learn.microsoft.com/rest/api/searchservice/naming-rules
"""

from __future__ import annotations

from typing import Annotated

from reconciler.schema.naming import name_rule

IndexName = Annotated[
    str,
    name_rule(
        r"(?!.*[-_]{2})[a-z0-9][a-z0-9_-]{1,127}",
        "2 to 128 lower-case letters, digits, dashes and underscores, starting with a letter or "
        "digit, without two dashes or underscores in a row",
    ),
]
"""An index, and an alias, which shares the URL space of indexes (FACTS f, j)."""

ObjectName = Annotated[
    str,
    name_rule(
        r"[a-z0-9]([a-z0-9-]{0,126}[a-z0-9])?",
        "1 to 128 lower-case letters, digits and dashes, starting and ending with a letter or "
        "digit",
    ),
]
"""A data source, indexer, skillset, synonym map, knowledge source or knowledge base."""

FieldName = Annotated[
    str,
    name_rule(
        r"(?!azureSearch)[A-Za-z][A-Za-z0-9_]{0,127}",
        "1 to 128 letters, digits and underscores, starting with a letter, and not with "
        "azureSearch",
    ),
]

PartName = Annotated[
    str,
    name_rule(r"[A-Za-z0-9_]{1,128}", "1 to 128 letters, digits and underscores"),
]
"""A scoring profile or suggester."""

AnalysisName = Annotated[
    str,
    name_rule(
        r"[A-Za-z0-9]([A-Za-z0-9 _-]{0,126}[A-Za-z0-9])?",
        "1 to 128 letters, digits, spaces, dashes and underscores, starting and ending with a "
        "letter or digit",
    ),
]
"""An analyzer, tokenizer, token filter, char filter or normalizer (the schema's own words)."""
