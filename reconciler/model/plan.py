"""A plan: what a person reads (changes), what apply does (steps), and what stands in the way."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum
from typing import Any, Literal

from reconciler.model.effect import Effect
from reconciler.model.json import JsonObject
from reconciler.model.ledger import Entry, Ledger, LedgerIdentity
from reconciler.model.pointer import Path
from reconciler.model.problem import Problem, errors
from reconciler.model.resource_id import ResourceId


class Action(Enum):
    """What happens to one object; the value is its symbol.

    `ADOPT`, `FORGET` and `RECORD` touch the ledger only.
    """

    CREATE = "+"
    UPDATE = "~"
    REPLACE = "-/+"
    REBUILD = "±"
    DELETE = "-"
    RUN = "»"
    ADOPT = "<"
    FORGET = "."
    RECORD = "="
    KEEP = " "

    @property
    def label(self) -> str:
        return self.name.lower()

    @property
    def writes(self) -> bool:
        """Whether the service is called."""
        return self in _WRITES


_WRITES = frozenset({Action.CREATE, Action.UPDATE, Action.REPLACE, Action.REBUILD, Action.DELETE})


@dataclass(frozen=True, slots=True)
class Edit:
    """One difference: a leaf, or a whole element that is added or removed.

    `before` and `after` are values in normal form (None is "default"), without secrets: for a
    sensitive edit both are None and `note` says what is known.
    """

    path: Path
    before: Any
    after: Any
    effect: Effect = Effect.IN_PLACE
    sensitive: bool = False
    note: str = ""


@dataclass(frozen=True, slots=True)
class Change:
    """What happens to one object, and why.

    `hidden` counts unchanged properties; `drift` are the edits that somebody made since the last
    apply; `notes` are sentences for people.
    """

    id: ResourceId
    action: Action
    edits: tuple[Edit, ...] = ()
    reason: str = ""
    effect: Effect = Effect.IN_PLACE
    hidden: int = 0
    notes: tuple[str, ...] = ()
    runs: bool = False


@dataclass(frozen=True, slots=True)
class Drift:
    """What somebody changed since the last apply; `gone` when the object was deleted."""

    id: ResourceId
    edits: tuple[Edit, ...] = ()
    gone: bool = False


@dataclass(frozen=True, slots=True)
class Precondition:
    """What must hold when a step starts.

    `absent`: the object must not exist. `etag`: its etag is `value`. `body`: the digest of its
    definition is `value` (an indexer's etag moves by itself, an alias has none).
    """

    kind: Literal["absent", "etag", "body"]
    value: str = ""


@dataclass(frozen=True, slots=True)
class Call:
    """One write to the service; secrets in `body` are `Sensitive`."""

    method: Literal["PUT", "DELETE"]
    resource: ResourceId
    name: str
    api_version: str
    body: JsonObject | None = None
    query: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Step:
    """One call, the precondition it is made under, and the steps that must have succeeded.

    `pause` are the seconds between their end and its start. `entry` is the ledger's entry when it
    is done (None: the object is gone).
    """

    id: str
    call: Call
    precondition: Precondition
    entry: Entry | None = None
    waits_for: tuple[str, ...] = ()
    pause: float = 0.0

    @property
    def resource(self) -> ResourceId:
        return self.call.resource


@dataclass(frozen=True, slots=True)
class Refusal:
    """What the guard refuses: with the numbers, the addresses, and what consents."""

    code: str
    message: str
    ids: tuple[ResourceId, ...]
    lifted_by: str


@dataclass(frozen=True, slots=True)
class Plan:
    """Everything that apply will do.

    `target` is the ledger that it was made from. `records` are the entries of objects that need no
    call (None: to be forgotten). `targets` and `excludes` are what it was limited to, `consents`
    those that lifted a refusal.
    """

    target: LedgerIdentity
    changes: tuple[Change, ...] = ()
    steps: tuple[Step, ...] = ()
    problems: tuple[Problem, ...] = ()
    blocked: tuple[Refusal, ...] = ()
    drift: tuple[Drift, ...] = ()
    unchanged: int = 0
    unmanaged: int = 0
    records: Mapping[ResourceId, Entry | None] = field(default_factory=dict)
    targets: tuple[ResourceId, ...] = ()
    excludes: tuple[ResourceId, ...] = ()
    consents: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    read_at: str = ""
    unmanaged_ids: tuple[ResourceId, ...] = ()

    @property
    def writes(self) -> bool:
        """Whether applying would call the service."""
        return bool(self.steps)

    @property
    def empty(self) -> bool:
        """Nothing to do on the service: adoption and bookkeeping do not count."""
        return not any(change.action.writes for change in self.changes)

    def count(self, *actions: Action) -> int:
        """How many changes have one of the actions."""
        return sum(change.action in actions for change in self.changes)

    @property
    def detailed_exit_code(self) -> int:
        """1 with errors, 3 when the guard refuses, 2 with changes, else 0."""
        if errors(self.problems):
            return 1
        return 3 if self.blocked else 0 if self.empty else 2


@dataclass(frozen=True, slots=True)
class Ready:
    """A plan with the ledger that it was made from, in which no run is in progress.

    `recovered`: an interrupted run was settled, which the ledger's file does not say yet.
    """

    plan: Plan
    ledger: Ledger
    recovered: bool
