"""Rules are tried offline, in a project of their own."""

from tests.manifests.conftest import nowhere, offline

__all__ = ["nowhere", "offline"]
