"""What is asked here needs no service."""

from tests.manifests.conftest import nowhere, offline

__all__ = ["nowhere", "offline"]
