"""What is said about an item: errors and warnings in the shape of an indexer's status."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any
from urllib.parse import quote

from reconciler.emulator.indexing.functions import url_token

LINK = "https://go.microsoft.com/fwlink/?linkid=2049388"
INVALID = "Could not index document because some of the document's data was not valid."
KEPT = 1000
"""How many errors, and how many warnings, a run keeps: the rest is counted only."""


class ItemFailed(Exception):
    """An item cannot be indexed; `name` is the part of the pipeline as the service names it."""

    def __init__(
        self, name: str, message: str, details: str = "", status: int = 400, link: str = ""
    ) -> None:
        super().__init__(message)
        self.name = name
        self.message = message
        self.details = details
        self.status = status
        self.link = link or LINK


def item_key(url: str, key: str = "") -> str:
    """SKILLS 3.2: how live errors name an item of a blob."""
    return f"localId={quote(url, safe='')}&documentKey={quote(key or url_token(url), safe='')}"


@dataclass
class Problems:
    """The errors and warnings of one run, up to a limit each."""

    errors: list[dict[str, Any]] = field(default_factory=list)
    warnings: list[dict[str, Any]] = field(default_factory=list)

    def error(self, key: str, failure: ItemFailed) -> None:
        entry = {
            "key": key,
            "name": failure.name,
            "errorMessage": failure.message,
            "statusCode": failure.status,
            "details": failure.details or None,
            "documentationLink": failure.link,
        }
        if len(self.errors) < KEPT:
            self.errors.append(entry)

    def warning(self, key: str, name: str, message: str, details: str = "", link: str = "") -> None:
        entry = {
            "key": key,
            "name": name,
            "message": message,
            "details": details or None,
            "documentationLink": link or LINK,
        }
        if len(self.warnings) < KEPT:
            self.warnings.append(entry)
