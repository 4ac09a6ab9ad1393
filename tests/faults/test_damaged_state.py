"""Ledgers, journals and saved plans that anything may have happened to.

They are refused whole, with one clear error, or the damage means nothing and the outcome is that of
the undamaged file. `RECONCILER_STATE_EXAMPLES` says how often each is tried (`make fuzz`: 2,000).
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from functools import cached_property
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reconciler.planning.plan_file import sealed
from tests.versions.making import restored
from tests.world import Ran, World

EXAMPLES = int(os.environ.get("RECONCILER_STATE_EXAMPLES", "0"))
tried = settings(max_examples=EXAMPLES or 25, derandomize=not EXAMPLES)

KEPT = Path(__file__).parents[1] / "versions"
LEDGER, JOURNAL = ".reconciler/test.ledger.json", ".reconciler/test.journal.jsonl"
VALUES: list[Any] = [None, True, -1, 1e300, 10**40, "", "x", "Index/docs-v1", [], [[]], {}, {"": 0}]


@st.composite
def damaged(draw: st.DrawFn, content: bytes) -> bytes:
    """Bytes that were changed, cut, doubled, exchanged or spelled otherwise."""
    place = draw(st.integers(0, len(content)))
    lines = content.split(b"\n")
    line, other = (draw(st.integers(0, len(lines) - 1)) for _ in range(2))
    match draw(st.integers(0, 8)):
        case 0:
            return content[:place]
        case 1:
            return content[place:]
        case 2:
            end = draw(st.integers(place, min(len(content), place + 40)))
            return content[:place] + content[end:]
        case 3:
            return content[:place] + draw(st.binary(max_size=4)) + content[place + 1 :]
        case 4:
            lines.insert(line, lines[other])
        case 5:
            lines[line], lines[other] = lines[other], lines[line]
        case 6:
            del lines[line]
        case 7:
            return content.replace(b"\n", draw(st.sampled_from([b"\r\n", b"\n\n", b" \n", b""])))
        case _:
            encoding = draw(st.sampled_from(["utf-16", "utf-8-sig", "latin-1"]))
            return content.decode().encode(encoding, "replace")
    return b"\n".join(lines)


def changed(draw: st.DrawFn, value: Any) -> Any:
    """A JSON value in which one property is another, gone, or new."""
    inner: Any = value
    while isinstance(inner, (dict, list)) and inner:
        keys = list(inner) if isinstance(inner, dict) else list(range(len(inner)))
        key = draw(st.sampled_from(keys))
        if not isinstance(inner[key], (dict, list)) or not inner[key] or draw(st.booleans()):
            match draw(st.integers(0, 2)):
                case 0:
                    inner[key] = draw(st.sampled_from(VALUES))
                case 1:
                    del inner[key]
                case _ if isinstance(inner, dict):
                    inner["more"] = draw(st.sampled_from(VALUES))
            return value
        inner = inner[key]
    return value


def is_plain(ran: Ran) -> None:
    """Whatever was wrong, it ended as commands end."""
    assert ran.code in (0, 1, 2, 3)
    assert "Traceback" not in ran.out + ran.err
    assert "fault of the tool" not in ran.err, ran.err


def is_refused(ran: Ran, *codes: str) -> bool:
    return ran.code == 1 and any(f"[{code}]" in ran.err for code in codes)


class State:
    """A project and its service at a kept moment, and what commands say there."""

    def __init__(self, world: World) -> None:
        self.world = world
        world.environ["RECONCILER_DEBUG"] = ""
        self.plan = (world.root / "plan.json").read_bytes()
        self.ledger = (world.root / LEDGER).read_bytes()
        journal = world.root / JOURNAL
        self.journal = journal.read_bytes() if journal.exists() else b""

    def said(self, *commands: str) -> list[Ran]:
        found = [self.world.cli(*command.split()) for command in commands]
        for ran in found:
            is_plain(ran)
        return found

    def put(self, path: str, content: bytes) -> None:
        (self.world.root / path).write_bytes(content)

    @cached_property
    def cut_off(self) -> list[list[tuple[int, str]]]:
        """What is said with a journal that ends after any of its lines."""
        lines, found = self.journal.splitlines(keepends=True), []
        for count in range(len(lines) + 1):
            self.put(JOURNAL, b"".join(lines[:count]))
            found.append([(ran.code, ran.out) for ran in self.said("plan", "ledger list")])
        return found


READING = ("plan", "drift", "ledger list")


@pytest.fixture(scope="module", params=["ledger-1-plan-1", "ledger-2-plan-2"])
def settled(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[State]:
    with restored(KEPT / request.param, "settled", tmp_path_factory.mktemp("settled")) as world:
        yield State(world)


@pytest.fixture(scope="module")
def killed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[State]:
    with restored(KEPT / "ledger-2-plan-2", "killed", tmp_path_factory.mktemp("killed")) as world:
        yield State(world)


@tried
@given(st.data())
def test_ledger(settled: State, data: st.DataObject) -> None:
    """One of format 1 has no checksum: what it says otherwise may be believed."""
    expected = settled.said(*READING)
    content = data.draw(damaged(settled.ledger))
    settled.put(LEDGER, content)
    try:
        for ran, known in zip(settled.said(*READING), expected, strict=True):
            same = (ran.code, ran.out) == (known.code, known.out)
            assert is_refused(ran, "wrong-ledger") or same or b'"version": 1' in settled.ledger
        [plan, *_] = settled.said("plan")
        if is_refused(plan, "wrong-ledger"):
            settled.world.writes()
            [ran] = settled.said("apply --yes")
            assert is_refused(ran, "wrong-ledger")
            assert settled.world.writes() == []
            assert (settled.world.root / LEDGER).read_bytes() == content
    finally:
        settled.put(LEDGER, settled.ledger)


@tried
@given(st.data())
def test_journal(killed: State, data: st.DataObject) -> None:
    """What is left of it is a journal that was cut off earlier, or it is refused."""
    killed.put(JOURNAL, data.draw(damaged(killed.journal)))
    found = killed.said("plan", "ledger list")
    outcomes = [(ran.code, ran.out) for ran in found]
    assert all(is_refused(ran, "wrong-ledger") for ran in found) or outcomes in killed.cut_off


@tried
@given(st.data())
def test_saved_plan(settled: State, data: st.DataObject) -> None:
    [known] = settled.said("show plan.json")
    if data.draw(st.booleans()):
        content = data.draw(damaged(settled.plan))
    else:
        value = changed(data.draw, json.loads(settled.plan))
        content = json.dumps(value).encode()
    settled.put("plan.json", content)
    try:
        [ran] = settled.said("show plan.json")
        refused = is_refused(ran, "not-a-plan", "newer-plan", "encoding")
        first = b'"reconcilerPlan": 1' in settled.plan
        assert refused or (ran.code, ran.out) == (known.code, known.out) or first
        if refused:
            settled.world.writes()
            [applied] = settled.said("apply plan.json")
            assert applied.code == 1
            assert settled.world.writes() == []
    finally:
        settled.put("plan.json", settled.plan)


@tried
@given(st.data())
def test_a_saved_plan_that_was_edited_with_care(killed: State, data: st.DataObject) -> None:
    """Its checksum and fingerprint are right: it is shown or refused, and nothing is executed."""
    value = changed(data.draw, json.loads(killed.plan))
    try:
        content = sealed(value)
    except (ValueError, KeyError, TypeError):
        content = value
    killed.put("plan.json", json.dumps(content).encode())
    killed.said(
        "show plan.json", "show plan.json --format markdown", "show plan.json --format json"
    )


@pytest.mark.parametrize("file", [LEDGER, JOURNAL])
def test_a_link_that_leads_nowhere_is_no_fresh_start(world: World, file: str) -> None:
    """Such as to a drive that is not there today: what is owned is not forgotten."""
    world.environ["RECONCILER_DEBUG"] = ""
    world.declare("SynonymMap/docs", "{format: solr, synonyms: a}")
    world.apply()
    (world.root / file).unlink(missing_ok=True)
    (world.root / file).symlink_to(world.root / "drive" / "file")
    for command in (("plan",), ("drift",), ("apply", "--yes"), ("ledger", "list")):
        ran = world.cli(*command)
        assert ran.code == 1, ran.out
        assert "is not a file [wrong-ledger]" in ran.err


def test_a_linked_ledger_is_written_where_it_lies(world: World) -> None:
    world.declare("SynonymMap/docs", "{format: solr, synonyms: a}")
    world.apply()
    file, drive = world.root / LEDGER, world.root / "drive"
    drive.mkdir()
    file.rename(drive / "kept.json")
    file.symlink_to(drive / "kept.json")
    before = (drive / "kept.json").read_bytes()
    world.declare("SynonymMap/docs", "{format: solr, synonyms: b}")
    world.apply()
    assert file.is_symlink()
    assert (drive / "kept.json").read_bytes() != before
    assert world.plan()["empty"]
