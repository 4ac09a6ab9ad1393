"""The journal: one line a call, flushed as it ends, so that a killed run loses nothing.

The next start folds it into the ledger; an address of the run without a line is pending, and what
the service says of it settles it (`settled`).
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from types import TracebackType
from typing import Any

from reconciler.model.address import Address
from reconciler.model.json import NOTHING, StoredJson, parse
from reconciler.model.ledger import Entry, Intent, Ledger
from reconciler.model.resource import Live


class Journal:
    """An open journal, to be written beside a running apply."""

    def __init__(self, path: Path) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        self._file = path.open("ab")

    def __enter__(self) -> Journal:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._file.close()

    def record(self, address: Address, *, done: bool, read_back: StoredJson) -> None:
        """The end of an address's call; `read_back` is without secrets."""
        head = json.dumps({"address": str(address), "done": done})
        self._file.write(head[:-1].encode() + b', "readBack": ' + read_back.text + b"}\n")
        self._file.flush()


def read(path: Path) -> list[dict[str, Any]]:
    """The whole lines of a journal; what was cut off or damaged is passed over."""
    try:
        lines = path.read_bytes().split(b"\n")[:-1]
    except OSError:
        return []
    return [value for line in lines if (value := _whole(line)) is not None]


def _whole(line: bytes) -> dict[str, Any] | None:
    try:
        value = parse(line)
    except ValueError:
        return None
    fits = isinstance(value, dict) and value.keys() >= {"address", "done", "readBack"}
    return value if fits else None


def folded(ledger: Ledger, lines: list[dict[str, Any]]) -> Ledger:
    """A ledger with the results of its interrupted run; what has no result stays in the run."""
    if ledger.run is None:
        return ledger
    entries, pending = dict(ledger.entries), dict(ledger.run.intents)
    for line in lines:
        address = Address.parse(line["address"])
        intent = pending.pop(address, None)
        if intent is None or not line["done"]:
            continue
        if intent.entry is None:
            entries.pop(address, None)
        else:
            entries[address] = replace(intent.entry, read_back=StoredJson.of(line["readBack"]))
    run = replace(ledger.run, intents=pending) if pending else None
    return replace(ledger, entries=entries, run=run)


def settled(ledger: Ledger, live: Mapping[Address, Live]) -> Ledger:
    """A ledger without a run: each pending address is what the service now shows it to be.

    A pending create that is live is ours. Whether a pending write took effect is read from the
    body, but not for its secrets: their fingerprints become unknown, so that they are sent again.
    """
    if ledger.run is None:
        return ledger
    entries = dict(ledger.entries)
    for address, intent in ledger.run.intents.items():
        if address not in live:
            if intent.action == "delete":
                entries.pop(address, None)
        elif intent.entry is not None:
            entries[address] = _uncertain(entries.get(address), intent)
    return replace(ledger, entries=entries, run=None)


def _uncertain(before: Entry | None, intent: Intent) -> Entry:
    """The entry of a write that may or may not have taken effect."""
    assert intent.entry is not None
    old: Mapping[str, str | None] = before.fingerprints if before is not None else {}
    paths = {*old, *intent.entry.fingerprints}
    same = {p: old.get(p) for p in paths if old.get(p) == intent.entry.fingerprints.get(p)}
    return replace(
        intent.entry,
        fingerprints={path: same.get(path) for path in sorted(paths)},
        read_back=NOTHING,
    )
