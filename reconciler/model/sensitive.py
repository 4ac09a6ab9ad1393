"""A secret value inside a desired body: an opaque leaf that cannot be printed by accident."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

MASKS = frozenset({"<redacted>", "<REDACTED>", "***"})
"""What services and tools show in place of a secret: never a value, and dangerous to send."""


@dataclass(frozen=True, slots=True)
class Sensitive:
    """One secret string.

    `value` is None when it is not available here (a pull request from a fork) or when what the
    service holds is to be kept (`keep`). `needs` says which
    secrets are missing and where they should come from, for messages.
    """

    value: str | None = field(repr=False)
    keep: bool = False
    needs: tuple[str, ...] = ()

    def __str__(self) -> str:
        return "(sensitive value)"


def revealed(body: Any) -> Any:
    """A body with its secrets in clear: it goes to the wire and nowhere else."""
    if isinstance(body, Sensitive):
        return body.value
    if isinstance(body, dict):
        return {key: revealed(value) for key, value in body.items()}
    return [revealed(value) for value in body] if isinstance(body, list) else body
