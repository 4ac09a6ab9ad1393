"""What a ledger of format 2 says in JSON, checked to the last property, and its nouns.

docs/ledger.md explains every field. What only later versions of the tool enter must be empty here,
so that a ledger that needs one of them is refused and not half understood.
"""

from __future__ import annotations

from typing import Annotated, Any, Literal

from annotated_types import Len
from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StringConstraints

from reconciler.model import pointer
from reconciler.model.json import JsonObject, StoredJson
from reconciler.model.ledger import Author, Entry, Intent, LedgerIdentity, PendingRun, RunRecord
from reconciler.model.resource import Lifecycle
from reconciler.model.resource_id import ResourceId
from reconciler.providers import CATALOGUE, SEARCH

VERSION = 2
"""Of the format, and of the journal's, whose run it holds."""


def _known(text: str) -> str:
    if ResourceId.parse(text).kind not in CATALOGUE:
        raise ValueError(f"{text} is of a kind that is not known")
    return text


Hexadecimal = Annotated[str, StringConstraints(pattern=r"^([0-9a-f]{2})+$")]
Id = Annotated[str, AfterValidator(_known)]
ApiVersion = Annotated[str, StringConstraints(pattern=r"^\d{4}-\d{2}-\d{2}(-[A-Za-z]+)?$")]
"""An object as on screen; a later version may write a parent into it."""
Pointer = Annotated[str, StringConstraints(pattern=r"^(/|$)")]
OnlyOne = Literal[1]
"""The generation of an index; rebuilds make more of them."""
Nothing = Annotated[dict[str, Any], Len(0, 0)]
EmptyList = Annotated[list[Any], Len(0, 0)]


class StrictJson(BaseModel):
    """JSON as it is written: no property more, no other type."""

    model_config = ConfigDict(extra="forbid", strict=True)


def _of_providers(targets: dict[str, str]) -> dict[str, str]:
    if targets.keys() != {SEARCH.group}:
        raise ValueError("it is of providers that are not known")
    return targets


Targets = Annotated[dict[str, str], AfterValidator(_of_providers)]
"""Where each provider's objects are that the entries are of, by its group."""


class IdentityShape(StrictJson):
    version: Literal[2]
    project: str
    environment: str
    targets: Targets
    lineage: Hexadecimal
    salt: Hexadecimal
    serial: Annotated[int, Field(ge=0)]

    @staticmethod
    def of(identity: LedgerIdentity) -> JsonObject:
        return {
            "version": VERSION,
            "project": identity.project,
            "environment": identity.environment,
            "targets": {SEARCH.group: identity.endpoint},
            "lineage": identity.lineage,
            "salt": identity.salt,
            "serial": identity.serial,
        }

    def noun(self) -> LedgerIdentity:
        names = (self.project, self.environment, self.targets[SEARCH.group])
        return LedgerIdentity(*names, self.lineage, self.salt, self.serial)


class LifecycleShape(StrictJson):
    protect: bool
    adopt: bool
    onRemove: Literal["delete", "forget"]  # noqa: N815
    onRebuild: Literal["block"]  # noqa: N815
    reprocess: Literal["auto", "never"]
    ignore: list[Pointer]

    @staticmethod
    def of(lifecycle: Lifecycle) -> JsonObject:
        return {
            "protect": lifecycle.protect,
            "adopt": lifecycle.adopt,
            "onRemove": lifecycle.on_remove,
            "onRebuild": lifecycle.on_rebuild,
            "reprocess": lifecycle.reprocess,
            "ignore": [pointer.render(path) for path in lifecycle.ignore],
        }

    def noun(self) -> Lifecycle:
        ignore = tuple(map(pointer.parse, self.ignore))
        return Lifecycle(
            self.protect, self.adopt, self.onRemove, self.onRebuild, self.reprocess, ignore
        )


class EntryShape(StrictJson):
    """An entry without its bodies."""

    id: Id
    generation: OnlyOne
    name: str
    apiVersion: ApiVersion  # noqa: N815
    lifecycle: LifecycleShape
    fingerprints: dict[Pointer, Hexadecimal | None]
    vault: Nothing

    @staticmethod
    def of(entry: Entry) -> JsonObject:
        return {
            "id": str(entry.id),
            "generation": 1,
            "name": entry.name_on_service,
            "apiVersion": entry.api_version,
            "lifecycle": LifecycleShape.of(entry.lifecycle),
            "fingerprints": dict(entry.fingerprints),
            "vault": {},
        }

    def noun(self, written: StoredJson, read_back: StoredJson) -> Entry:
        return Entry(
            ResourceId.parse(self.id),
            self.name,
            self.apiVersion,
            written,
            read_back,
            self.fingerprints,
            self.lifecycle.noun(),
        )


class WholeEntryShape(EntryShape):
    """An entry as one value."""

    written: dict[str, Any]
    readBack: dict[str, Any]  # noqa: N815

    @staticmethod
    def of(entry: Entry) -> JsonObject:
        bodies = {"written": entry.written.value, "readBack": entry.read_back.value}
        return {**EntryShape.of(entry), **bodies}

    def whole(self) -> Entry:
        return self.noun(StoredJson.of(self.written), StoredJson.of(self.readBack))


class AuthorShape(StrictJson):
    who: str
    commit: str

    @staticmethod
    def of(author: Author) -> JsonObject:
        return {"who": author.who, "commit": author.commit}

    def noun(self) -> Author:
        return Author(self.who, self.commit)


class IntentShape(StrictJson):
    """What a step does: `create`, `update`, `delete`, `wait`; later ones reset, copy, swap."""

    id: Id
    generation: OnlyOne
    does: Literal["create", "update", "delete", "wait"]
    entry: WholeEntryShape | None

    @staticmethod
    def of(intent: Intent) -> JsonObject:
        return {
            "id": str(intent.resource),
            "generation": 1,
            "does": intent.action,
            "entry": WholeEntryShape.of(intent.entry) if intent.entry is not None else None,
        }

    def noun(self) -> Intent:
        entry = self.entry.whole() if self.entry is not None else None
        return Intent(ResourceId.parse(self.id), self.does, entry)


class PendingRunShape(StrictJson):
    id: str
    plan: str
    started: str
    author: AuthorShape
    done: list[str]
    steps: dict[str, IntentShape]

    @staticmethod
    def of(run: PendingRun) -> JsonObject:
        return {
            "id": run.id,
            "plan": run.plan,
            "started": run.started,
            "author": AuthorShape.of(run.author),
            "done": sorted(run.done),
            "steps": {step: IntentShape.of(intent) for step, intent in run.intents.items()},
        }

    def noun(self) -> PendingRun:
        intents = {step: shape.noun() for step, shape in self.steps.items()}
        author, done = self.author.noun(), frozenset(self.done)
        return PendingRun(self.id, self.plan, intents, self.started, author, done)


class RecordShape(StrictJson):
    id: str
    plan: str
    started: str
    ended: str
    author: AuthorShape
    outcome: Literal["done", "failed", "interrupted"]

    @staticmethod
    def of(record: RunRecord) -> JsonObject:
        return {
            "id": record.id,
            "plan": record.plan,
            "started": record.started,
            "ended": record.ended,
            "author": AuthorShape.of(record.author),
            "outcome": record.outcome,
        }

    def noun(self) -> RunRecord:
        times = (self.started, self.ended)
        return RunRecord(self.id, self.plan, *times, self.author.noun(), self.outcome)


class LedgerShape(StrictJson):
    """A ledger without its entries."""

    ledger: IdentityShape
    run: PendingRunShape | None
    owed: EmptyList
    phases: Nothing
    policy: None
    runs: list[RecordShape]
