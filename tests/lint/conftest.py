"""Rules are tried offline, in a project of their own, with a subscription for Azure's kinds."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.manifests.conftest import nowhere
from tests.world import Service, World

__all__ = ["nowhere"]

_SERVICE = "      service:\n"
_AZURE = (
    "      azure: {subscription: 00000000-0000-0000-0000-000000000000, "
    "resourceGroup: g, location: eu}\n"
)


class Offline(World):
    """A project with a subscription, which can be validated and no more."""

    def project(self, spec: str = "") -> None:
        super().project(spec)
        file = self.root / "reconciler.yaml"
        file.write_text(file.read_text().replace(_SERVICE, _AZURE + _SERVICE))


@pytest.fixture
def offline(tmp_path: Path, nowhere: Service) -> World:
    """An empty project."""
    world = Offline(tmp_path, nowhere)
    del world.environ["RECONCILER_DEBUG"]
    return world
