"""What became of one Check or EmbeddingModel."""

from __future__ import annotations

from dataclasses import dataclass

from reconciler.model.resource_id import ResourceId


@dataclass(frozen=True, slots=True)
class Failure:
    """One thing that does not hold: what was asked, what came of it, and what to do.

    `status` is that of HTTP, where a service refused; else 0.
    """

    asked: str
    why: str
    fix: str = ""
    status: int = 0


@dataclass(frozen=True, slots=True)
class AssertionResult:
    """What holds, in a few words each, and what does not."""

    id: ResourceId
    facts: tuple[str, ...] = ()
    failures: tuple[Failure, ...] = ()

    @property
    def ok(self) -> bool:
        return not self.failures
