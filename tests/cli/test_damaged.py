"""Saved plans and ledgers that are not what they should be: an error that names the file."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.cli.conftest import INDEX
from tests.world import World


def with_value(change: Callable[[Any], Any]) -> Callable[[str], str]:
    """Damage done to the JSON value."""

    def damage(text: str) -> str:
        value = json.loads(text)
        return json.dumps(change(value) or value)

    return damage


ANY: dict[str, Callable[[str], str]] = {
    "empty": lambda _: "",
    "no JSON": lambda _: "hello",
    "null": lambda _: "null",
    "list": lambda _: "[]",
    "mapping": lambda _: "{}",
    "deep": lambda _: "[" * 100_000,
    "binary": lambda text: "\udcff\udcfe" + text,
    "half": lambda text: text[: len(text) // 2],
    "all but the end": lambda text: text.rstrip()[:-1],
}
PLANS = ANY | {
    "a version that is none": with_value(lambda plan: plan.update(reconcilerPlan=None, steps=1)),
    "newer": with_value(lambda plan: plan.update(reconcilerPlan=99)),
    "no steps": with_value(lambda plan: plan.pop("steps") and None),
    "steps of another form": with_value(lambda plan: plan.update(steps=[1])),
    "an unknown action": with_value(lambda plan: plan["changes"][0].update(action="explode")),
    "an unknown effect": with_value(lambda plan: plan["changes"][0].update(effect=1)),
    "changes as null": with_value(lambda plan: plan.update(changes=None)),
    "an address that is none": with_value(lambda plan: plan["steps"][0].update(address=7)),
    "a target with more": with_value(lambda plan: plan["target"].update(more=1)),
}
LEDGERS = ANY | {
    "no version": lambda text: text.replace('"version": 2, ', "", 1),
    "a version that is none": lambda text: text.replace('"version": 2', '"version": "two"', 1),
    "newer": lambda text: text.replace('"version": 2', '"version": 99', 1),
    "ledger is null": with_value(lambda ledger: ledger.update(ledger=None)),
    "a header with more": with_value(lambda ledger: ledger["ledger"].update(more=1)),
    "no entries": with_value(lambda ledger: ledger.pop("entries") and None),
    "entries as null": with_value(lambda ledger: ledger.update(entries=None)),
    "entry is a number": with_value(lambda ledger: ledger.update(entries=[1])),
    "entry without id": with_value(lambda ledger: ledger["entries"][0].pop("id") and None),
    "a salt that is none": lambda text: text.replace('"salt": "', '"salt": "hello', 1),
    "the first line of an entry lost": lambda text: text.replace(text.splitlines()[1] + "\n", ""),
    "bodies that are no JSON": lambda text: text.replace('"fields":[', '"fields":[['),
    "another project": lambda text: text.replace('"project": "test"', '"project": "other"', 1),
    "an entry lost": lambda text: "\n".join(text.splitlines()[:-2]),
}


@pytest.mark.parametrize("damage", PLANS.values(), ids=PLANS.keys())
def test_saved_plan(world: World, damage: Callable[[str], str]) -> None:
    world.declare("Index/docs", INDEX)
    assert world.cli("plan", "--out", "plan.json").code == 0
    file = world.root / "plan.json"
    file.write_bytes(damage(file.read_text()).encode(errors="surrogateescape"))
    for command in (("show",), ("show", "--format", "json"), ("apply", "--yes")):
        ran = world.cli(*command, "plan.json")
        assert ran.code == 1
        assert "plan.json" in ran.err
        assert not ran.out or not json.loads(ran.out)["valid"]
        assert "fault of the tool" not in ran.err
    assert not world.writes()


@pytest.mark.parametrize("damage", LEDGERS.values(), ids=LEDGERS.keys())
def test_ledger(applied: World, damage: Callable[[str], str]) -> None:
    applied.declare("Index/docs", INDEX + "description: x\n")
    applied.service.edit("Index/docs", lambda body: body.update(description="by hand"))
    applied.writes()
    file = applied.root / ".reconciler/test.ledger.json"
    before = damage(file.read_text()).encode(errors="surrogateescape")
    file.write_bytes(before)
    for command in ("plan", "drift", "ledger list", "apply -y", "destroy -y"):
        ran = applied.cli(*command.split())
        assert (ran.code, ran.out) == (1, ""), command
        assert "the ledger " in ran.err
        assert "fault of the tool" not in ran.err
    assert not applied.writes()
    assert file.read_bytes() == before


def test_a_plan_of_a_newer_version(world: World) -> None:
    """It is said what it is, whatever else is new in it."""
    world.write("plan.json", '{"reconcilerPlan": 3, "everything": "else"}')
    for command in ("show", "apply"):
        ran = world.cli(command, "plan.json")
        assert ran.code == 1
        assert ran.err == (
            "plan.json:1:1: error: the plan has version 3 of its format; this tool knows 2"
            " [newer-plan]\n"
            "    fix: update the tool: a newer one wrote it; or plan again with this one\n"
        )


@pytest.mark.parametrize(
    "more", ['"entries": [\n]}\n', '"entries": [\n{"new": 1}\n]}\n', '"n": 1}']
)
def test_a_ledger_of_a_newer_version(applied: World, more: str) -> None:
    """It is said what it is, whatever else is new in it, and it stays as it is."""
    file = applied.root / ".reconciler/test.ledger.json"
    file.write_text('{"ledger": {"version": 3, "new": true}, ' + more)
    before = file.read_bytes()
    for command in ("plan", "drift", "ledger list", "apply -y", "destroy -y"):
        ran = applied.cli(*command.split())
        assert (ran.code, ran.out) == (1, "")
        assert ran.err == (
            "error: the ledger test.ledger.json has version 3 of its format; this tool knows 2"
            " [wrong-ledger]\n    fix: update the tool: a newer one wrote it\n"
        )
    assert file.read_bytes() == before


@pytest.mark.parametrize(
    "content", [b"", b"\n", b"cut off", b"{}\n", b"hello\n", b"[1]\n", b"\xff}\n"]
)
def test_a_journal_without_a_run(applied: World, content: bytes) -> None:
    """What is left of another run says nothing about this one."""
    (applied.root / ".reconciler/test.journal.jsonl").write_bytes(content)
    ran = applied.cli("plan")
    assert "fault of the tool" not in ran.err
    assert (ran.code, ran.out.splitlines()[-1:]) in [
        (0, ["No changes. 1 unchanged, 0 unmanaged."]),
        (1, []),
    ]
    assert ran.code == 0 or "test.journal.jsonl" in ran.err


@pytest.mark.parametrize("name", ["test.ledger.json", "test.journal.jsonl"])
@pytest.mark.parametrize("make", [os.mkfifo, os.mkdir])
def test_what_is_no_file_is_not_waited_for(
    applied: World, name: str, make: Callable[[Path], None]
) -> None:
    file = applied.root / ".reconciler" / name
    file.unlink(missing_ok=True)
    make(file)
    for command in ("plan", "drift", "ledger list", "apply -y"):
        ran = applied.cli(*command.split())
        assert (ran.code, ran.out) == (1, ""), command
        assert f"{name} is not a file [wrong-ledger]" in ran.err
