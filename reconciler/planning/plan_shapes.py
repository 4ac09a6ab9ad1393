"""What a saved plan says in JSON, checked to the last property, and its nouns."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import Field

from reconciler.ledger.shapes import EmptyList, Id, Pointer, StrictJson, Targets
from reconciler.model import pointer
from reconciler.model.effect import Effect
from reconciler.model.json import JsonObject
from reconciler.model.plan import (
    Action,
    Change,
    Drift,
    Edit,
    Refusal,
)
from reconciler.model.resource_id import ResourceId
from reconciler.model.step import Call, Precondition, Run, Step, Wait, Work

Count = Annotated[int, Field(ge=0)]
ActionLabel = Literal[
    "create",
    "update",
    "replace",
    "rebuild",
    "delete",
    "adopt",
    "forget",
    "record",
    "keep",
]
EffectLabel = Literal[
    "in-place", "brief-downtime", "reprocess", "recreate", "rebuild", "destroys-data"
]


class EditShape(StrictJson):
    path: Pointer
    before: Any
    after: Any
    effect: EffectLabel
    sensitive: bool
    note: str

    def noun(self) -> Edit:
        values = (pointer.parse(self.path), self.before, self.after, effect(self.effect))
        return Edit(*values, sensitive=self.sensitive, note=self.note)


class ChangeShape(StrictJson):
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


class DriftShape(StrictJson):
    address: Id
    gone: bool
    edits: list[EditShape]

    def noun(self) -> Drift:
        edits = tuple(edit.noun() for edit in self.edits)
        return Drift(ResourceId.parse(self.address), edits, self.gone)


class RefusalShape(StrictJson):
    code: str
    message: str
    addresses: list[Id]
    liftedBy: str  # noqa: N815

    def noun(self) -> Refusal:
        addresses = tuple(map(ResourceId.parse, self.addresses))
        return Refusal(self.code, self.message, addresses, self.liftedBy)


class StepShape(StrictJson):
    """A step by its id, as far as it is approved: without bodies and entries it cannot be done."""

    id: str
    address: Id
    generation: Literal[1]
    waitsFor: list[str]  # noqa: N815
    pause: float

    def work(self) -> Work:
        raise NotImplementedError

    def noun(self) -> Step:
        resource, waits = ResourceId.parse(self.address), tuple(self.waitsFor)
        return Step(self.id, resource, self.work(), None, waits, self.pause)


class CallShape(StepShape):
    does: Literal["call"]
    method: Literal["PUT", "DELETE"]
    name: str
    apiVersion: str  # noqa: N815

    def work(self) -> Call:
        return approved_call(self.method, self.name, self.apiVersion)


class WaitShape(StepShape):
    does: Literal["wait"]
    name: str
    apiVersion: str  # noqa: N815
    limit: float

    def work(self) -> Wait:
        return Wait(self.name, self.apiVersion, self.limit)


class RunShape(StepShape):
    does: Literal["run"]
    indexer: str

    def work(self) -> Run:
        return Run(self.indexer)


def work_to_json(work: Work) -> JsonObject:
    """What a step does, as its shape has it."""
    match work:
        case Call():
            call = {"method": work.method, "name": work.name, "apiVersion": work.api_version}
            return {"does": "call", **call}
        case Wait():
            wait = {"name": work.name, "apiVersion": work.api_version, "limit": work.limit}
            return {"does": "wait", **wait}
        case Run():
            return {"does": "run", "indexer": work.indexer}


def approved_call(method: Literal["PUT", "DELETE"], name: str, version: str) -> Call:
    """A call as far as it is approved: without its body and its precondition."""
    return Call(method, name, version, Precondition("body"))


class TargetShape(StrictJson):
    project: str
    environment: str
    targets: Targets


class InputsShape(StrictJson):
    """What the plan was limited to: `apply FILE` plans with the same."""

    targets: list[Id]
    excludes: list[Id]


class PlanShape(StrictJson):
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
    steps: list[Annotated[CallShape | WaitShape | RunShape, Field(discriminator="does")]]


def effect(label: str) -> Effect:
    return Effect[label.upper().replace("-", "_")]
