"""The search service: list, get, put, delete."""

from reconciler.service.search import SearchService

__all__ = ["SearchService"]
