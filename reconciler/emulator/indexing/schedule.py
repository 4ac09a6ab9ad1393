"""When scheduled indexers are due."""

from __future__ import annotations

import heapq
import re
from datetime import datetime, timedelta
from typing import Any, NamedTuple

from reconciler.emulator.store import Record

INTERVAL = re.compile(r"P(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)(?:\.\d+)?S)?)?")


def interval_of(text: str) -> timedelta:
    """An XSD dayTimeDuration; zero when it is none."""
    match = INTERVAL.fullmatch(text)
    parts = match.groups() if match else (0,) * 4
    days, hours, minutes, seconds = (int(part or 0) for part in parts)
    return timedelta(days=days, hours=hours, minutes=minutes, seconds=seconds)


def following(schedule: dict[str, Any], now: datetime) -> datetime:
    """The first time after `now` at which a run is due: overdue ones are skipped (SKILLS 4.2)."""
    start = datetime.fromisoformat(schedule["startTime"])
    if start.tzinfo is None:
        start = start.replace(tzinfo=now.tzinfo)
    if start > now:
        return start
    interval = interval_of(schedule["interval"])
    return start + interval * ((now - start) // interval + 1)


class Slot(NamedTuple):
    """The next run of an indexer under a schedule."""

    schedule: dict[str, Any]
    at: datetime


class Schedule:
    """Every scheduled indexer's next run, counted from when its schedule was first seen."""

    def __init__(self) -> None:
        self._slots: dict[str, Slot] = {}
        self._queue: list[tuple[datetime, str]] = []  # may hold slots that are not in force

    def see(self, record: Record, now: datetime) -> None:
        """Takes note of an indexer that was written."""
        schedule = record.body.get("schedule")
        slot = self._slots.get(record.name)
        if not schedule or record.body.get("disabled"):
            self._slots.pop(record.name, None)
        elif slot is None or slot.schedule != schedule:
            self._set(record.name, dict(schedule), now)

    def due(self, now: datetime) -> list[str]:
        """The names of those whose time has come; each is then due again at its next slot."""
        found = []
        while self._queue and self._queue[0][0] <= now:
            at, name = heapq.heappop(self._queue)
            slot = self._slots.get(name)
            if slot is not None and slot.at == at:
                found.append(name)
                self._set(name, slot.schedule, now)
        return found

    def forget(self, name: str) -> None:
        self._slots.pop(name, None)

    @property
    def next(self) -> datetime | None:
        """When to look again; None when nothing is scheduled."""
        return self._queue[0][0] if self._queue else None

    def _set(self, name: str, schedule: dict[str, Any], now: datetime) -> None:
        slot = Slot(schedule, following(schedule, now))
        self._slots[name] = slot
        heapq.heappush(self._queue, (slot.at, name))
