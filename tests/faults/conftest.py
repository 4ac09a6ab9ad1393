"""A gateway between the project and its service, that does no harm before it is told to."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.faults.gateway import Gateway, gateway, harmless
from tests.world import World


@pytest.fixture
def between(world: World, monkeypatch: pytest.MonkeyPatch) -> Iterator[Gateway]:
    """The gateway; what is done by hand goes past it."""
    with gateway(harmless, world.service.url) as found:
        monkeypatch.setattr(world.service, "url", found.url)
        yield found
