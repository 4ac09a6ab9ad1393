"""When scheduled indexers are due."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any, NamedTuple

from reconciler.emulator.store import Record

INTERVAL = re.compile(r"P(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)(?:\.\d+)?S)?)?")


def interval_of(text: str) -> timedelta:
    """An XSD dayTimeDuration; zero when it is none."""
    match = INTERVAL.fullmatch(text)
    days, hours, minutes, seconds = (
        (int(part or 0) for part in match.groups()) if match else [0] * 4
    )
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
    """Remembers every indexer's next run, from when its schedule was first seen."""

    def __init__(self) -> None:
        self._slots: dict[str, Slot] = {}

    def due(self, indexers: Iterable[Record], now: datetime) -> list[Record]:
        """Those whose time has come; each is then due again at its next slot."""
        scheduled = {
            record.name: record
            for record in indexers
            if record.body.get("schedule") and not record.body.get("disabled")
        }
        self._slots = {name: slot for name, slot in self._slots.items() if name in scheduled}
        found = []
        for name, record in scheduled.items():
            schedule = record.body["schedule"]
            slot = self._slots.get(name)
            known = slot is not None and slot.schedule == schedule
            if known and slot is not None and now < slot.at:
                continue
            if known:
                found.append(record)
            self._slots[name] = Slot(dict(schedule), following(schedule, now))
        return found

    def wait(self, now: datetime) -> float | None:
        """Seconds until the next run; None when nothing is scheduled."""
        if not self._slots:
            return None
        return max(0.0, (min(slot.at for slot in self._slots.values()) - now).total_seconds())
