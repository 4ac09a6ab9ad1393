"""A saved plan is refused before its first write once anything that it touches is different."""

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
    fails,
    undeclare,
)
from tests.world import World


@pytest.mark.parametrize(
    ("deed", "said"),
    [(others.change, "changed"), (others.delete, "deleted")],
    ids=("changed", "deleted"),
)
@pytest.mark.parametrize("address", KINDS)
def test_something_is_different(world: World, address: str, deed: others.Deed, said: str) -> None:
    declare(world)
    world.apply()
    declare(world, "second")
    world.plan("--out", "plan.json")
    deed(world, address)
    _is_refused(world, f"{address} has been {said} since")
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
        _is_refused(world, f"{address} has been created since")


def test_something_was_applied(world: World) -> None:
    declare(world)
    world.plan("--out", "plan.json")
    world.apply("plan.json")
    _is_refused(world, "something was applied since it was made")


def _is_refused(world: World, reason: str) -> None:
    world.service.calls()
    ran = fails(world, "apply", "plan.json")
    assert f"error: the plan is stale: {reason}" in ran.err
    assert world.writes() == []
