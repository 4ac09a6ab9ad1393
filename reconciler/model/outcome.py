"""What became of each step of a plan."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from reconciler.model.resource_id import ResourceId


@dataclass(frozen=True, slots=True)
class Result:
    """One step's end. `unclear`: the reply was lost and reading did not settle what happened."""

    step: str
    resource: ResourceId
    status: Literal["done", "failed", "skipped", "unclear", "not-started"]
    error: str = ""
    seconds: float = 0.0
    attempts: int = 0
    request_id: str = ""


@dataclass(frozen=True, slots=True)
class Outcome:
    """The results of a run, in the order in which the steps ended."""

    results: tuple[Result, ...] = ()
    interrupted: bool = False

    @property
    def ok(self) -> bool:
        return not self.interrupted and all(result.status == "done" for result in self.results)

    @property
    def ending(self) -> Literal["done", "failed", "interrupted"]:
        return "done" if self.ok else "interrupted" if self.interrupted else "failed"

    @property
    def exit_code(self) -> int:
        return 0 if self.ok else 1

    def count(self, status: str) -> int:
        return sum(result.status == status for result in self.results)
