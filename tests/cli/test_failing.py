"""A command that fails says why: in words on stderr, and as JSON where that was asked for."""

from __future__ import annotations

import json

import pytest

from tests.cli.conftest import INDEX
from tests.faults.stack import wait_for_fault
from tests.world import World

COMMANDS = [
    "plan",
    "apply --yes",
    "destroy --yes",
    "drift",
    "status",
    "run docs",
    "reset docs --yes",
    "query docs --text words",
    "test",
    "ledger list",
]


def failures(world: World, command: str) -> list[str]:
    """The messages of a command that must fail as JSON."""
    ran = world.cli(*command.split(), "--format", "json")
    assert ran.code == 1, ran.out + ran.err
    value = json.loads(ran.out)
    assert value["valid"] is False
    assert "error: " in ran.err
    return [problem["message"] for problem in value["problems"]]


@pytest.mark.parametrize("command", ["plan", "apply --yes", "test"])
def test_what_is_wrong_with_the_manifests(world: World, command: str) -> None:
    world.declare("Index/docs", "fields: 1")
    assert failures(world, command)


@pytest.mark.parametrize("command", [*COMMANDS, "show gone.json", "apply gone.json"])
def test_a_project_that_is_none(world: World, command: str) -> None:
    world.write("reconciler.yaml", "hello: [")
    [message] = failures(world, command)
    assert message


@pytest.mark.parametrize("command", ["plan", "apply --yes", "destroy --yes", "drift"])
def test_a_service_that_refuses(applied: World, command: str) -> None:
    applied.environ["RECONCILER_API_KEY"] = "another-key-of-nobody"
    assert "403" in failures(applied, command)[0]


@pytest.mark.parametrize("command", ["plan --bogus", "apply --target", "show", "plan extra"])
def test_options_that_are_wrong(world: World, command: str) -> None:
    ran = world.cli(*command.split())
    assert (ran.code, ran.err.startswith("error: ")) == (1, True)
    assert "[usage]" in ran.err


NEAR = [
    "plan --target Indx/docs",
    "plan --exclude Index/dosc",
    "plan --consent Indx/docs",
    "plan --consent Index/dcs:delete",
    "apply --yes --consent Indx/docs",
    "apply --yes --target Index/doc",
    "ledger forget Index/dics",
]


@pytest.mark.parametrize("command", NEAR)
def test_an_address_of_nothing(applied: World, command: str) -> None:
    """Whatever option takes it, the near one is named, and nothing is done."""
    applied.declare("Index/docs", INDEX + "description: x")
    applied.writes()
    ran = applied.cli(*command.split())
    assert (ran.code, ran.out) == (1, "")
    assert "[unknown-address]" in ran.err
    assert "did you mean `Index/docs`?" in ran.err
    assert not applied.writes()


def test_unmanaged_objects_are_named_on_request(applied: World) -> None:
    applied.service.put("SynonymMap/theirs", {"format": "solr", "synonyms": "a, b"})
    applied.declare("SynonymMap/ours", "format: solr\nsynonyms: c, d")
    assert "theirs" not in applied.cli("plan").out
    assert "Unmanaged: SynonymMap/theirs" in applied.cli("plan", "--show-unmanaged").out
    assert applied.plan()["unmanagedAddresses"] == ["SynonymMap/theirs"]


def test_the_lock_names_its_holder(applied: World) -> None:
    applied.declare("Index/docs", INDEX + "description: x")
    applied.service.fault(fault="hang", method="PUT")
    process = applied.process("apply", "--yes")
    try:
        wait_for_fault(applied, "hang")
        ran = applied.cli("apply", "--yes", "--lock-timeout", "0.1s")
        assert ran.code == 1
        assert "error: the ledger of test is held by `reconciler apply` of " in ran.err
        assert f"(process {process.pid}) since " in ran.err
    finally:
        process.kill()
        process.communicate()
