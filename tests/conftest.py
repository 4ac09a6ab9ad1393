"""One real emulator a test process, wiped for each test; a project folder for each test."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from tests.world import Service, World, emulator

settings.register_profile(
    "default",
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)
settings.load_profile("default")


@pytest.fixture(scope="session")
def running_service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    """An emulator as users start it."""
    with emulator(tmp_path_factory.mktemp("emulator") / "access.log") as service:
        yield service


@pytest.fixture
def service(running_service: Service) -> Service:
    """The emulator without objects and faults."""
    running_service.wipe()
    return running_service


@pytest.fixture
def world(tmp_path: Path, service: Service) -> World:
    """An empty project for the service."""
    return World(tmp_path, service)


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of recordings and schemas beside the checkout; tests that need it skip without."""
    root = Path(__file__).parent.parent
    folder = Path(os.environ.get("RECONCILER_SHARED", root.parent / "shared")) / "azure-ai-search"
    if not folder.exists():
        pytest.skip("the shared folder with the recordings is absent (set RECONCILER_SHARED)")
    return folder
