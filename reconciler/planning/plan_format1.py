"""Format 1 of a saved plan, of version 0.1: read for ever, never written. It has no checksum.

It held bodies, preconditions, entries and fingerprints of secrets: they are passed over.
"""

from __future__ import annotations

from typing import Any, Literal

from pydantic import ConfigDict

from reconciler.ledger.shapes import Id, StrictJson
from reconciler.model.ledger import LedgerIdentity
from reconciler.model.plan import Plan
from reconciler.model.resource_id import ResourceId
from reconciler.model.step import Step
from reconciler.planning.plan_shapes import (
    ChangeShape,
    Count,
    DriftShape,
    RefusalShape,
    approved_call,
)


class _Target(StrictJson):
    project: str
    environment: str
    endpoint: str
    lineage: str
    salt: str
    serial: Count


class _Step(StrictJson):
    model_config = ConfigDict(extra="ignore", strict=True)

    id: str
    address: Id
    method: Literal["PUT", "DELETE"]
    name: str
    apiVersion: str  # noqa: N815
    waitsFor: list[str]  # noqa: N815


class _Plan(StrictJson):
    reconcilerPlan: Literal[1]  # noqa: N815
    tool: str
    target: _Target
    readAt: str  # noqa: N815
    consents: list[str]
    unchanged: Count
    unmanaged: Count
    notes: list[str]
    changes: list[ChangeShape]
    drift: list[DriftShape]
    blocked: list[RefusalShape]
    problems: list[str]
    steps: list[_Step]
    records: dict[Id, Any]
    reads: dict[Id, Any]


def decode(value: Any) -> Plan:
    """The plan in the JSON of a file of format 1.

    Raises:
        ValueError: it is not what version 0.1 wrote.
    """
    saved = _Plan.model_validate(value)
    target = saved.target
    return Plan(
        target=LedgerIdentity(
            target.project,
            target.environment,
            target.endpoint,
            target.lineage,
            target.salt,
            target.serial,
        ),
        changes=tuple(change.noun() for change in saved.changes),
        steps=tuple(
            Step(
                s.id,
                ResourceId.parse(s.address),
                approved_call(s.method, s.name, s.apiVersion),
                waits_for=tuple(s.waitsFor),
            )
            for s in saved.steps
        ),
        blocked=tuple(refusal.noun() for refusal in saved.blocked),
        drift=tuple(drift.noun() for drift in saved.drift),
        unchanged=saved.unchanged,
        unmanaged=saved.unmanaged,
        consents=tuple(saved.consents),
        notes=tuple(saved.notes),
        read_at=saved.readAt,
    )
