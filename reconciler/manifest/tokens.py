"""Where expressions stand in a text, without evaluating them."""

from __future__ import annotations

import re

from reconciler.model.json import Json
from reconciler.model.resource_id import ResourceId

TOKEN = re.compile(r"\$\$\{|\$\{([^{}]*)\}")
REFERENCE = re.compile(r"([A-Za-z]+)\.([^/{}\s]+)((?:/[^\s{}]*)?)")


def references(value: Json) -> set[ResourceId]:
    """The documents whose values a value's expressions use."""
    found: set[ResourceId] = set()
    if isinstance(value, str):
        for token in TOKEN.finditer(value) if "${" in value else ():
            match = REFERENCE.fullmatch((token.group(1) or "").strip())
            if match is not None and match.group(1) not in ("var", "env", "secret"):
                found.add(ResourceId(match.group(1), match.group(2)))
    elif isinstance(value, (dict, list)):
        for inner in value.values() if isinstance(value, dict) else value:
            found |= references(inner)
    return found


def only_expressions(text: str) -> bool:
    """Whether nothing of a text is written out."""
    return bool(text) and not re.sub(r"\$\{[^{}]*\}", "", text)
