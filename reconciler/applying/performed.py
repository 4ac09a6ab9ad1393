"""What an executor tells of a step."""

from __future__ import annotations

from dataclasses import dataclass

from reconciler.model import pointer
from reconciler.model.json import NOTHING, JsonObject, StoredJson
from reconciler.model.ledger import Entry
from reconciler.model.outcome import Result
from reconciler.providers import kind
from reconciler.schema.normalize import without_secrets


@dataclass(frozen=True, slots=True)
class Performed:
    """A step's result, and what the service shows now (without secrets) of what was written.

    `found_as` is the name on the service of what was there already, where that is another one.
    """

    result: Result
    read_back: StoredJson = NOTHING
    found_as: str = ""


def without_its_secrets(entry: Entry, body: JsonObject) -> StoredJson:
    """A body as the service shows it, without what the ledger knows for secrets of the object."""
    hidden = [pointer.parse(text) for text in entry.fingerprints]
    return StoredJson.of(without_secrets(kind(entry.id.kind).shape, body, hidden))
