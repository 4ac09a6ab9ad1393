"""Ledgers, journals and saved plans that anything may have happened to.

They are refused whole, with one clear error, or the damage means nothing and the outcome is that of
the undamaged file. `RECONCILER_STATE_EXAMPLES` says how often each is tried (`make fuzz`: 2,000).
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reconciler.planning.plan_file import sealed
from tests.faults.damaging import (
    JOURNAL,
    LEDGER,
    READING,
    Applied,
    State,
    changed,
    damaged,
    is_refused,
    state,
    tried,
)
from tests.world import World

settled = pytest.fixture(scope="module", params=["ledger-1-plan-1", "ledger-2-plan-2"])(
    state("settled")
)
killed = pytest.fixture(scope="module", params=["ledger-2-plan-2"])(state("killed"))


def does_no_more(applied: Applied, own: Applied) -> bool:
    """Whether an apply of a claim wrote what the project's own plan does, or nothing."""
    if applied.code == 0:
        return set(applied.writes) <= set(own.writes)
    return applied.code in (1, 3) and applied.writes == []


@tried
@given(st.data())
def test_ledger(settled: State, data: st.DataObject) -> None:
    """One of format 1 has no checksum: what it says otherwise may be believed."""
    first = b'"version": 1' in settled.ledger
    expected, does = settled.reads, settled.does
    content = data.draw(damaged(settled.ledger))
    settled.put(LEDGER, content)
    try:
        found = settled.said(*READING)
        for ran, known in zip(found, expected, strict=True):
            assert is_refused(ran, "wrong-ledger") or (ran.code, ran.out) == known or first
        if is_refused(found[0], "wrong-ledger"):
            assert settled.refused_apply("--yes", LEDGER, content)
        elif not first:
            assert settled.applied("--yes") == does
    finally:
        settled.reset()


@tried
@given(st.data())
def test_journal(killed: State, data: st.DataObject) -> None:
    """What is left of it is a journal that was cut off earlier, or it is refused."""
    content = data.draw(damaged(killed.journal))
    cut_off = killed.cut_off
    killed.put(JOURNAL, content)
    try:
        found = killed.said(*READING)
        if is_refused(found[0]):
            assert all(is_refused(ran, "wrong-ledger") for ran in found)
            assert killed.refused_apply("--yes", JOURNAL, content)
        else:
            assert [(ran.code, ran.out) for ran in found] in cut_off
            assert killed.applied("--yes").code == 0
    finally:
        killed.reset()


@tried
@given(st.data())
def test_saved_plan(settled: State, data: st.DataObject) -> None:
    [known] = settled.said("show plan.json")
    own = settled.does_saved
    if data.draw(st.booleans()):
        content = data.draw(damaged(settled.plan))
    else:
        content = json.dumps(changed(data.draw, json.loads(settled.plan))).encode()
    settled.put("plan.json", content)
    try:
        [ran] = settled.said("show plan.json")
        refused = is_refused(ran, "not-a-plan", "newer-plan", "encoding")
        first = b'"reconcilerPlan": 1' in settled.plan
        assert refused or (ran.code, ran.out) == (known.code, known.out) or first
        if refused:
            assert settled.refused_apply("plan.json", "plan.json", content)
        else:
            applied = settled.applied("plan.json")
            assert does_no_more(applied, own) if first else applied == own
    finally:
        settled.reset()


@tried
@given(st.data())
def test_a_saved_plan_that_was_edited_with_care(killed: State, data: st.DataObject) -> None:
    """Its checksum and fingerprint are right: it is shown or refused, and executes nothing."""
    own = killed.does
    value = changed(data.draw, json.loads(killed.plan))
    try:
        content = sealed(value)
    except (ValueError, KeyError, TypeError):
        content = value
    killed.put("plan.json", json.dumps(content).encode())
    try:
        killed.said(*(f"show plan.json --format {form}" for form in ("text", "markdown", "json")))
        assert does_no_more(killed.applied("plan.json"), own)
    finally:
        killed.reset()


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


def _as_a_file(folder: Path) -> None:
    folder.write_text("in its place")


def _as_a_lost_drive(folder: Path) -> None:
    folder.symlink_to(folder.parent / "drive")


def _as_a_circle(folder: Path) -> None:
    folder.symlink_to(folder.name)


@pytest.mark.parametrize(
    ("make", "reason"),
    [
        (_as_a_file, "is not a folder"),
        (_as_a_lost_drive, "leads nowhere"),
        (_as_a_circle, "cannot be read: "),
    ],
)
def test_what_is_no_folder_is_no_fresh_start(
    world: World, make: Callable[[Path], None], reason: str
) -> None:
    world.environ["RECONCILER_DEBUG"] = ""
    world.declare("SynonymMap/docs", "{format: solr, synonyms: a}")
    world.apply()
    shutil.rmtree(world.root / ".reconciler")
    make(world.root / ".reconciler")
    world.service.calls()
    for command in (
        ["plan"],
        ["drift"],
        ["drift", "--accept"],
        ["apply", "--yes"],
        ["destroy", "--yes"],
        ["ledger", "list"],
        ["ledger", "forget", "SynonymMap/docs"],
    ):
        ran = world.cli(*command)
        assert (ran.code, ran.out) == (1, ""), command
        assert f"the folder of the ledger, .reconciler, {reason}" in ran.err, command
        assert "[wrong-ledger]" in ran.err
    assert {call.method for call in world.service.calls()} <= {"GET"}


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
