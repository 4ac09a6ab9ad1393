"""Injected faults: rules that a test sets over HTTP, and which of them a request meets."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

# What a rule can do, and what else it may say.
FAULTS: dict[str, tuple[str, ...]] = {
    "status": ("status", "retryAfter"),  # answer with this status, do nothing
    "latency": ("seconds",),  # wait, then go on
    "lost-reply": (),  # do it, then cut the connection
    "reset": (),  # cut the connection before doing anything
    "hang": (),  # never answer
    "touch": (),  # the object's etag moves just before the request is handled
    "busy": (),  # an indexer run that the request starts stays in progress
}
ALWAYS = ("fault", "method", "path", "after", "times")


@dataclass
class Fault:
    """One rule; `matched` and `fired` count the requests so far."""

    fault: str
    method: str | None = None
    path: str | None = None
    after: int = 0
    times: int | None = 1
    status: int = 503
    retry_after: float | None = None
    seconds: float = 0.0
    matched: int = 0
    fired: int = 0
    pattern: re.Pattern[str] = field(default=re.compile(""), repr=False)

    @classmethod
    def of(cls, rule: dict[str, Any]) -> Fault:
        """Raises ValueError for a rule that makes no sense. `times` left out or null: for ever."""
        name = rule.get("fault")
        if not isinstance(name, str) or name not in FAULTS:
            raise ValueError(f"fault must be one of {', '.join(FAULTS)}")
        strange = set(rule) - {*ALWAYS, *FAULTS[name]}
        if strange:
            raise ValueError(f"{name} does not take {', '.join(sorted(strange))}")
        if name == "status" and not isinstance(rule.get("status"), int):
            raise ValueError("status needs a status")
        for text in ("method", "path"):
            if not isinstance(rule.get(text) or "", str):
                raise ValueError(f"{text} is a text")
        for number in ("after", "times"):
            if not isinstance(rule.get(number) or 0, int):
                raise ValueError(f"{number} is a whole number")
        if name == "latency" and not isinstance(rule.get("seconds"), int | float):
            raise ValueError("latency needs seconds")
        return cls(
            fault=name,
            method=rule.get("method"),
            path=rule.get("path"),
            after=int(rule.get("after") or 0),
            times=rule.get("times"),
            status=rule.get("status", 503),
            retry_after=rule.get("retryAfter"),
            seconds=float(rule.get("seconds", 0)),
            pattern=re.compile(rule.get("path") or ""),
        )

    def meets(self, method: str, path: str) -> bool:
        if self.method is not None and self.method.upper() != method:
            return False
        if not self.pattern.search(path):
            return False
        self.matched += 1
        if self.matched <= self.after or (self.times is not None and self.fired >= self.times):
            return False
        self.fired += 1
        return True

    @property
    def body(self) -> dict[str, Any]:
        """What an injected status is answered with."""
        return {
            "error": {"code": "", "message": f"Injected by the emulator: status {self.status}."}
        }

    def shown(self) -> dict[str, Any]:
        shown: dict[str, Any] = {key: getattr(self, key) for key in ALWAYS}
        values = {"status": self.status, "retryAfter": self.retry_after, "seconds": self.seconds}
        shown |= {key: values[key] for key in FAULTS[self.fault]}
        return shown | {"matched": self.matched, "fired": self.fired}


@dataclass
class Faults:
    """The rules in force."""

    rules: list[Fault] = field(default_factory=list)

    def replace(self, rules: object) -> None:
        if not isinstance(rules, list) or not all(isinstance(rule, dict) for rule in rules):
            raise ValueError("the body must be a list of rules")
        self.rules = [Fault.of(rule) for rule in rules]

    def met_by(self, method: str, path: str) -> dict[str, Fault]:
        """The rules that this request meets, by name; of two alike the first counts."""
        met: dict[str, Fault] = {}
        for rule in self.rules:
            if rule.meets(method, path):
                met.setdefault(rule.fault, rule)
        return met
