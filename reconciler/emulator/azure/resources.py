"""What stands in the subscription: resources by id, in memory or in one file."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from reconciler.emulator.azure.address import covers
from reconciler.emulator.store import write

Body = dict[str, Any]


@dataclass
class Resource:
    """One resource. `body` is what a GET shows of it but for states; `hidden` what no GET shows.

    `until` is when its provisioning ends, in the emulator's time; `failure` how, if badly.
    """

    id: str
    type: str
    body: Body
    created: float
    hidden: Body = field(default_factory=dict)
    written: float = 0.0
    began: float = 0.0
    until: float = 0.0
    failure: Body | None = None

    @property
    def name(self) -> str:
        return self.id.rpartition("/")[2]

    @property
    def properties(self) -> Body:
        found: Body = self.body["properties"]
        return found

    def is_changing(self, now: float) -> bool:
        return now < self.until

    def has_failed(self, now: float) -> bool:
        return self.failure is not None and not self.is_changing(now)

    def stands(self, now: float) -> bool:
        """Whether it was provisioned well: a later change that goes on does not unmake it."""
        return bool(self.hidden.get("stood")) or not (self.is_changing(now) or self.failure)


class Resources:
    """Found by ids without case; in the order of their creation."""

    def __init__(self, file: Path | None) -> None:
        """Raises ValueError: the file holds something else."""
        self._file = file
        self._by_id: dict[str, Resource] = {}
        self.notes: Body = {}
        """What else is to be kept: JSON values by name."""
        if file is not None and file.exists():
            self._load(file)

    def get(self, id: str) -> Resource | None:
        return self._by_id.get(id.lower())

    def put(self, resource: Resource) -> None:
        self._by_id[resource.id.lower()] = resource

    def of_type(self, type: str, scope: str = "") -> list[Resource]:
        """Those of a type, at or beneath a scope; all of them without one."""
        return [
            found
            for found in self._by_id.values()
            if found.type == type and (not scope or covers(scope, found.id))
        ]

    def within(self, scope: str) -> list[Resource]:
        """What stands at or beneath a scope."""
        return [found for found in self._by_id.values() if covers(scope, found.id)]

    def remove(self, scope: str) -> list[Resource]:
        """Takes out everything at or beneath a scope, and gives it."""
        gone = self.within(scope)
        for found in gone:
            del self._by_id[found.id.lower()]
        return gone

    def clear(self) -> None:
        self._by_id.clear()
        self.notes.clear()

    def save(self) -> None:
        """Makes everything durable."""
        if self._file is not None:
            kept = [asdict(found) for found in self._by_id.values()]
            write(self._file, {"resources": kept, "notes": self.notes})

    def _load(self, file: Path) -> None:
        try:
            content = json.loads(file.read_text(encoding="utf-8"))
            for kept in content["resources"]:
                self.put(Resource(**kept))
            self.notes = dict(content["notes"])
        except (OSError, ValueError, TypeError, KeyError):
            raise ValueError(f"{file} is not the state of an emulated subscription") from None
