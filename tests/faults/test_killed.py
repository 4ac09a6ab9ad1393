"""A process that is killed at any instant loses nothing, doubles nothing, leaves no orphan."""

from __future__ import annotations

from collections import Counter

import pytest

from tests.faults import others
from tests.faults.stack import (
    CONSENTS,
    DECLARED,
    KINDS,
    NEW,
    OLD,
    at_rest,
    declare,
    kill_at_hang,
    killed,
    owned,
    undeclare,
)
from tests.world import World

WRITES = range(len(DECLARED))
MOMENTS = ("before", "after")
THEN = [
    (write, moment, ("on", "back")[(write + place) % 2])
    for write in WRITES
    for place, moment in enumerate(MOMENTS)
]
"""Every write at either moment, and after every write either way."""


@pytest.mark.parametrize("moment", MOMENTS)
@pytest.mark.parametrize("write", WRITES)
def test_creating(world: World, write: int, moment: str) -> None:
    declare(world)
    killed(world, write, moment, "PUT")
    assert len(world.service.objects()) == write + (moment == "after")
    world.apply()
    created = Counter(call.path for call in world.service.calls() if call.status == 201)
    assert set(created.values()) == {1}
    assert len(created) == len(DECLARED) - (moment == "after")
    at_rest(world, DECLARED, OLD, "first")


@pytest.mark.parametrize("moment", MOMENTS)
@pytest.mark.parametrize("write", WRITES)
def test_creating_and_thinking_better_of_it(world: World, write: int, moment: str) -> None:
    """What was created is known to be ours, so that it goes when nobody declares it."""
    declare(world)
    killed(world, write, moment, "PUT")
    undeclare(world)
    world.apply(*CONSENTS)
    at_rest(world, set(), OLD, "first")


@pytest.mark.parametrize(("write", "moment", "then"), THEN)
def test_updating_and_rotating(world: World, write: int, moment: str, then: str) -> None:
    """Whether it goes on or back: text and secrets are those of the manifests."""
    declare(world)
    world.apply()
    declare(world, "second")
    world.environ["STORAGE_KEY"] = NEW
    killed(world, write, moment, "PUT")
    if then == "back":
        declare(world, "first")
        world.environ["STORAGE_KEY"] = OLD
    world.apply()
    at_rest(world, DECLARED, *((NEW, "second") if then == "on" else (OLD, "first")))


@pytest.mark.parametrize(("write", "moment", "then"), THEN)
def test_deleting(world: World, write: int, moment: str, then: str) -> None:
    declare(world)
    world.apply()
    undeclare(world)
    killed(world, write, moment, "DELETE")
    assert len(world.service.objects()) == len(DECLARED) - write - (moment == "after")
    if then == "back":
        declare(world)
    world.apply(*CONSENTS)
    at_rest(world, DECLARED if then == "back" else set(), OLD, "first")


@pytest.mark.parametrize("key", [NEW, OLD])
@pytest.mark.parametrize("moment", MOMENTS)
@pytest.mark.parametrize("write", [0, 1])
def test_rotating_alone(world: World, write: int, moment: str, key: str) -> None:
    """Nothing shows whether the secret arrived: it is sent again, whichever it is by then."""
    declare(world)
    world.apply()
    world.environ["STORAGE_KEY"] = NEW
    killed(world, write, moment, "PUT")
    world.environ["STORAGE_KEY"] = key
    world.apply()
    at_rest(world, DECLARED, key, "first")


@pytest.mark.parametrize("address", KINDS)
def test_somebody_takes_the_name_meanwhile(world: World, address: str) -> None:
    """What the run meant to create and did not is theirs: it is not taken over."""
    declare(world)
    world.apply()
    body = world.service.get(address) or {}
    undeclare(world)
    world.apply(*CONSENTS)
    declare(world)
    write = [call["id"] for call in world.plan()["calls"]].index(f"create {address}")
    killed(world, write, "before", "PUT")
    others.create(world, address, body)
    ran = world.cli("apply", "--yes")
    assert ran.code == 3
    assert f"Refused: {address} exists, is not ours, and differs" in ran.out
    assert others.did(world, address)


def test_what_somebody_else_made_stays_when_no_manifest_has_the_name(world: World) -> None:
    source = "type: azureblob\ncredentials: {connectionString: AccountName=ours;AccountKey=ours}\n"
    world.declare("DataSource/shared", source + "container: {name: ours}")
    killed(world, 0, "before", "PUT")
    theirs = {"connectionString": "AccountName=theirs;AccountKey=theirs"}
    body = {"type": "azureblob", "credentials": theirs, "container": {"name": "theirs"}}
    world.service.put("DataSource/shared", body)
    undeclare(world)
    world.apply()
    assert world.service.objects() == {"DataSource/shared"}
    assert owned(world) == set()


def test_a_journal_of_an_older_run_says_nothing(world: World) -> None:
    """It was left behind between the ledger's new run and its own end; a secret was rotated."""
    declare(world)
    world.apply()
    declare(world, "second")
    killed(world, 4, "before", "PUT")
    journal = world.root / ".reconciler" / "test.journal.jsonl"
    older = journal.read_bytes()
    world.environ["STORAGE_KEY"] = NEW
    declare(world)
    killed(world, 0, "before", "PUT")
    journal.write_bytes(older + journal.read_bytes())
    world.apply()
    at_rest(world, DECLARED, NEW, "first")


def test_after_the_last_answer(world: World) -> None:
    """Everything is in the journal, and the ledger does not say so yet."""
    declare(world)
    world.service.fault(fault="hang", method="GET", path="/skillsets$", after=1)
    kill_at_hang(world)
    assert world.plan()["empty"]
    world.apply()
    assert {call.method for call in world.service.calls() if call.status == 200} == {"GET"}
    at_rest(world, DECLARED, OLD, "first")


def test_in_the_middle_of_a_line(world: World) -> None:
    """The journal's last line is cut off: the call that it tells of was made all the same."""
    declare(world)
    killed(world, 3, "before", "PUT")
    journal = world.root / ".reconciler" / "test.journal.jsonl"
    whole = journal.read_bytes()
    assert whole.count(b"\n") == 3
    journal.write_bytes(whole[:-20])
    world.apply()
    created = Counter(call.path for call in world.service.calls() if call.status == 201)
    assert set(created.values()) == {1}
    assert len(created) == len(DECLARED)
    at_rest(world, DECLARED, OLD, "first")
