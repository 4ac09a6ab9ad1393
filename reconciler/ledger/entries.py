"""Entries as JSON: three lines each (what is looked at always, and two bodies that seldom are)."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from reconciler.model.address import Address
from reconciler.model.json import StoredJson, parse
from reconciler.model.ledger import Entry, Intent, Run

_START, _WRITTEN, _READ_BACK = b'{"address"', b' "written": ', b' "readBack": '


def entry_text(entry: Entry) -> bytes:
    """An entry as three lines of JSON, without a newline at the end."""
    head = json.dumps(_head(entry)).encode()[:-1]
    written, read_back = entry.written.text, entry.read_back.text
    return b",\n".join((head, _WRITTEN + written, _READ_BACK + read_back + b"}"))


def entries_in(lines: list[bytes]) -> Iterator[Entry]:
    """The entries of lines as `entry_text` makes them; other lines are passed over.

    Raises:
        ValueError: a line is not what it should be.
    """
    for number, line in enumerate(lines):
        if not line.startswith(_START):
            continue
        written, read_back = lines[number + 1], lines[number + 2]
        if not (written.startswith(_WRITTEN) and read_back.startswith(_READ_BACK)):
            raise ValueError("an entry is not on three lines")
        yield entry_from_json(
            parse(line.removesuffix(b",") + b"}"),
            StoredJson(written[len(_WRITTEN) :].removesuffix(b",")),
            StoredJson(read_back[len(_READ_BACK) :].removesuffix(b",")[:-1]),
        )


def entry_from_json(
    value: dict[str, Any], written: StoredJson | None = None, read_back: StoredJson | None = None
) -> Entry:
    """An entry from its JSON; the bodies may be given apart."""
    return Entry(
        address=Address.parse(value["address"]),
        name_on_service=value["name"],
        api_version=value["apiVersion"],
        written=written or StoredJson.of(value["written"]),
        read_back=read_back or StoredJson.of(value["readBack"]),
        fingerprints=value["fingerprints"],
        protect=value["protect"],
        on_remove=value["onRemove"],
    )


def _head(entry: Entry) -> dict[str, Any]:
    return {
        "address": str(entry.address),
        "name": entry.name_on_service,
        "apiVersion": entry.api_version,
        "protect": entry.protect,
        "onRemove": entry.on_remove,
        "fingerprints": dict(entry.fingerprints),
    }


def entry_to_json(entry: Entry) -> dict[str, Any]:
    """An entry as one JSON value."""
    bodies = {"written": entry.written.value, "readBack": entry.read_back.value}
    return {**_head(entry), **bodies}


def run_to_json(run: Run | None) -> dict[str, Any] | None:
    if run is None:
        return None
    intents = {
        str(address): {
            "action": intent.action,
            "entry": entry_to_json(intent.entry) if intent.entry is not None else None,
        }
        for address, intent in run.intents.items()
    }
    return {"plan": run.plan, "intents": intents}


def run_from_json(value: dict[str, Any] | None) -> Run | None:
    if value is None:
        return None
    intents = {
        Address.parse(text): Intent(
            intent["action"],
            entry_from_json(intent["entry"]) if intent["entry"] is not None else None,
        )
        for text, intent in value["intents"].items()
    }
    return Run(value["plan"], intents)
