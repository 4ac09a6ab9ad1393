"""The emulator's time, and how long things take: a minute there is a second here."""

from __future__ import annotations

import time
from dataclasses import asdict, dataclass, fields
from datetime import UTC, datetime
from typing import Any


class Clock:
    """Seconds since 1970, and what a door has set ahead."""

    def __init__(self) -> None:
        self.ahead = 0.0

    def now(self) -> float:
        return time.time() + self.ahead

    def advance(self, seconds: float) -> None:
        self.ahead += seconds


def written(moment: float, digits: int = 7) -> str:
    """`2025-08-12T00:03:23.9346917Z`: .NET writes seven digits, systemData three."""
    whole = datetime.fromtimestamp(int(moment), UTC).strftime("%Y-%m-%dT%H:%M:%S")
    fraction = int((moment % 1) * 10**digits)
    return f"{whole}.{fraction:0{digits}d}Z"


@dataclass
class Durations:
    """In seconds; what they are in Azure: azure-management FACTS 2 and 4, in minutes mostly."""

    search_create: float = 9
    search_scale: float = 22
    search_network: float = 10
    search_ip_rules: float = 1
    search_name: float = 0.5
    """How long the name of a deleted service stays taken."""
    storage_create: float = 0.3
    container_name: float = 1
    """How long the name of a deleted container stays taken."""
    group_delete: float = 1
    principal: float = 0.7
    """Until the directory knows a new identity."""
    role: float = 5
    """Until a role assignment counts, and until one that was removed does not."""
    retry_after: float = 1
    """What Retry-After says: whole seconds."""

    def change(self, given: dict[str, Any]) -> None:
        """Sets some, by their JSON names. Raises ValueError for a strange one; then none is set."""
        names = {_json_name(field.name): field.name for field in fields(self)}
        strange = set(given) - set(names)
        if strange:
            raise ValueError(f"no duration {sorted(strange)}; there are {sorted(names)}")
        for value in given.values():
            if isinstance(value, bool) or not isinstance(value, int | float) or value < 0:
                raise ValueError("a duration is a number of seconds")
        for name, value in given.items():
            setattr(self, names[name], value)

    def shown(self) -> dict[str, float]:
        return {_json_name(name): value for name, value in asdict(self).items()}


def _json_name(name: str) -> str:
    head, *tail = name.split("_")
    return head + "".join(word.capitalize() for word in tail)
