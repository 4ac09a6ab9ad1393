"""What we own and last wrote, and the run that is writing it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Literal

from reconciler.model.json import NOTHING, StoredJson
from reconciler.model.resource import DEFAULT_LIFECYCLE, Lifecycle
from reconciler.model.resource_id import ResourceId

RUNS_KEPT = 20
"""How many records of past runs a ledger holds."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One object that we own.

    Both bodies are without secrets: `written` as last declared, `read_back` raw as last read at
    `api_version` (`NOTHING` until it has been). `fingerprints` go by pointer; None: a secret
    stands there whose value on the service is not known.
    """

    id: ResourceId
    name_on_service: str
    api_version: str
    written: StoredJson
    read_back: StoredJson = NOTHING
    fingerprints: Mapping[str, str | None] = field(default_factory=dict)
    lifecycle: Lifecycle = DEFAULT_LIFECYCLE


@dataclass(frozen=True, slots=True)
class Intent:
    """What one step of a run meant to do, and the entry that is true once its object is done.

    One object may have several steps: it is done with the last of them.
    """

    resource: ResourceId
    action: Literal["create", "update", "delete", "wait"]
    entry: Entry | None


@dataclass(frozen=True, slots=True)
class Author:
    """Who runs it, and from which commit (empty: not known)."""

    who: str = ""
    commit: str = ""


@dataclass(frozen=True, slots=True)
class PendingRun:
    """A run that was started: every step that it set out to do, in order, by the step's id.

    What is found here at the next start was interrupted.

    Args:
        id: random; the lines of its journal carry it.
        plan: the plan's fingerprint.
        started: in ISO 8601.
        done: the steps that are known to be done, though their object needs more of them.
    """

    id: str
    plan: str
    intents: Mapping[str, Intent]
    started: str = ""
    author: Author = Author()
    done: frozenset[str] = frozenset()

    @property
    def resources(self) -> list[ResourceId]:
        """The objects that it set out to write, sorted."""
        return sorted({intent.resource for intent in self.intents.values()})

    def ended(self, outcome: Literal["done", "failed", "interrupted"], at: str = "") -> RunRecord:
        """What is kept of it."""
        return RunRecord(self.id, self.plan, self.started, at, self.author, outcome)


@dataclass(frozen=True, slots=True)
class RunRecord:
    """A run that is over; `ended` is empty when it was killed."""

    id: str
    plan: str
    started: str
    ended: str
    author: Author
    outcome: Literal["done", "failed", "interrupted"]


@dataclass(frozen=True, slots=True)
class LedgerIdentity:
    """Whose ledger it is, and which version of it; a plan carries that of the one it came from.

    `salt` is that of the fingerprints.
    """

    project: str
    environment: str
    endpoint: str
    lineage: str
    salt: str
    serial: int = 0


@dataclass(frozen=True, slots=True)
class Ledger:
    """An identity, the entries, the run in progress if one was started, and the last runs."""

    identity: LedgerIdentity
    entries: Mapping[ResourceId, Entry] = field(default_factory=dict)
    run: PendingRun | None = None
    runs: tuple[RunRecord, ...] = ()

    def with_entries(
        self, entries: Mapping[ResourceId, Entry], run: PendingRun | None = None
    ) -> Ledger:
        """The next version of this ledger."""
        return replace(
            self,
            identity=replace(self.identity, serial=self.identity.serial + 1),
            entries=dict(sorted(entries.items())),
            run=run,
        )

    def with_record(self, record: RunRecord) -> Ledger:
        """The same with one more run among the last ones."""
        return replace(self, runs=(*self.runs, record)[-RUNS_KEPT:])
