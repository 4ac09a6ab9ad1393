"""Ledgers and journals whose checksums are right, and what stands where a file should be.

A forged ledger is believed about what is ours; what is declared is still compared with what is
live. So every step of the true plan is planned, or the file is refused: nothing is passed over.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.faults.damaging import JOURNAL, LEDGER, State, changed, is_refused, state, tried
from tests.ledger.sealing import with_checksum

settled = pytest.fixture(scope="module", params=["ledger-1-plan-1", "ledger-2-plan-2"])(
    state("settled")
)
killed = pytest.fixture(scope="module", params=["ledger-2-plan-2"])(state("killed"))
PLACES = {
    LEDGER: ("plan", "wrong-ledger"),
    JOURNAL: ("plan", "wrong-ledger"),
    "plan.json": ("show plan.json", "not-a-plan not-utf8 unreadable-file"),
}
CONTENTS = {
    "deep": b"[" * 100_000,
    "deep in a ledger": b'{"ledger": {"version": 2, "a": ' + b"[" * 100_000,
    "deep in a plan": b'{"reconcilerPlan": 2, "a": ' + b"[" * 100_000,
    "null bytes": b"\0" * 4096,
    "a huge number": b'{"ledger": {"version": 1%s}}' % (b"0" * 100_000),
    "a huge version": b'{"reconcilerPlan": 1%s}' % (b"0" * 100_000),
    "a lone surrogate": b'{"ledger": {"version": 2, "project": "\\ud800"}, "reconcilerPlan": 1}',
    "a long text": b'"' + b"x" * 1_000_000 + b'"',
    "a doubled key": b'{"ledger": {"version": 2}, "ledger": {"version": 1}, "reconcilerPlan": 1}',
}


def sealed_ledger(value: dict[str, Any]) -> bytes:
    """A ledger as it is written, from the value of its file."""
    rest = {key: inner for key, inner in value.items() if key not in ("entries", "checksum")}
    entries = value.get("entries")
    lines = [json.dumps(rest).removesuffix("}") + ', "entries": [']
    for entry in entries if isinstance(entries, list) else []:
        entry = dict(entry) if isinstance(entry, dict) else {}
        bodies = [json.dumps(entry.pop(key, None)) for key in ("written", "readBack")]
        lines += [json.dumps(entry).removesuffix("}") + ",", f' "written": {bodies[0]},']
        lines.append(f' "readBack": {bodies[1]}}},')
    text = "\n".join(lines).removesuffix(",")
    return with_checksum(text + '\n], "checksum": ""}\n').encode()


def sealed_journal(values: list[Any]) -> bytes:
    lines, last = [], b""
    for value in values:
        text = json.dumps(value)[1:-1].encode()
        run = value.get("run") if isinstance(value, dict) else None
        last = hashlib.sha256((last or str(run).encode()) + text).hexdigest()[:16].encode()
        lines.append(b'{"sum": "%s", %s}\n' % (last, text))
    return b"".join(lines)


@tried
@given(st.data())
def test_a_forged_ledger_hides_nothing(settled: State, data: st.DataObject) -> None:
    true = set(settled.steps)
    value = changed(data.draw, json.loads(settled.ledger))
    first = b'"version": 1' in settled.ledger
    content = json.dumps(value).encode() if first else sealed_ledger(value)
    settled.put(LEDGER, content)
    try:
        [plan, *_] = settled.said("plan --format json", "drift", "ledger list")
        if plan.code == 0:
            assert true <= {call["id"] for call in json.loads(plan.out)["calls"]}
        else:
            assert plan.code == 3 or is_refused(plan), plan.err  # 3: by the guard, not ours
            assert settled.refused_apply("--yes", LEDGER, content)
    finally:
        settled.reset()


@tried
@given(st.data())
def test_a_forged_journal_is_believed_or_refused(killed: State, data: st.DataObject) -> None:
    values = [json.loads(line) for line in killed.journal.splitlines()]
    for value in values:
        del value["sum"]
    content = sealed_journal(changed(data.draw, values))
    killed.put(JOURNAL, content)
    try:
        [plan, *_] = killed.said("plan", "drift", "ledger list")
        if plan.code != 0:
            assert is_refused(plan, "wrong-ledger"), plan.err
            assert killed.refused_apply("--yes", JOURNAL, content)
        else:
            killed.said("apply --yes")
    finally:
        killed.reset()


def folder(path: Path) -> None:
    path.mkdir()


def circle(path: Path) -> None:
    path.symlink_to(path.name)


def nowhere(path: Path) -> None:
    path.symlink_to("not-there")


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("make", [folder, os.mkfifo, circle, nowhere])
def test_what_is_no_file_is_refused(
    killed: State, place: str, make: Callable[[Path], None]
) -> None:
    command, codes = PLACES[place]
    path = killed.world.root / place
    path.unlink()
    make(path)
    try:
        [ran] = killed.said(command)
        assert is_refused(ran, *codes.split()), ran.err
        [ran] = killed.said("apply plan.json" if place == "plan.json" else "apply --yes")
        assert ran.code == 1
        assert killed.world.writes() == []
        assert path.is_symlink() or not path.is_file()
    finally:
        path.rmdir() if make is folder else path.unlink()
        killed.reset()


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("content", CONTENTS.values(), ids=CONTENTS)
def test_what_is_no_such_content_is_refused(killed: State, place: str, content: bytes) -> None:
    command, codes = PLACES[place]
    content += b"\n"
    killed.put(place, content)
    try:
        [ran] = killed.said(command)
        assert is_refused(ran, *codes.split()), ran.err
        arguments = "plan.json" if place == "plan.json" else "--yes"
        assert killed.refused_apply(arguments, place, content)
    finally:
        killed.reset()
