"""A secret value inside a desired body: an opaque leaf that cannot be printed by accident."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

from reconciler.model.json import map_leaves

MASKS = frozenset({"<redacted>", "<REDACTED>", "***"})
"""What services and tools show in place of a secret: never a value, and dangerous to send."""

KEEP = "<unchanged>"
"""What is sent in place of a secret to keep it; nothing is kept where no secret can stand."""

_REDACTED = r"(?:<|%3C)redacted(?:>|%3E)"
_ANY = rf"(?:{_REDACTED}|\*\*\*)"
_SCHEMES = r"(?:apikey|basic|bearer|digest|sharedaccesssignature|sharedkey)\s+"
_MASK = re.compile(_ANY, re.IGNORECASE)
_MASKED_KEY = re.compile(
    rf"\A(?:{_SCHEMES})?{_REDACTED}\Z|\A{_SCHEMES}{_ANY}\Z|={_ANY}(?=[;&#]|\Z)|:{_ANY}@",
    re.IGNORECASE,
)


def has_mask(text: str) -> bool:
    """Whether a mask stands in a string that is known to hold a secret."""
    return _MASK.search(text) is not None


def masks_a_key(value: Any) -> bool:
    """Whether any string is a mask, or has one where a key stands: `?code=<redacted>` (FACTS k).

    In a URL it may be encoded, in a header it may follow a scheme.
    """
    return isinstance(value, str) and _MASKED_KEY.search(value) is not None


def fits(shown: str, value: str) -> bool:
    """Whether a value may be what is shown: equal around the masks."""
    first, *others = _MASK.split(shown)
    if not others:
        return shown == value
    *middle, last = others
    if not value.startswith(first) or not value.endswith(last):
        return False
    position, end = len(first), len(value) - len(last)
    for part in middle:
        found = value.find(part, position + 1, end)
        if found < 0:
            return False
        position = found + len(part)
    return position < end


@dataclass(frozen=True, slots=True)
class Sensitive:
    """One secret string.

    `value` is None when it is not available here (a pull request from a fork) or when what the
    service holds is to be kept (`keep`). `needs` says which
    secrets are missing and where they should come from, for messages. `in_clear`: it stands in the
    manifest as it is.
    """

    value: str | None = field(repr=False)
    keep: bool = False
    needs: tuple[str, ...] = ()
    in_clear: bool = field(default=False, compare=False)

    def __str__(self) -> str:
        return "(sensitive value)"


def revealed(body: Any) -> Any:
    """A body with its secrets in clear: it goes to the wire and nowhere else."""
    return map_leaves(body, lambda leaf: leaf.value if isinstance(leaf, Sensitive) else leaf)
