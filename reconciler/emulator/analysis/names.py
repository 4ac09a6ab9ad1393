"""Second names of what is predefined: the service takes either (table of built-in analyzers)."""

from __future__ import annotations

# "standard (also referred to as standard.lucene)"; the other names of that table have no second.
FIRST_NAMES = {"standard": "standard.lucene"}


def first_name(name: str) -> str:
    """The name that the schema has for a built-in analyzer; any other name as it is."""
    return FIRST_NAMES.get(name, name)
