"""How far an indexer got in its data source; kept with the indexer's record until it is reset."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

from reconciler.emulator.indexing.history import shown

NEVER = "0001-01-01T00:00:00Z"
OVERLAP = timedelta(seconds=30)  # SKILLS 4.2


@dataclass
class Tracking:
    """`seen` holds the etag of every blob that was dealt with; `since` is the service's own mark.

    What failed is not among them, so that the next run tries it again.
    """

    seen: dict[str, str] = field(default_factory=dict)
    since: str = NEVER

    @classmethod
    def of(cls, kept: dict[str, Any]) -> Tracking:
        return cls(dict(kept.get("seen") or {}), kept.get("since") or NEVER)

    def kept(self) -> dict[str, Any]:
        return {"seen": self.seen, "since": self.since}

    @property
    def mark(self) -> datetime:
        """What changed since then is read by the next run, whether it was dealt with or not."""
        return datetime.fromisoformat(self.since)

    def initial_state(self, began: datetime) -> str:
        """As recorded at the beginning of a run (indexer_blob_run)."""
        state = {
            "lastFullEnumerationStartTime": self.since,
            "lastAttemptedEnumerationStartTime": shown(began),
            "nameHighWaterMark": None,
        }
        return json.dumps(state, indent=2).replace("\n", "\r\n")

    def final_state(self, began: datetime) -> str:
        """As recorded at the end of a run that saw everything; it moves the mark."""
        mark = (began.astimezone(UTC) - OVERLAP).isoformat(timespec="microseconds")
        self.since = shown(began - OVERLAP)
        state = {
            "LastFullEnumerationStartTime": mark,
            "LastAttemptedEnumerationStartTime": mark,
            "NameHighWaterMark": None,
        }
        return json.dumps(state, separators=(",", ":"))
