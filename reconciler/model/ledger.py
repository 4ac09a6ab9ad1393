"""What we own and last wrote."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Literal

from reconciler.model.address import Address
from reconciler.model.json import NOTHING, StoredJson


@dataclass(frozen=True, slots=True)
class Entry:
    """One object that we own.

    Both bodies are without secrets: `written` as last declared, `read_back` raw as last read at
    `api_version` (`NOTHING` until it has been). `fingerprints` go by pointer; None: a secret
    stands there whose value on the service is not known.
    """

    address: Address
    name_on_service: str
    api_version: str
    written: StoredJson
    read_back: StoredJson = NOTHING
    fingerprints: Mapping[str, str | None] = field(default_factory=dict)
    protect: bool = False
    on_remove: Literal["delete", "forget"] = "delete"


@dataclass(frozen=True, slots=True)
class Run:
    """A run that was begun: every address that it set out to write, with the intended entry.

    What is found here at the next start was interrupted.
    """

    plan: str
    intents: Mapping[Address, Intent]


@dataclass(frozen=True, slots=True)
class Intent:
    """What a run meant to do to one object, and the entry that would then be true."""

    action: Literal["create", "update", "delete"]
    entry: Entry | None


@dataclass(frozen=True, slots=True)
class Header:
    """Whose ledger it is: it must match the target. `salt` is that of the fingerprints."""

    project: str
    environment: str
    endpoint: str
    lineage: str
    salt: str
    serial: int = 0


@dataclass(frozen=True, slots=True)
class Ledger:
    """A header, the entries, and the run in progress, if one was begun."""

    header: Header
    entries: Mapping[Address, Entry] = field(default_factory=dict)
    run: Run | None = None

    def with_entries(self, entries: Mapping[Address, Entry], run: Run | None = None) -> Ledger:
        """The next version of this ledger."""
        return replace(
            self,
            header=replace(self.header, serial=self.header.serial + 1),
            entries=dict(sorted(entries.items())),
            run=run,
        )
