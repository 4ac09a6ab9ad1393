"""Markdown tables."""

from __future__ import annotations

from collections.abc import Iterable


def table(head: tuple[str, ...], lines: Iterable[tuple[str, ...]]) -> str:
    """A table with a line for each tuple."""
    body = [" | ".join(map(_cell, line)) for line in (head, ("---",) * len(head), *lines)]
    return "\n".join(f"| {line} |" for line in body)


def _cell(text: str) -> str:
    return " ".join(text.split()).replace("|", "\\|")
