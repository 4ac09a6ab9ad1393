"""Format 1, of version 0.1: read for ever, never written. It has no checksum and no runs."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import Field

from reconciler.ledger.codec import DamagedError
from reconciler.ledger.shapes import ApiVersion, Hexadecimal, Id, Pointer, StrictJson
from reconciler.model.json import StoredJson, parse
from reconciler.model.ledger import Entry, Intent, Ledger, LedgerIdentity, PendingRun
from reconciler.model.resource import Lifecycle
from reconciler.model.resource_id import ResourceId


class _Identity(StrictJson):
    version: Literal[1]
    project: str
    environment: str
    endpoint: str
    lineage: Hexadecimal
    salt: Hexadecimal
    serial: Annotated[int, Field(ge=0)]


class _Entry(StrictJson):
    address: Id
    name: str
    apiVersion: ApiVersion  # noqa: N815
    protect: bool
    onRemove: Literal["delete", "forget"]  # noqa: N815
    fingerprints: dict[Pointer, Hexadecimal | None]
    written: dict[str, Any]
    readBack: dict[str, Any]  # noqa: N815

    def noun(self) -> Entry:
        return Entry(
            ResourceId.parse(self.address),
            self.name,
            self.apiVersion,
            StoredJson.of(self.written),
            StoredJson.of(self.readBack),
            self.fingerprints,
            Lifecycle(protect=self.protect, on_remove=self.onRemove),
        )


class _Intent(StrictJson):
    action: Literal["create", "update", "delete"]
    entry: _Entry | None


class _Run(StrictJson):
    plan: str
    intents: dict[Id, _Intent]

    def noun(self) -> PendingRun:
        """The run; its steps go by what they were called, its journal's lines by no id."""
        intents = {}
        for text, intent in self.intents.items():
            entry = intent.entry.noun() if intent.entry is not None else None
            step = f"{intent.action} {text}"
            intents[step] = Intent(ResourceId.parse(text), intent.action, entry)
        return PendingRun("", self.plan, intents)


class _Ledger(StrictJson):
    ledger: _Identity
    run: _Run | None
    entries: list[_Entry]


def decode(data: bytes) -> Ledger:
    """The ledger in the bytes of a file of format 1.

    Raises:
        DamagedError: they are not what version 0.1 wrote.
    """
    try:
        value = _Ledger.model_validate(parse(data))
    except (ValueError, RecursionError):
        raise DamagedError("it is not a ledger") from None
    known = value.ledger
    entries = {entry.id: entry for entry in (shape.noun() for shape in value.entries)}
    if len(entries) < len(value.entries):
        raise DamagedError("an object has two entries")
    names = (known.project, known.environment, known.endpoint)
    identity = LedgerIdentity(*names, known.lineage, known.salt, known.serial)
    return Ledger(identity, entries, value.run.noun() if value.run is not None else None)
