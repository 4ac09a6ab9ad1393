"""What a saved plan says in JSON, checked to the last property, and its nouns."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import Field

from reconciler.ledger.shapes import EmptyList, Id, Pointer, Shape, Targets
from reconciler.model import pointer
from reconciler.model.effect import Effect
from reconciler.model.plan import (
    Action,
    Call,
    Change,
    Drift,
    Edit,
    Precondition,
    Refusal,
    Step,
)
from reconciler.model.resource_id import ResourceId

Count = Annotated[int, Field(ge=0)]
ActionLabel = Literal[
    "create",
    "update",
    "replace",
    "rebuild",
    "delete",
    "run",
    "adopt",
    "forget",
    "record",
    "keep",
]
EffectLabel = Literal["in-place", "brief-downtime", "reprocess", "rebuild", "destroys-data"]


class EditShape(Shape):
    path: Pointer
    before: Any
    after: Any
    effect: EffectLabel
    sensitive: bool
    note: str

    def noun(self) -> Edit:
        values = (pointer.parse(self.path), self.before, self.after, effect(self.effect))
        return Edit(*values, sensitive=self.sensitive, note=self.note)


class ChangeShape(Shape):
    address: Id
    action: ActionLabel
    effect: EffectLabel
    reason: str
    hidden: Count
    runs: bool
    notes: list[str]
    edits: list[EditShape]

    def noun(self) -> Change:
        return Change(
            id=ResourceId.parse(self.address),
            action=Action[self.action.upper()],
            edits=tuple(edit.noun() for edit in self.edits),
            reason=self.reason,
            effect=effect(self.effect),
            hidden=self.hidden,
            notes=tuple(self.notes),
            runs=self.runs,
        )


class DriftShape(Shape):
    address: Id
    gone: bool
    edits: list[EditShape]

    def noun(self) -> Drift:
        edits = tuple(edit.noun() for edit in self.edits)
        return Drift(ResourceId.parse(self.address), edits, self.gone)


class RefusalShape(Shape):
    code: str
    message: str
    addresses: list[Id]
    liftedBy: str  # noqa: N815

    def noun(self) -> Refusal:
        addresses = tuple(map(ResourceId.parse, self.addresses))
        return Refusal(self.code, self.message, addresses, self.liftedBy)


class StepShape(Shape):
    """A step by its id; later versions have other things to do than a call."""

    id: str
    does: Literal["call"]
    address: Id
    generation: Literal[1]
    method: Literal["PUT", "DELETE"]
    name: str
    apiVersion: str  # noqa: N815
    waitsFor: list[str]  # noqa: N815
    pause: float

    def noun(self) -> Step:
        return step(self.id, self.method, self.address, self.name, self.apiVersion, self.waitsFor)


class TargetShape(Shape):
    project: str
    environment: str
    targets: Targets


class InputsShape(Shape):
    """What the plan was limited to: `apply FILE` plans with the same."""

    targets: list[Id]
    excludes: list[Id]


class PlanShape(Shape):
    reconcilerPlan: Literal[2]  # noqa: N815
    tool: str
    fingerprint: str
    target: TargetShape
    inputs: InputsShape
    readAt: str  # noqa: N815
    consents: list[str]
    unchanged: Count
    unmanaged: Count
    notes: list[str]
    changes: list[ChangeShape]
    drift: list[DriftShape]
    blocked: list[RefusalShape]
    problems: list[str]
    owed: EmptyList
    steps: list[StepShape]


def step(
    id_: str,
    method: Literal["PUT", "DELETE"],
    address: str,
    name: str,
    version: str,
    waits: list[str],
) -> Step:
    """A step as far as it is approved: without body and precondition, it cannot be done."""
    call = Call(method, ResourceId.parse(address), name, version)
    return Step(id_, call, Precondition("body"), None, tuple(waits))


def effect(label: str) -> Effect:
    return Effect[label.upper().replace("-", "_")]
