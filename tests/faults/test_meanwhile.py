"""Somebody else does something in the seconds between the plan and a write."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.faults import others
from tests.faults.gateway import Answer, Forward, Gateway, Request
from tests.faults.stack import (
    CONSENTS,
    DECLARED,
    KINDS,
    OLD,
    at_rest,
    declare,
    fails,
    path_of,
    undeclare,
)
from tests.world import COLLECTIONS, World

CHANGED = "it has changed since it was read: nothing was written; plan again"


@pytest.mark.parametrize("deed", [others.change, others.delete])
@pytest.mark.parametrize("address", KINDS)
def test_an_update_would_undo_it(
    world: World, between: Gateway, address: str, deed: others.Deed
) -> None:
    declare(world)
    world.apply()
    declare(world, "second")
    _first_of_all(between, address, lambda: deed(world, address))
    ran = fails(world, "apply", "--yes")
    assert f"error: update {address}: {CHANGED}" in ran.err
    assert world.service.get(address) is None or others.did(world, address)
    world.apply()
    at_rest(world, DECLARED, OLD, "second")


@pytest.mark.parametrize("address", KINDS)
def test_a_creation_would_take_it_over(world: World, between: Gateway, address: str) -> None:
    """Then and later: it is theirs."""
    declare(world)
    world.apply()
    body = world.service.get(address) or {}
    undeclare(world)
    world.apply(*CONSENTS)
    declare(world)
    _first_of_all(between, address, lambda: others.create(world, address, body))
    ran = fails(world, "apply", "--yes")
    assert f"error: create {address}: {CHANGED}" in ran.err
    refused = world.cli("apply", "--yes")
    assert refused.code == 3
    assert f"--consent {address}" in refused.out + refused.err
    assert others.did(world, address)


@pytest.mark.parametrize("address", KINDS)
def test_a_deletion_would_lose_it(world: World, between: Gateway, address: str) -> None:
    declare(world)
    world.apply()
    undeclare(world)
    _first_of_all(between, address, lambda: others.change(world, address))
    ran = fails(world, "apply", "--yes", *CONSENTS)
    assert f"error: delete {address}: {CHANGED}" in ran.err
    assert others.did(world, address)
    world.apply(*CONSENTS)
    at_rest(world, set(), OLD, "first")


@pytest.mark.parametrize("address", KINDS)
def test_a_deletion_was_done(world: World, between: Gateway, address: str) -> None:
    """That is what was wanted."""
    declare(world)
    world.apply()
    undeclare(world)
    _first_of_all(between, address, lambda: others.delete(world, address))
    ran = world.apply(*CONSENTS)
    assert ran.last == f"Apply complete: 0 added, 0 changed, {len(DECLARED)} destroyed."
    at_rest(world, set(), OLD, "first")


@pytest.mark.parametrize("address", KINDS)
def test_a_moved_etag_is_a_change_but_for_an_indexer(world: World, address: str) -> None:
    """An indexer's moves whenever it runs; an alias has none."""
    declare(world)
    world.apply()
    declare(world, "second")
    world.service.fault(fault="touch", method="PUT", path=path_of(address), times=1)
    if not address.startswith(("Indexer/", "Alias/")):
        ran = fails(world, "apply", "--yes")
        assert f"error: update {address}: {CHANGED}" in ran.err
    world.apply()
    at_rest(world, DECLARED, OLD, "second")


def _first_of_all(between: Gateway, address: str, deed: Callable[[], None]) -> None:
    """Do something once, just before the first request to an object comes to the service."""
    kind, _, name = address.partition("/")
    path, left = f"/{COLLECTIONS[kind]}('{name}')", [deed]

    def harm(request: Request, forward: Forward) -> Answer:
        if request.path == path and left:
            left.pop()()
        return forward(request)

    between.harm = harm
