"""One mark, as we read it and as the emulator does."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Row:
    """`said` is what the mark claims, `seen` what the emulator did.

    `message` is the emulator's refusal, if there was one: it leads to the rule behind it.
    """

    where: str
    mark: str
    said: str
    seen: str
    agrees: bool
    message: str = ""
