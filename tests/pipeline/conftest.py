"""A real blob service for the pipelines."""

from tests.storage.azurite import azurite

__all__ = ["azurite"]  # fixtures
