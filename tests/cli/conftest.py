"""The command line as users have it: errors are told, and not raised."""

from __future__ import annotations

import pytest

from tests.world import World

INDEX = "fields:\n  - {name: id, type: Edm.String, key: true}\n"


@pytest.fixture
def world(world: World) -> World:
    """An empty project for the service."""
    del world.environ["RECONCILER_DEBUG"]
    return world


@pytest.fixture
def applied(world: World) -> World:
    """A project with one index, which is live."""
    world.declare("Index/docs", INDEX)
    world.apply()
    return world
