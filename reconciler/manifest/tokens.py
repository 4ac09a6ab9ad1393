"""Where expressions stand in a text, without evaluating them."""

from __future__ import annotations

import re

from reconciler.model.json import Json, leaves
from reconciler.model.resource_id import ResourceId

TOKEN = re.compile(r"\$\$\{|\$\{([^{}]*)\}")
REFERENCE = re.compile(r"([A-Za-z]+)\.([^/{}\s]+)((?:/[^\s{}]*)?)")


def references(value: Json) -> set[ResourceId]:
    """The documents whose values a value's expressions use."""
    used: set[ResourceId] = set()
    for _, text in leaves(value):
        for token in TOKEN.finditer(text) if isinstance(text, str) and "${" in text else ():
            match = REFERENCE.fullmatch((token.group(1) or "").strip())
            if match is not None and match.group(1) not in ("var", "env", "secret"):
                used.add(ResourceId(match.group(1), match.group(2)))
    return used


def only_expressions(text: str) -> bool:
    """Whether nothing of a text is written out."""
    return bool(text) and not re.sub(r"\$\{[^{}]*\}", "", text)
