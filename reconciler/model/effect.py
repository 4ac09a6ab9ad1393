"""What an edit does to a running service, from harmless to grave."""

from __future__ import annotations

from enum import IntEnum


class Effect(IntEnum):
    """Ordered by gravity: a change takes the gravest of its edits."""

    IN_PLACE = 0
    """Takes effect at once, no data touched."""
    BRIEF_DOWNTIME = 1
    """Needs `allowIndexDowntime`: the index is offline for seconds."""
    REPROCESS = 2
    """Stored documents keep the old result until the indexer is reset and run."""
    RECREATE = 3
    """Cannot be changed in place: another object has to take its place."""
    REBUILD = 4
    """Cannot be changed in place: an index has to be built and filled anew."""
    DESTROYS_DATA = 5
    """Documents are lost."""

    @property
    def label(self) -> str:
        return self.name.lower().replace("_", "-")
