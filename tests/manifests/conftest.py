"""A project whose service is nowhere: what is judged offline must not need it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.world import Service, World


@pytest.fixture(scope="session")
def nowhere(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    """A service that nobody answers for."""
    service = Service("http://127.0.0.1:9", tmp_path_factory.mktemp("nowhere") / "access.log")
    yield service
    service.http.close()


@pytest.fixture
def offline(tmp_path: Path, nowhere: Service) -> World:
    """An empty project that can be validated and no more."""
    world = World(tmp_path, nowhere)
    del world.environ["RECONCILER_DEBUG"]
    return world
