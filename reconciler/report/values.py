"""What is reported, where no other room has a noun for it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple, Protocol

from reconciler.model.problem import Problem, errors

if TYPE_CHECKING:
    from reconciler.lint.enrichment.facts import Facts
    from reconciler.model.outcome import Outcome
    from reconciler.model.plan import Plan
    from reconciler.model.resource_id import ResourceId
    from reconciler.operations.waiting import IndexerWait
    from reconciler.providers.search.indexers import IndexerStatus
    from reconciler.references import Link


class Unchanged(Protocol):
    """A plan that finds nothing to do: what it is for, and its numbers."""

    @property
    def project(self) -> str: ...

    @property
    def environment(self) -> str: ...

    @property
    def endpoint(self) -> str: ...

    @property
    def unchanged(self) -> int: ...

    @property
    def unmanaged(self) -> int: ...


class Disagreement(NamedTuple):
    """The plan that was approved, the one that would be done, and what is more in the latter."""

    approved: Plan
    plan: Plan
    excess: Sequence[str]


class Applied(NamedTuple):
    """What became of a plan, and of the indexers that were followed."""

    plan: Plan
    outcome: Outcome
    followed: Sequence[IndexerWait] = ()


class Judged(NamedTuple):
    """Problems, and how many documents were judged.

    `objects` and `local` count documents that are sent, and that are not; None: none were. `known`
    counts the problems that the baseline has, which are not told.
    """

    problems: Sequence[Problem]
    objects: int | None = None
    local: int = 0
    known: int = 0

    @property
    def errors(self) -> int:
        return len(errors(self.problems))


class Started(NamedTuple):
    """Why each indexer was not started (empty: it was), and how those ended that were followed."""

    reasons: Mapping[str, str]
    followed: Sequence[IndexerWait] = ()


class Statuses(NamedTuple):
    """The runs of indexers by name, and why they cannot be told of others."""

    found: Mapping[str, IndexerStatus]
    failed: Mapping[str, str] = {}


class Drawing(NamedTuple):
    """Declared objects, and what they need."""

    declared: Sequence[ResourceId]
    links: Sequence[Link]


class Enriched(NamedTuple):
    """The enriched document of a skillset, in each pipeline that it is part of."""

    skillset: ResourceId
    pipelines: Sequence[Facts]
