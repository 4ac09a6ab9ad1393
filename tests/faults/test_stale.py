"""A saved plan is a claim: more than it says is refused before the first write."""

from __future__ import annotations

import pytest

from tests.faults import others
from tests.faults.stack import (
    CONSENTS,
    DECLARED,
    KINDS,
    OLD,
    ORDER,
    at_rest,
    declare,
    undeclare,
)
from tests.world import World

DEEDS = [
    (address, deed)
    for address in KINDS
    for deed in (others.change, others.delete)
    if (address, deed) != ("Alias/docs", others.change)  # they move it as was approved
]


@pytest.mark.parametrize(("address", "deed"), DEEDS)
def test_something_is_different(world: World, address: str, deed: others.Deed) -> None:
    declare(world)
    world.apply()
    declare(world, "second")
    world.plan("--out", "plan.json")
    deed(world, address)
    _is_refused(world, address)
    world.apply()
    at_rest(world, DECLARED, OLD, "second")


def test_something_is_there(world: World) -> None:
    declare(world)
    world.apply()
    bodies = {address: world.service.get(address) or {} for address in ORDER}
    undeclare(world)
    world.apply(*CONSENTS)
    declare(world)
    world.plan("--out", "plan.json")
    for address in ORDER:
        others.create(world, address, bodies[address])
        _is_refused(world, address)


def test_something_was_applied(world: World) -> None:
    declare(world)
    world.plan("--out", "plan.json")
    world.apply("plan.json")
    ran = world.apply("plan.json")
    assert "Of the approved plan, this is done already or not needed any more: " in ran.err
    assert world.plan()["empty"]


def test_somebody_did_the_same_already(world: World) -> None:
    declare(world)
    world.apply()
    declare(world, "second")
    world.plan("--out", "plan.json")
    others.change(world, "Alias/docs")
    ran = world.apply("plan.json")
    assert "done already or not needed any more: Alias/docs" in ran.err
    at_rest(world, DECLARED, OLD, "second")


def _is_refused(world: World, address: str) -> None:
    """Or the guard does it, where what is live is not ours."""
    world.service.calls()
    ran = world.cli("apply", "plan.json")
    assert ran.code == 3
    assert f"error: {address}: " in ran.err or f"Refused: {address} exists" in ran.out
    assert world.writes() == []
