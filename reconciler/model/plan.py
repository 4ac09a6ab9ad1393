"""A plan: what a person reads (changes), what apply does (steps), and what stands in the way."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum
from typing import Any

from reconciler.model.effect import Effect
from reconciler.model.ledger import Entry, LedgerIdentity
from reconciler.model.pointer import Path
from reconciler.model.problem import Problem, errors
from reconciler.model.resource_id import ResourceId
from reconciler.model.step import Call, Step


class Action(Enum):
    """What happens to one object; the value is its symbol.

    `ADOPT`, `FORGET` and `RECORD` touch the ledger only.
    """

    CREATE = "+"
    UPDATE = "~"
    REPLACE = "-/+"
    REBUILD = "±"
    DELETE = "-"
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

    @property
    def destructive(self) -> bool:
        """Whether what is there goes, though something may take its place."""
        return self in _DESTRUCTIVE


_DESTRUCTIVE = frozenset({Action.REPLACE, Action.REBUILD, Action.DELETE})
_WRITES = _DESTRUCTIVE | {Action.CREATE, Action.UPDATE}


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
        return bool(self.calls)

    @property
    def calls(self) -> tuple[tuple[Step, Call], ...]:
        """The steps that write to a service, each with its call."""
        return tuple((step, step.call) for step in self.steps if step.call is not None)

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
