"""What an executor tells of a step."""

from __future__ import annotations

from dataclasses import dataclass

from reconciler.model.json import NOTHING, StoredJson
from reconciler.model.outcome import Result


@dataclass(frozen=True, slots=True)
class Performed:
    """A step's result, and what the service shows now (without secrets) of what was written."""

    result: Result
    read_back: StoredJson = NOTHING
