"""Format 2 of a ledger's file: to bytes, and back only if every byte is as it was written.

The first line holds everything but the entries; an entry has three lines (what is looked at always,
and two bodies that seldom are); the last line has the SHA-256 of all before it. A file that was
reformatted is spelled anew before it is compared.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable, Iterator

from reconciler.ledger.shapes import (
    EntryShape,
    IdentityShape,
    LedgerShape,
    PendingRunShape,
    RecordShape,
)
from reconciler.model.json import JsonObject, StoredJson, parse
from reconciler.model.ledger import Entry, Ledger

_OPEN = b', "entries": ['
_WRITTEN, _READ_BACK = b' "written": ', b' "readBack": '
_END = re.compile(rb'\], "checksum": "([0-9a-f]{64})"\}\n')


class DamagedError(ValueError):
    """The bytes are not what was written."""


class NewerError(ValueError):
    """The bytes are what was written, by a tool that knows more than this one."""


def encode(ledger: Ledger) -> bytes:
    """A ledger as the bytes of its file."""
    head = {
        "ledger": IdentityShape.of(ledger.identity),
        "run": PendingRunShape.of(ledger.run) if ledger.run is not None else None,
        "owed": [],
        "phases": {},
        "policy": None,
        "runs": [RecordShape.of(record) for record in ledger.runs],
    }
    entries = ledger.entries.values()
    return _spelled(head, ((EntryShape.of(e), e.written, e.read_back) for e in entries))


def decode(data: bytes) -> Ledger:
    """The ledger in the bytes of a file of this format.

    Raises:
        DamagedError: they are not what `encode` wrote.
        NewerError: they are, but something in them is not known here.
    """
    data = data if _intact(data) else _respelled(data)
    lines = data.split(b"\n")
    try:
        head = LedgerShape.model_validate_json(lines[0].removesuffix(_OPEN) + b"}")
        listed = list(_entries(lines[1:-2]))
    except ValueError:
        raise NewerError("its content is not known here") from None
    entries = {entry.id: entry for entry in listed}
    if len(entries) < len(listed):
        raise DamagedError("an object has two entries")
    run = head.run.noun() if head.run is not None else None
    runs = tuple(record.noun() for record in head.runs)
    return Ledger(head.ledger.noun(), entries, run, runs)


def _intact(data: bytes) -> bool:
    """Whether the last line has the checksum of all before it."""
    start = data.rfind(b"\n", 0, -1) + 1
    end = _END.fullmatch(data, start)
    return end is not None and end[1].decode() == checksum(data[:start])


def checksum(data: bytes) -> str:
    """SHA-256, in hexadecimal."""
    return hashlib.sha256(data).hexdigest()


def _respelled(data: bytes) -> bytes:
    """The bytes of a file before somebody reformatted it."""
    try:
        value = parse(data)
        stated = value.pop("checksum")
        entries = [
            (entry, StoredJson.of(entry.pop("written")), StoredJson.of(entry.pop("readBack")))
            for entry in value.pop("entries")
        ]
        spelled = _spelled(value, entries)
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        raise DamagedError("it is not a ledger") from None
    if spelled.splitlines()[-1] != _last(str(stated)):
        raise DamagedError("its checksum is not that of its content")
    return spelled


def _spelled(
    head: JsonObject, entries: Iterable[tuple[JsonObject, StoredJson, StoredJson]]
) -> bytes:
    """The one spelling of a ledger."""
    lines = [json.dumps(head).removesuffix("}").encode() + _OPEN]
    for entry, written, read_back in entries:
        lines.append(json.dumps(entry).removesuffix("}").encode() + b",")
        lines.append(_WRITTEN + written.text + b",")
        lines.append(_READ_BACK + read_back.text + b"},")
    if len(lines) > 1:
        lines[-1] = lines[-1].removesuffix(b",")
    text = b"\n".join((*lines, b""))
    return text + _last(checksum(text)) + b"\n"


def _last(checksum: str) -> bytes:
    return f'], "checksum": "{checksum}"}}'.encode()


def _entries(lines: list[bytes]) -> Iterator[Entry]:
    """The entries of lines that are known to be as they were written."""
    for head, written, read_back in zip(lines[::3], lines[1::3], lines[2::3], strict=True):
        yield EntryShape.model_validate_json(head.removesuffix(b",") + b"}").noun(
            StoredJson(written[len(_WRITTEN) : -1]),
            StoredJson(read_back[len(_READ_BACK) :].removesuffix(b",")[:-1]),
        )
