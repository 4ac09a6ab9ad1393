"""What apply does, one step after the other: each is a value of one of a few types.

An explainer and an executor walk the same list. A new type costs a class here, an executor in
`applying`, a line of explanation in `report` and a codec in `planning.plan_shapes`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from reconciler.model.json import JsonObject
from reconciler.model.ledger import Entry
from reconciler.model.resource_id import ResourceId


@dataclass(frozen=True, slots=True)
class Precondition:
    """What must hold when a call is made.

    `absent`: the object must not exist. `etag`: its etag is `value`. `body`: the digest of its
    definition is `value` (an indexer's etag moves by itself, an alias has none).
    """

    kind: Literal["absent", "etag", "body"]
    value: str = ""


@dataclass(frozen=True, slots=True)
class Call:
    """One write to the service; secrets in `body` are `Sensitive`, and without one it deletes.

    Of a deletion, `contents` is what lay in the object when it was planned, where that is known:
    with more in it, it stays. `successor` is the body of what takes the object's place: where that
    turns out to be the object itself, nothing is deleted.
    """

    method: Literal["PUT", "DELETE"]
    name: str
    api_version: str
    precondition: Precondition
    body: JsonObject | None = None
    query: Mapping[str, str] = field(default_factory=dict)
    successor: JsonObject | None = None
    contents: frozenset[str] | None = None

    @property
    def creates(self) -> bool:
        return self.precondition.kind == "absent"

    @property
    def deletes(self) -> bool:
        return self.method == "DELETE"


@dataclass(frozen=True, slots=True)
class Wait:
    """Until an object is ready, or gone where it was deleted; `limit` in seconds."""

    name: str
    api_version: str
    limit: float


@dataclass(frozen=True, slots=True)
class Run:
    """A run of an indexer that the service begins by itself, because the indexer is new."""

    indexer: str


Work = Call | Wait | Run


@dataclass(frozen=True, slots=True)
class Step:
    """One piece of work on a resource, and the steps that must have succeeded before.

    Args:
        id: unique in its plan, and what a person reads, such as `create Index/docs`.
        entry: the ledger's entry of the resource once its last step is done; None: it is gone.
        pause: the seconds between the end of what it waits for and its start.
        awaits_role: a role that it needs is granted in the same plan, and takes time to spread.
    """

    id: str
    resource: ResourceId
    work: Work
    entry: Entry | None = None
    waits_for: tuple[str, ...] = ()
    pause: float = 0.0
    awaits_role: bool = False

    @property
    def call(self) -> Call | None:
        """The call that it makes, if that is its work."""
        return self.work if isinstance(self.work, Call) else None
